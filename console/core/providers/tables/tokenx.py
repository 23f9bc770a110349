"""Errors of TokenX (tokendings; reference grants.md section 2.4): plain texts, most of them with invalid_request."""

from console.core.owner import Owner
from console.core.providers.known_error import KnownError, known

C, A = Owner.INTEGRATOR, Owner.API_OWNER
FAILED = r"token verification failed[.:]"  # then the words of its library, encoded as for a URL

_OTHER_KEY = known(
    ("subject key", r"subject_token.{0,200}no.matching.key", "No key of its issuer verifies the subject token.",
     "signature-invalid", "Send the person's token unchanged, and one of this very environment.", C),
    is_confirmed=False,
)  # fmt: skip
_TOLD = known(
    ("not authorized for the audience", r"client .{0,200}is not authorized to get token with aud",
     "The API's access policy does not list this app.", "target-access-policy",
     "Have the API's team add this app to accessPolicy.inbound of its NAIS manifest.", A),
    ("audience", r"token exchange audience .{0,200}is invalid", "No app with this audience is registered.",
     "resource-not-found", "Write the audience as <cluster>:<namespace>:<app>, as the API's team deployed it.", C),
    ("subject audience", r"subject_token.{0,200}(?:aud\b|audience)",
     "The subject token was made for another app than the one that exchanges it.", "obo-assertion-wrong-audience",
     "Exchange the token that this app itself was called with.", C),
    ("subject expired", r"subject_token.{0,200}(?:expired|exp\b)", "The subject token has expired.",
     "assertion-lifetime-invalid", "Exchange the token while it is valid; have the person sign in again.", C),
    ("subject signature", r"subject_token.{0,200}(?:signature|JWS)", "The signature of the subject token is not right.",
     "signature-invalid", "Send the person's token unchanged.", C),
    ("subject issuer", r"subject_token.{0,200}issuer|unknown issuer|issuer .{0,100}not (?:known|configured)",
     "The subject token comes from an issuer that TokenX does not take.", "wrong-authorization-server",
     "Use a token of ID-porten or of TokenX, not one of an employee.", C),
    ("subject type", r"Parameter subject_token_type must be", "The type of the subject token is written otherwise.",
     "request-parameter-missing", "Send subject_token_type urn:ietf:params:oauth:token-type:jwt.", C),
    ("parameter", r"Parameter .{0,80}(?:missing|must be)", "A parameter is missing or has another value than the one.",
     "request-parameter-missing", "Send every parameter of the token exchange as documented.", C),
    ("assertion life", r"(?:lifetime|expiry|exp\b|expires).{0,80}(?:120|too long|exceed)|lives? longer",
     "The client assertion lives longer than 120 seconds.", "assertion-lifetime-invalid",
     "Make the assertion at most 120 seconds long.", C),
    ("subject unreadable", r"subject_token.{0,200}cannot parse", "The subject token is no JWT.", "token-malformed",
     "Send the person's token whole and unchanged.", C),
    ("assertion audience", rf"{FAILED}.JWT.aud.claim", "The client assertion is for another audience.",
     "assertion-audience-wrong", "Set aud to the issuer, as the one value.", C),
    ("assertion issuer", rf"{FAILED}.JWT.(?:iss|sub).claim", "iss or sub of the client assertion is not the client.",
     "assertion-issuer-wrong", "Set iss and sub to the client id that the platform gave this app.", C),
    ("assertion claims", rf"{FAILED}.JWT.missing.required.claims", "The client assertion lacks a claim.",
     "request-parameter-missing", "Send sub, iss, aud, jti, iat, nbf and exp, all seven.", C),
    ("assertion expired", rf"{FAILED}.Expired.JWT", "The client assertion has expired.", "assertion-lifetime-invalid",
     "Make a new assertion for each request.", C),
    ("assertion early", rf"{FAILED}.JWT.(?:before.use.time|issue.time.ahead)",
     "The client assertion was made in the future, by the server's clock.", "clock-skew",
     "Set the clock of the machine: TokenX allows 60 seconds.", C),
    ("assertion key", rf"{FAILED}.Signed.JWT.rejected", "The client assertion is not signed with this app's key.",
     "certificate-not-registered", "Sign by RS256, with the key that the platform gave this app.", C),
    ("assertion", r"token verification failed", "The client assertion is not accepted.", None,
     "Sign with the key that the platform gave this app; sub and iss are the client id, aud is the issuer.", C),
    ("no grant type", r"authorizer for grant_type=null", "The request names no grant.", "request-parameter-missing",
     "Send grant_type urn:ietf:params:oauth:grant-type:token-exchange in the form.", C),
    ("grant type", r"authorizer for grant_type=", "TokenX serves no such grant.", "grant-type-not-allowed",
     "Send grant_type urn:ietf:params:oauth:grant-type:token-exchange.", C),
    ("client", r"client .{0,200}(?:not (?:found|registered)|unknown)", "No app with this client id is registered.",
     "client-id-wrong", "Use the client id that the platform gave this app: <cluster>:<namespace>:<app>.", C),
)  # fmt: skip
ROWS: tuple[KnownError, ...] = (*_OTHER_KEY, *_TOLD)
