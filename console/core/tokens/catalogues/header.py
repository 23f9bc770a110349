"""The header parameters of signed and encrypted tokens."""

from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Presence, Shape

_A, _N = Presence.ALWAYS, Presence.NEVER
_TYPES = (
    ("jwt", "a JSON Web Token of no declared purpose; most providers write this on access tokens"),
    ("at+jwt", "an access token as RFC 9068 has it"),
    ("logout+jwt", "a logout message, no access token"),
    ("dpop+jwt", "a DPoP proof (RFC 9449), no access token"),
    ("client-authentication+jwt", "a client assertion, no access token"),
    ("oauth-authz-req+jwt", "an authorization request, no access token"),
    ("secevt+jwt", "a security event, no access token"),
    ("token-introspection+jwt", "an introspection answer, no access token"),
)

CATALOGUE = Catalogue(
    "header",
    "Header of a token",
    "RFC 7515 section 4.1, RFC 7516 section 4.1, RFC 7518 section 4, RFC 7797",
    (
        ClaimMeaning("alg", "Algorithm of the signature or of the key encryption.", v1=_A, v2=_A),
        ClaimMeaning("typ", "What kind of token this is; at+jwt is an access token (RFC 9068).", Shape.CHOICE, _TYPES,
                     v1=_A, v2=_A),
        ClaimMeaning("kid", "Id of the key that signed: the verifier looks it up in the issuer's key set.",
                     v1=_A, v2=_A),
        ClaimMeaning("x5t", "SHA-1 thumbprint of the signing certificate.", v1=_A, v2=_N, instead="kid"),
        ClaimMeaning("x5t#S256", "SHA-256 thumbprint of the signing certificate."),
        ClaimMeaning("nonce", "Microsoft Graph signs over a changed nonce: only Graph can verify this token."),
        ClaimMeaning("cty", "Content type; JWT means a token inside a token."),
        ClaimMeaning("crit", "Extensions that a verifier must understand or refuse the token."),
        ClaimMeaning("jku", "Address of a key set, chosen by the token: never opened."),
        ClaimMeaning("x5u", "Address of a certificate, chosen by the token: never opened."),
        ClaimMeaning("jwk", "A key the token brings along: proves nothing."),
        ClaimMeaning("x5c", "Certificates the token brings along: prove nothing by themselves."),
        ClaimMeaning("b64", "false: the payload is not base64url (RFC 7797)."),
        ClaimMeaning("enc", "Algorithm the content is encrypted with."),
        ClaimMeaning("zip", "Compression of the content before it was encrypted."),
        ClaimMeaning("p2c", "Rounds of key derivation from a password."),
        ClaimMeaning("p2s", "Salt of the key derivation."),
        ClaimMeaning("epk", "Sender's passing public key."),
        ClaimMeaning("apu", "Who sent it (key agreement)."),
        ClaimMeaning("apv", "For whom it is (key agreement)."),
        ClaimMeaning("iv", "Initialisation vector of the key encryption."),
        ClaimMeaning("tag", "Authentication tag of the key encryption."),
    ),
)  # fmt: skip
