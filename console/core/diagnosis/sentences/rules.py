"""Which cause a sentence speaks of. The rules stand in order: the first that fits decides. Data only."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from console.core.diagnosis.sentences.words import FETCH, LACKS, NOT, OVER, READS, TROUBLE, WRONG, Sentence, words_of
from console.core.diagnosis.terms import Confidence

LIKELY, POSSIBLE = Confidence.LIKELY, Confidence.POSSIBLE


class Predicate(Enum):
    """What is said of a thing."""

    WRONG = "wrong"
    MISSING = "missing"
    OVER = "over"
    EARLY = "early"
    NAMED = "named"  # naming it is telling enough


@dataclass(frozen=True, slots=True)
class SentenceRule:
    """`about`: one of these must be named, each a word or several that stand side by side; `states`: one must hold.

    `also`: further words of which one must stand in the sentence; `never`: of which none may.
    """

    cause: str
    confidence: Confidence
    about: tuple[str, ...]
    states: tuple[Predicate, ...]
    also: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    needs_trouble: bool = False

    def fits(self, words: Sentence) -> bool:
        if not words.says(*self.about) or (self.also and not words.all & self.also) or words.all & self.never:
            return False
        if self.needs_trouble and not (words.all & TROUBLE or words.all & NOT):
            return False
        return any(_HOLDS[state](words) for state in self.states)


_HOLDS: dict[Predicate, Callable[[Sentence], bool]] = {
    Predicate.WRONG: lambda words: words.is_wrong,
    Predicate.MISSING: lambda words: words.is_missing,
    Predicate.OVER: lambda words: words.is_over,
    Predicate.EARLY: lambda words: words.is_early,
    Predicate.NAMED: lambda _: True,
}
_W, _M, _O, _E, _N = Predicate.WRONG, Predicate.MISSING, Predicate.OVER, Predicate.EARLY, Predicate.NAMED


_TOKEN = (
    "token",
    "tokens",
    "jwt",
    "jws",
    "access token",
    "access_token",
    "bearer",
    "credential",
    "exp",
    "session",
    "signature has",
    "id token",
)
_KEY = ("key", "keys", "kid", "jwk", "jwks", "key id", "keyid", "signing key", "public key", "keyset", "publickey")
RULES = (
    SentenceRule(
        "cors-preflight-rejected",
        LIKELY,
        (
            "preflight",
            "access control allow origin",
            "access control allow headers",
            "access control allow methods",
            "cors",
        ),
        (_N,),
    ),
    SentenceRule(
        "application-disabled",
        LIKELY,
        ("client", "application", "app", "account", "service principal", "client_disabled"),
        (_N,),
        also=words_of("disabled suspended deactivated inactive client_disabled"),
    ),
    SentenceRule(
        "managed-identity-not-assigned",
        LIKELY,
        ("managed identity", "managed identities", "managedidentitycredential"),
        (_W, _M, _N),
        also=words_of("unavailable assigned assignment found endpoint supported"),
    ),
    SentenceRule(
        "resource-role-missing",
        LIKELY,
        ("perform action", "role assignments", "rbac", "forbiddenbyrbac"),
        (_W, _M, _N),
        also=words_of("not authorized permission authorization denied"),
    ),
    SentenceRule(
        "client-type-mismatch",
        LIKELY,
        ("public client", "public application", "confidential client", "public clients"),
        (_W, _M),
    ),
    SentenceRule(
        "pkce-mismatch",
        LIKELY,
        ("code_verifier", "code verifier", "pkce", "code_challenge", "code challenge"),
        (_W, _M),
    ),
    SentenceRule(
        "redirect-uri-mismatch",
        LIKELY,
        (
            "redirect_uri",
            "redirect uri",
            "redirect url",
            "redirecturi",
            "callback url",
            "reply url",
            "reply address",
            "redirect_uris",
        ),
        (_W, _M),
    ),
    SentenceRule(
        "authorization-response-invalid",
        LIKELY,
        ("state", "nonce", "csrf", "csrf token"),
        (_W, _M),
        also=words_of("match matches mismatch state nonce csrf parameter"),
        never=words_of("dpop connection"),
    ),
    SentenceRule(
        "refresh-token-reused",
        LIKELY,
        ("refresh token", "refresh_token", "refreshtoken"),
        (_N,),
        also=words_of("reuse reused replay replayed rotated already"),
    ),
    SentenceRule(
        "refresh-token-expired",
        LIKELY,
        ("refresh token", "refresh_token", "refreshtoken", "offline session"),
        (_W, _O),
    ),
    SentenceRule("device-code-expired", LIKELY, ("device code", "device_code", "user code", "expired_token"), (_W, _O)),
    SentenceRule(
        "authorization-code-redeemed",
        LIKELY,
        (
            "authorization code",
            "authorisation code",
            "auth code",
            "the code",
            "code has",
            "code is",
            "code was",
            "code not",
            "code expired",
        ),
        (_O, _W),
        never=words_of("status exit http device verifier challenge response_type contain redirect_uri flow"),
    ),
    SentenceRule(
        "authorization-code-redeemed",
        LIKELY,
        ("authorization code", "auth code", "code"),
        (_N,),
        also=words_of("redeemed reused consumed already"),
        never=words_of("device exit status"),
    ),
    SentenceRule("client-secret-expired", LIKELY, ("client secret", "client_secret", "secret", "secrets"), (_O,)),
    SentenceRule(
        "client-secret-invalid",
        LIKELY,
        ("client secret", "client_secret", "clientsecret", "client credentials"),
        (_W,),
    ),
    SentenceRule(
        "client-credential-missing",
        LIKELY,
        ("client secret", "client_secret", "client authentication", "client credentials", "client_assertion"),
        (_M,),
    ),
    SentenceRule(
        "client-auth-method-mismatch",
        LIKELY,
        ("authentication method", "auth method", "token_endpoint_auth_method"),
        (_W,),
    ),
    SentenceRule(
        "assertion-replayed",
        LIKELY,
        ("jti", "assertion", "client_assertion"),
        (_N,),
        also=words_of("replay replayed reused reuse already used"),
    ),
    SentenceRule(
        "assertion-audience-wrong",
        LIKELY,
        ("assertion audience", "audience of the assertion", "assertion aud"),
        (_W, _M),
    ),
    SentenceRule("assertion-lifetime-invalid", LIKELY, ("assertion", "client_assertion", "client assertion"), (_O, _E)),
    SentenceRule(
        "client-certificate-not-accepted",
        LIKELY,
        ("client certificate", "client cert", "peer certificate", "mtls", "mutual tls"),
        (_W, _M),
    ),
    SentenceRule(
        "certificate-or-key-expired",
        LIKELY,
        ("certificate", "cert"),
        (_O,),
        never=words_of("token jwt server tls ssl chain verify"),
    ),
    SentenceRule(
        "tls-untrusted-certificate",
        LIKELY,
        ("certificate", "tls", "ssl", "x509", "cert"),
        (_W, _O),
        also=words_of(
            "certificate verify authority chain issuer self trusted handshake hostname verification unknown signed"
        ),
    ),
    SentenceRule(
        "request-header-too-large",
        LIKELY,
        ("header", "headers", "header fields", "request header"),
        (_N,),
        also=words_of("large long size exceeds exceeded big oversized overflow"),
    ),
    SentenceRule(
        "rate-or-quota-exceeded",
        LIKELY,
        (
            "rate limit",
            "too many requests",
            "quota",
            "throttled",
            "throttling",
            "rate exceeded",
            "limit exceeded",
            "ratelimit",
        ),
        (_N,),
    ),
    SentenceRule("ip-not-allowed", LIKELY, ("ip", "ip address", "client ip", "caller ip"), (_W,)),
    SentenceRule(
        "subscription-key-missing", LIKELY, ("subscription key", "api key", "apikey", "api_key", "x api key"), (_M,)
    ),
    SentenceRule("subscription-key-invalid", LIKELY, ("subscription key", "api key", "apikey", "api_key"), (_W, _O)),
    SentenceRule("user-not-assigned", LIKELY, ("user", "users"), (_W,), also=words_of("assigned assignment")),
    SentenceRule(
        "consent-missing",
        LIKELY,
        ("consent", "consented", "consent_required"),
        (_M, _N),
        never=words_of("denied declined refused cancelled canceled"),
    ),
    SentenceRule(
        "consent-declined",
        LIKELY,
        ("consent", "user", "resource owner", "end user"),
        (_N,),
        also=words_of("denied declined refused cancelled canceled"),
    ),
    SentenceRule(
        "interaction-required",
        LIKELY,
        (
            "login_required",
            "login required",
            "interaction_required",
            "mfa",
            "multi factor",
            "multifactor",
            "reauthentication",
            "interaction required",
        ),
        (_N,),
    ),
    SentenceRule(
        "grant-type-not-allowed",
        LIKELY,
        ("grant type", "grant_type", "granttype", "unsupported_grant_type", "grant"),
        (_W, _N),
        also=words_of("grant_type type unsupported_grant_type granttype allowed"),
        never=words_of("missing"),
    ),
    SentenceRule(
        "id-token-used",
        LIKELY,
        (
            "token_use",
            "token use",
            "token type",
            "typ",
            "type of token",
            "expected type",
            "not an access token",
            "an id token",
            "id token was",
            "id tokens",
        ),
        (_W,),
        never=words_of("token_type bearer unsupported_token_type header class"),
    ),
    SentenceRule(
        "clock-skew", LIKELY, ("nbf", "iat", "token", "jwt", "assertion", "not before", "issued at", "issued"), (_E,)
    ),
    SentenceRule(
        "signing-algorithm-mismatch",
        LIKELY,
        ("alg", "algorithm", "algorithms", "signing method", "signing algorithm", "signature algorithm"),
        (_W, _M),
    ),
    SentenceRule(
        "audience-other-api",
        LIKELY,
        (
            "aud",
            "audience",
            "audiences",
            "aud claim",
            "recipient",
            "intended recipient",
            "intended for",
            "resource server",
            "audience claim",
        ),
        (_W,),
        never=words_of("indicator"),
    ),
    SentenceRule(
        "claim-name-mismatch",
        POSSIBLE,
        ("aud", "audience", "iss", "issuer", "sub", "subject", "azp", "claim", "claims"),
        (_M,),
        never=words_of("endpoint parameter"),
    ),
    SentenceRule(
        "issuer-wrong-tenant",
        LIKELY,
        ("iss", "issuer", "issuers", "iss claim", "authority", "tenant"),
        (_W,),
        never=words_of("certificate ssl x509 endpoint"),
    ),
    SentenceRule(
        "metadata-unreachable",
        LIKELY,
        (
            "jwks",
            "jwks_uri",
            "jwk set",
            "discovery",
            "metadata",
            "openid configuration",
            "well known",
            "keyset",
            "key set",
            "jwk sets",
            "keys",
        ),
        (_N,),
        also=FETCH,
        needs_trouble=True,
    ),
    SentenceRule(
        "jwks-wrong-source",
        LIKELY,
        _KEY,
        (_W, _M),
        also=words_of(
            "found find matching match matches kid known unknown unable no locate resolve jwks lookup select"
        ),
        never=words_of("api private secret pem subscription"),
    ),
    SentenceRule(
        "private-key-format-invalid",
        LIKELY,
        ("private key", "pem", "privatekey", "rsa key", "asn", "key format", "pkcs"),
        (_W, _M),
    ),
    SentenceRule(
        "token-malformed",
        LIKELY,
        (
            "token",
            "jwt",
            "jws",
            "jwe",
            "compact",
            "payload",
            "header",
            "base64url",
            "token string",
            "serialization",
            "serialized",
        ),
        (_W, _M, _N),
        also=READS,
        never=words_of("authorization key pem secret"),
    ),
    SentenceRule("signature-invalid", LIKELY, ("signature", "sig", "signatures"), (_W, _M)),
    SentenceRule("token-expired", LIKELY, _TOKEN, (_O,)),
    SentenceRule(
        "bearer-scheme-malformed",
        LIKELY,
        (
            "authorization header",
            "auth header",
            "authorization",
            "bearer",
            "scheme",
            "authentication scheme",
            "bearer token",
        ),
        (_W,),
        also=words_of("format scheme malformed prefix begin start badly two parts type"),
    ),
    SentenceRule(
        "authorization-header-missing",
        LIKELY,
        (
            "authorization header",
            "auth header",
            "authorization",
            "bearer token",
            "access token",
            "token",
            "jwt",
            "credentials",
            "authentication",
            "bearer",
        ),
        (_M,),
        never=words_of("scope scopes role claim refresh cache exp iat kid code cookie response header's thumbprint"),
    ),
    SentenceRule(
        "scope-not-granted",
        LIKELY,
        ("scope", "scopes", "invalid_scope"),
        (_W,),
        also=words_of("invalid_scope requested unknown granted request"),
    ),
    SentenceRule(
        "scope-missing",
        LIKELY,
        ("scope", "scopes", "insufficient_scope", "insufficient scope"),
        (_M, _W, _N),
        also=words_of(
            "insufficient insufficient_scope missing required requires lacks need needs have has not none allowed"
            " accepted found"
        ),
    ),
    SentenceRule(
        "role-insufficient",
        LIKELY,
        ("role", "roles", "permission", "permissions", "privilege", "privileges", "rbac"),
        (_W, _M),
        also=words_of("role roles permission permissions privilege privileges rbac insufficient access"),
    ),
    SentenceRule("client-id-wrong", LIKELY, ("no client", "no such client", "no application"), (_N,)),
    SentenceRule(
        "client-id-wrong",
        LIKELY,
        ("client", "client_id", "client id", "application", "clientid", "app"),
        (_W,),
        also=words_of("unknown found exist exists registered recognized identifier"),
        never=words_of("secret"),
    ),
    SentenceRule(
        "resource-not-found",
        LIKELY,
        ("resource", "resource server", "invalid_target", "target"),
        (_W,),
        also=words_of("unknown found exist registered indicator invalid_target"),
    ),
    SentenceRule(
        "tenant-not-found",
        LIKELY,
        ("tenant", "realm", "authorization server", "organization", "directory"),
        (_W,),
        also=words_of("exist exists found unknown"),
    ),
    SentenceRule(
        "call-timeout",
        LIKELY,
        ("timeout", "timed out", "deadline exceeded"),
        (_N,),
        never=words_of("connect connection connecting"),
    ),
    SentenceRule(
        "connection-blocked",
        LIKELY,
        (
            "connection refused",
            "could not resolve",
            "no such host",
            "connect timeout",
            "connection timed out",
            "unable to connect",
            "could not connect",
            "network unreachable",
            "connection reset",
            "name resolution",
        ),
        (_N,),
    ),
    SentenceRule("request-parameter-missing", LIKELY, ("parameter", "param", "parameters", "field", "form"), (_M,)),
    SentenceRule(
        "token-expired",
        POSSIBLE,
        ("token", "jwt"),
        (_N,),
        also=words_of("revoked inactive invalidated"),
        never=words_of("refresh refresh_token"),
    ),
)

TELLING = (
    WRONG
    | NOT
    | LACKS
    | OVER
    | words_of(
        "nbf already reused replay replayed revoked denied declined exceeded exceeds throttled timeout timed "
        "many insufficient "
        "invalid_scope insufficient_scope required_login login_required interaction_required mfa multifactor "
        "consent large "
        "future before inactive redeemed consumed self must requires assigned disabled cancelled canceled "
        "reuse limit refused reset requires needs early preflight"
    )
)
