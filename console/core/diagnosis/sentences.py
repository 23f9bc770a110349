"""What a sentence says of which thing, where no known message tells it: "audience … not allowed", "key … not found".

A library that nobody has listed still speaks of the same things in the same words. A sentence is read by its words
alone, so it is never more than likely. The rules stand in order: the first that fits a sentence decides it.
"""

import re
from dataclasses import dataclass
from enum import Enum

from console.core.diagnosis.messages.plain import lowered, plain
from console.core.diagnosis.phrases import Said
from console.core.diagnosis.terms import Confidence

MOST_SENTENCES = 400  # of one text; what matters stands at its beginning
_SENTENCE = re.compile(r"[^\n.;!?]{4,400}(?:\.(?=\w)[^\n.;!?]{0,200}){0,8}")
_WORD = re.compile(r"[a-z0-9_']+")
_LIKELY, _POSSIBLE = Confidence.LIKELY, Confidence.POSSIBLE


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WRONG = _set(
    "invalid mismatch mismatched mismatches mismatching unexpected wrong incorrect unknown untrusted unacceptable rejected "
    "unsupported disallowed unrecognized unrecognised unauthorized forbidden failed fails failure bad differs different "
    "illegal"
)
_NOT = _set("not no doesn't don't isn't wasn't couldn't cannot can't didn't never none without unable neither nor")
_FITS = _set(
    "match matches matched matching allowed accepted valid found find verify verified trusted supported equal recognized "
    "registered permitted intended contain contains included correct validate known authorized configured acceptable "
    "expected used exist"
)
_LACKS = _set("missing absent empty null undefined lacks lacking omitted blank")
_OVER = _set("expired expire expires expiry expiration stale outdated")
_READS = _set(
    "parse parsed parsing decode decoded decoding decodable deserialize malformed format formatted segments segment base64 "
    "base64url json dots parts structure delimiter delimiters compact"
)
_FETCH = _set(
    "fetch fetching retrieve retrieving retrieved load loading download downloading get getting obtain reach request "
    "resolve refresh contact initialized"
)
_TROUBLE = _WRONG | _set("error errors unable could timeout timed unreachable couldn't cannot can't refused")
_ABSENT = re.compile(
    r" (?:not|isn't|wasn't|weren't|didn't|doesn't|don't|never|cannot|no longer|without)(?: \w+){0,2}? "
    r"(?:be |been |a |an |any |the )?(?:present|provided|found|supplied|specified|given|set|contain|included|received"
    r"|passed|have|sent|exist|there) "
    r"| must be (?:present|provided|supplied|specified|given|set|sent|passed) "
    r"| no (?:\w+ ){1,3}$"
    r"| (?:is|are|was|were|be)(?: \w+)? (?:required|mandatory|needed) | (?:requires|must have) "
    r"| no (?:\w+ ){1,5}?(?:present|provided|found|supplied|specified|given|set|received|sent|passed|available|was|were|in) "
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one sentence; `text` has single blanks around each."""

    all: frozenset[str]
    text: str

    def says(self, *phrases: str) -> bool:
        return any(f" {phrase} " in self.text for phrase in phrases)

    @property
    def is_wrong(self) -> bool:
        return bool(self.all & _WRONG) or (bool(self.all & _NOT) and bool(self.all & _FITS))

    @property
    def is_missing(self) -> bool:
        return bool(self.all & _LACKS) or _ABSENT.search(self.text) is not None

    @property
    def is_over(self) -> bool:
        is_said = bool(self.all & _OVER) or self.says("no longer valid", "no longer active", "session not active")
        return is_said and not self.says("not expired", "never expires", "expires in")

    @property
    def is_early(self) -> bool:
        return bool(self.all & {"nbf", "not_before", "notbefore", "premature"}) or self.says(
            "not yet valid",
            "jwt not active",
            "token not active",
            "token is not active",
            "not valid yet",
            "not active yet",
            "not yet active",
            "in the future",
            "used before",
            "before its",
            "not before",
        )


class _State(Enum):
    """What is said of a thing."""

    WRONG = "wrong"
    MISSING = "missing"
    OVER = "over"
    EARLY = "early"
    NAMED = "named"  # naming it is telling enough


@dataclass(frozen=True, slots=True)
class _Rule:
    """`about`: one of these must be named, each a word or several that stand side by side; `states`: one must hold.

    `also`: further words of which one must stand in the sentence; `never`: of which none may.
    """

    cause: str
    confidence: Confidence
    about: tuple[str, ...]
    states: tuple[_State, ...]
    also: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    needs_trouble: bool = False

    def fits(self, words: _Words) -> bool:
        if not words.says(*self.about) or (self.also and not words.all & self.also) or words.all & self.never:
            return False
        if self.needs_trouble and not (words.all & _TROUBLE or words.all & _NOT):
            return False
        return any(_HOLDS[state](words) for state in self.states)


_HOLDS = {
    _State.WRONG: lambda words: words.is_wrong,
    _State.MISSING: lambda words: words.is_missing,
    _State.OVER: lambda words: words.is_over,
    _State.EARLY: lambda words: words.is_early,
    _State.NAMED: lambda words: True,
}
_W, _M, _O, _E, _N = _State.WRONG, _State.MISSING, _State.OVER, _State.EARLY, _State.NAMED


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
_RULES = (
    _Rule(
        "cors-preflight-rejected",
        _LIKELY,
        (
            "preflight",
            "access control allow origin",
            "access control allow headers",
            "access control allow methods",
            "cors",
        ),
        (_N,),
    ),
    _Rule(
        "application-disabled",
        _LIKELY,
        ("client", "application", "app", "account", "service principal", "client_disabled"),
        (_N,),
        also=_set("disabled suspended deactivated inactive client_disabled"),
    ),
    _Rule(
        "managed-identity-not-assigned",
        _LIKELY,
        ("managed identity", "managed identities", "managedidentitycredential"),
        (_W, _M, _N),
        also=_set("unavailable assigned assignment found endpoint supported"),
    ),
    _Rule(
        "resource-role-missing",
        _LIKELY,
        ("perform action", "role assignments", "rbac", "forbiddenbyrbac"),
        (_W, _M, _N),
        also=_set("not authorized permission authorization denied"),
    ),
    _Rule(
        "client-type-mismatch",
        _LIKELY,
        ("public client", "public application", "confidential client", "public clients"),
        (_W, _M),
    ),
    _Rule(
        "pkce-mismatch",
        _LIKELY,
        ("code_verifier", "code verifier", "pkce", "code_challenge", "code challenge"),
        (_W, _M),
    ),
    _Rule(
        "redirect-uri-mismatch",
        _LIKELY,
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
    _Rule(
        "authorization-response-invalid",
        _LIKELY,
        ("state", "nonce", "csrf", "csrf token"),
        (_W, _M),
        also=_set("match matches mismatch state nonce csrf parameter"),
        never=_set("dpop connection"),
    ),
    _Rule(
        "refresh-token-reused",
        _LIKELY,
        ("refresh token", "refresh_token", "refreshtoken"),
        (_N,),
        also=_set("reuse reused replay replayed rotated already"),
    ),
    _Rule(
        "refresh-token-expired",
        _LIKELY,
        ("refresh token", "refresh_token", "refreshtoken", "offline session"),
        (_W, _O),
    ),
    _Rule("device-code-expired", _LIKELY, ("device code", "device_code", "user code", "expired_token"), (_W, _O)),
    _Rule(
        "authorization-code-redeemed",
        _LIKELY,
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
        never=_set("status exit http device verifier challenge response_type contain redirect_uri flow"),
    ),
    _Rule(
        "authorization-code-redeemed",
        _LIKELY,
        ("authorization code", "auth code", "code"),
        (_N,),
        also=_set("redeemed reused consumed already"),
        never=_set("device exit status"),
    ),
    _Rule("client-secret-expired", _LIKELY, ("client secret", "client_secret", "secret", "secrets"), (_O,)),
    _Rule(
        "client-secret-invalid",
        _LIKELY,
        ("client secret", "client_secret", "clientsecret", "client credentials"),
        (_W,),
    ),
    _Rule(
        "client-credential-missing",
        _LIKELY,
        ("client secret", "client_secret", "client authentication", "client credentials", "client_assertion"),
        (_M,),
    ),
    _Rule(
        "client-auth-method-mismatch",
        _LIKELY,
        ("authentication method", "auth method", "token_endpoint_auth_method"),
        (_W,),
    ),
    _Rule(
        "assertion-replayed",
        _LIKELY,
        ("jti", "assertion", "client_assertion"),
        (_N,),
        also=_set("replay replayed reused reuse already used"),
    ),
    _Rule(
        "assertion-audience-wrong",
        _LIKELY,
        ("assertion audience", "audience of the assertion", "assertion aud"),
        (_W, _M),
    ),
    _Rule("assertion-lifetime-invalid", _LIKELY, ("assertion", "client_assertion", "client assertion"), (_O, _E)),
    _Rule(
        "client-certificate-not-accepted",
        _LIKELY,
        ("client certificate", "client cert", "peer certificate", "mtls", "mutual tls"),
        (_W, _M),
    ),
    _Rule(
        "certificate-or-key-expired",
        _LIKELY,
        ("certificate", "cert"),
        (_O,),
        never=_set("token jwt server tls ssl chain verify"),
    ),
    _Rule(
        "tls-untrusted-certificate",
        _LIKELY,
        ("certificate", "tls", "ssl", "x509", "cert"),
        (_W, _O),
        also=_set(
            "certificate verify authority chain issuer self trusted handshake hostname verification unknown signed"
        ),
    ),
    _Rule(
        "request-header-too-large",
        _LIKELY,
        ("header", "headers", "header fields", "request header"),
        (_N,),
        also=_set("large long size exceeds exceeded big oversized overflow"),
    ),
    _Rule(
        "rate-or-quota-exceeded",
        _LIKELY,
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
    _Rule("ip-not-allowed", _LIKELY, ("ip", "ip address", "client ip", "caller ip"), (_W,)),
    _Rule(
        "subscription-key-missing", _LIKELY, ("subscription key", "api key", "apikey", "api_key", "x api key"), (_M,)
    ),
    _Rule("subscription-key-invalid", _LIKELY, ("subscription key", "api key", "apikey", "api_key"), (_W, _O)),
    _Rule("user-not-assigned", _LIKELY, ("user", "users"), (_W,), also=_set("assigned assignment")),
    _Rule(
        "consent-missing",
        _LIKELY,
        ("consent", "consented", "consent_required"),
        (_M, _N),
        never=_set("denied declined refused cancelled canceled"),
    ),
    _Rule(
        "consent-declined",
        _LIKELY,
        ("consent", "user", "resource owner", "end user"),
        (_N,),
        also=_set("denied declined refused cancelled canceled"),
    ),
    _Rule(
        "interaction-required",
        _LIKELY,
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
    _Rule(
        "grant-type-not-allowed",
        _LIKELY,
        ("grant type", "grant_type", "granttype", "unsupported_grant_type", "grant"),
        (_W, _N),
        also=_set("grant_type type unsupported_grant_type granttype allowed"),
        never=_set("missing"),
    ),
    _Rule(
        "id-token-used",
        _LIKELY,
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
        never=_set("token_type bearer unsupported_token_type header class"),
    ),
    _Rule(
        "clock-skew", _LIKELY, ("nbf", "iat", "token", "jwt", "assertion", "not before", "issued at", "issued"), (_E,)
    ),
    _Rule(
        "signing-algorithm-mismatch",
        _LIKELY,
        ("alg", "algorithm", "algorithms", "signing method", "signing algorithm", "signature algorithm"),
        (_W, _M),
    ),
    _Rule(
        "audience-other-api",
        _LIKELY,
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
        never=_set("indicator"),
    ),
    _Rule(
        "claim-name-mismatch",
        _POSSIBLE,
        ("aud", "audience", "iss", "issuer", "sub", "subject", "azp", "claim", "claims"),
        (_M,),
        never=_set("endpoint parameter"),
    ),
    _Rule(
        "issuer-wrong-tenant",
        _LIKELY,
        ("iss", "issuer", "issuers", "iss claim", "authority", "tenant"),
        (_W,),
        never=_set("certificate ssl x509 endpoint"),
    ),
    _Rule(
        "metadata-unreachable",
        _LIKELY,
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
        also=_FETCH,
        needs_trouble=True,
    ),
    _Rule(
        "jwks-wrong-source",
        _LIKELY,
        _KEY,
        (_W, _M),
        also=_set("found find matching match matches kid known unknown unable no locate resolve jwks lookup select"),
        never=_set("api private secret pem subscription"),
    ),
    _Rule(
        "private-key-format-invalid",
        _LIKELY,
        ("private key", "pem", "privatekey", "rsa key", "asn", "key format", "pkcs"),
        (_W, _M),
    ),
    _Rule(
        "token-malformed",
        _LIKELY,
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
        also=_READS,
        never=_set("authorization key pem secret"),
    ),
    _Rule("signature-invalid", _LIKELY, ("signature", "sig", "signatures"), (_W, _M)),
    _Rule("token-expired", _LIKELY, _TOKEN, (_O,)),
    _Rule(
        "bearer-scheme-malformed",
        _LIKELY,
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
        also=_set("format scheme malformed prefix begin start badly two parts type"),
    ),
    _Rule(
        "authorization-header-missing",
        _LIKELY,
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
        never=_set("scope scopes role claim refresh cache exp iat kid code cookie response header's thumbprint"),
    ),
    _Rule(
        "scope-not-granted",
        _LIKELY,
        ("scope", "scopes", "invalid_scope"),
        (_W,),
        also=_set("invalid_scope requested unknown granted request"),
    ),
    _Rule(
        "scope-missing",
        _LIKELY,
        ("scope", "scopes", "insufficient_scope", "insufficient scope"),
        (_M, _W, _N),
        also=_set(
            "insufficient insufficient_scope missing required requires lacks need needs have has not none allowed accepted found"
        ),
    ),
    _Rule(
        "role-insufficient",
        _LIKELY,
        ("role", "roles", "permission", "permissions", "privilege", "privileges", "rbac"),
        (_W, _M),
        also=_set("role roles permission permissions privilege privileges rbac insufficient access"),
    ),
    _Rule(
        "client-id-wrong",
        _LIKELY,
        ("client", "client_id", "client id", "application", "clientid", "app"),
        (_W,),
        also=_set("unknown found exist exists registered recognized identifier"),
        never=_set("secret"),
    ),
    _Rule(
        "resource-not-found",
        _LIKELY,
        ("resource", "resource server", "invalid_target", "target"),
        (_W,),
        also=_set("unknown found exist registered indicator invalid_target"),
    ),
    _Rule(
        "tenant-not-found",
        _LIKELY,
        ("tenant", "realm", "authorization server", "organization", "directory"),
        (_W,),
        also=_set("exist exists found unknown"),
    ),
    _Rule(
        "call-timeout",
        _LIKELY,
        ("timeout", "timed out", "deadline exceeded"),
        (_N,),
        never=_set("connect connection connecting"),
    ),
    _Rule(
        "connection-blocked",
        _LIKELY,
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
    _Rule("request-parameter-missing", _LIKELY, ("parameter", "param", "parameters", "field", "form"), (_M,)),
    _Rule(
        "token-expired",
        _POSSIBLE,
        ("token", "jwt"),
        (_N,),
        also=_set("revoked inactive invalidated"),
        never=_set("refresh refresh_token"),
    ),
)

_TELLING = (
    _WRONG
    | _NOT
    | _LACKS
    | _OVER
    | _set(
        "nbf already reused replay replayed revoked denied declined exceeded exceeds throttled timeout timed many insufficient "
        "invalid_scope insufficient_scope required_login login_required interaction_required mfa multifactor consent large "
        "future before inactive redeemed consumed self must requires assigned disabled cancelled canceled reuse limit refused reset requires needs early preflight"
    )
)


def read_sentences(text: str) -> tuple[Said, ...]:
    """What the sentences of a text tell, each cause once, in the order of the text; () for a text that tells nothing."""
    shown = plain(text)
    about = _meant(lowered(shown))
    found: dict[str, Said] = {}
    for sentence in _SENTENCE.findall(shown)[:MOST_SENTENCES]:
        rule = _first(sentence)
        cause = about.get(rule.cause, rule.cause) if rule is not None else ""
        if rule is not None and cause not in found:
            found[cause] = Said(cause, rule.confidence, sentence.strip()[:220])
    return tuple(said for said in found.values() if not _MORE_EXACT.get(said.cause, frozenset()) & found.keys())


# What is printed beside the exact reason, and says less than it.
_MORE_EXACT = {
    "signature-invalid": frozenset({"jwks-wrong-source", "signing-algorithm-mismatch", "token-malformed"}),
    "token-malformed": frozenset({"token-expired", "audience-other-api", "issuer-wrong-tenant"}),
    "authorization-header-missing": frozenset({"token-expired", "token-malformed", "clock-skew", "audience-other-api"}),
    "claim-name-mismatch": frozenset({"audience-other-api", "issuer-wrong-tenant", "clock-skew", "token-expired"}),
}
# In the proof of a client the same words are about its assertion, and in a grant about what it hands in.
_OF_THE_CLIENT = {
    "audience-other-api": "assertion-audience-wrong",
    "token-expired": "assertion-lifetime-invalid",
    "clock-skew": "assertion-lifetime-invalid",
    "signature-invalid": "certificate-not-registered",
    "jwks-wrong-source": "certificate-not-registered",
    "issuer-wrong-tenant": "assertion-issuer-wrong",
}
_OF_THE_GRANT = {"token-expired": "refresh-token-expired"}


def _meant(text: str) -> dict[str, str]:
    if any(
        mark in text for mark in ("invalid_client", "client assertion", "client_assertion", "client authentication")
    ):
        return _OF_THE_CLIENT
    return _OF_THE_GRANT if "invalid_grant" in text else {}


def _first(sentence: str) -> _Rule | None:
    listed = _WORD.findall(lowered(sentence))
    words = _Words(frozenset(listed), f" {' '.join(listed)} ")
    if not words.all & _TELLING or words.says(
        "missing or invalid", "invalid or missing", "or has expired", "or expired"
    ):
        return None
    return next((rule for rule in _RULES if rule.fits(words)), None)
