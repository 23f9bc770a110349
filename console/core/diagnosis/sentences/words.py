"""The words of one sentence under one name for each thing, and what they say of a thing: wrong, missing, over, too early.

Libraries write the same thing in many ways: "aud", "audiences" and "recipient", "InvalidAudience" and "invalid_audience".
"""

import re
from dataclasses import dataclass

# Every name of a thing, and the one it is known by here. Several words stand with one blank between two.
_THINGS = {
    "jwks": "json web key sets|json web key set|json web keys|json web keyset|jwk sets|jwk set|jwkset|jwks uri|jwks url|jwks endpoint"
    "|jwks document|key sets|key set|keyset|keysets|jwks|jwksets|public keys|signing keys|verification keys|certs endpoint",
    "metadata": "openid configuration|openid connect configuration|oidc configuration|well known|discovery document"
    "|discovery endpoint|oidc discovery|openid connect discovery|provider configuration|provider metadata|server metadata"
    "|authorization server metadata|configuration metadata|issuer metadata|metadata|discovery|openid provider configuration"
    "|metadata document|metadata endpoint|metadata address",
    "kid": "key ids|key id|keyid|key identifier|kid",
    "signingkey": "signing key|verification key|validation key|signature key|key for signature|issuer signing key|signature verification key",
    "publickey": "public key|publickey",
    "privatekey": "private key|privatekey|rsa key|ec key|pem|pkcs8|pkcs1|pkcs12|pkcs|pfx|keystore",
    "jwt": "json web tokens|json web token|jwts|jwt|jws|jose|compact jws|compact token",
    "accesstoken": "access tokens|access token|accesstoken|oauth token|oauth2 token|bearer token|bearer tokens",
    "idtoken": "id tokens|id token|idtoken|identity token|openid token",
    "refreshtoken": "refresh tokens|refresh token|refreshtoken|offline session|offline token|offline user session|rt",
    "subjecttoken": "subject token|subjecttoken|actor token|on behalf of assertion|obo assertion|user assertion",
    "authcode": "authorization codes|authorization code|authorisation code|auth code|authcode|authorization grant code|code grant code",
    "devicecode": "device codes|device code|devicecode|user code|device authorization",
    "clientsecret": "client secrets|client secret|clientsecret|app secret|application secret|secret key|client password|api secret|client keys",
    "clientid": "client ids|client id|clientid|client identifier|application id|app id|appid|azp|authorized party|issuedfor|cid",
    "assertion": "client assertions|client assertion|clientassertion|assertion jwt|private key jwt|jwt assertion|assertions|assertion|jwt bearer grant|jwt grant",
    "clientauth": "client authentication|client credentials|client credential|clientcredentials|clientcredential|credentials of the client",
    "authmethod": "authentication method|authentication methods|auth method|auth methods|token endpoint auth method|client authentication method",
    "redirecturi": "redirect uris|redirect uri|redirecturi|redirecturis|redirect url|redirect urls|redirection uri|callback url|callback urls|callback uri|reply url|reply urls|reply address",
    "granttype": "grant types|grant type|granttype|unsupported grant|authorization grant type|flow type",
    "responsetype": "response types|response type|response mode",
    "apikey": "subscription keys|subscription key|api keys|api key|apikey|x api key|function key|host key",
    "pkce": "code verifier|codeverifier|code challenge|codechallenge|pkce|proof key",
    "nbf": "not before|nbf|notbefore",
    "iat": "issued at|iat|issuedat|issue time",
    "exp": "expiration time|expiration date|expires at|expiry time|exp|expiration|expiry|exp time|expiration claim",
    "audience": "audiences|audience|aud|auds|recipient|recipients|audience restriction|intended audience|expectedaudience",
    "issuer": "issuers|issuer|iss|expectedissuer",
    "algorithm": "signing algorithms|signing algorithm|signature algorithms|signature algorithm|signing methods|signing method|signature type"
    "|signature method|algorithms|algorithm|algs|alg|hash algorithm|jwa|jws algorithm",
    "authheader": "authorization headers|authorization header|authorization request header|auth header|authheader|header authorization|http authorization|authorization http header|authentication header",
    "clientcertificate": "client certificates|client certificate|client cert|clientcertificate|client ssl certificate|mtls|mutual tls|peer certificate|user certificate|x509certificate",
    "managedidentity": "managed identities|managed identity|managedidentity|imds|msi",
    "scope": "scopes|scope|scp|oauth scope|oauth2 scope",
    "role": "roles|role|app role|app roles|privilege|privileges|permissions|permission|authorities|entitlement|entitlements|group|groups|claim roles",
    "tokenuse": "token use|token type|typ|tokentype|type of token|type of the token|kind of token|token kind|typ header|header type|jwt type|jwt typ",
    "signature": "signatures|signature|sig|jws signature|mac|hmac",
    "payload": "payload|payloads|body of the token|claims set|claim set|claimset",
    "redirects": "redirects|redirections|redirect loop",
    "certificate": "certificates|certificate|cert|certs|x509|x 509|ssl|tls|ca|server certificate",
    "consent": "consent|consents|consented|approval",
}  # fmt: skip
_NAMED = {one: name for name, listed in _THINGS.items() for one in listed.split("|")}
_THING = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _NAMED), key=len, reverse=True))})\b")

# What only looks like words: addresses, paths, file names, names of classes with their package, ids.
_NOISE = re.compile(
    r"\bTLS[v_][\w.-]+|https?://\S+|\S*@\S+|(?<!\w)(?:/[\w.@+-]+){2,}\S*|\b[\w-]+\.(?:go|py|ts|js|java|lua|cs|php|rb|c)\b(?::\d+)*"
    r"|\b(?:[A-Za-z_$][\w$]*\.){2,}\w*\b(?!\w*(?:Error|Exception))|\b[0-9a-f]{8}(?:-[0-9a-f]{4,12}){1,4}\b|\[[\w./$-]*\.[\w./$-]*\]|\[[^\[\]]{0,60}:[^\[\]]{0,60}\]"
)
_BRANDS = re.compile(r"OAuth|OpenID|GitHub|JWTs")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_|(?<=\w)-(?=\w)|(?<=[A-Za-z])\+(?=\w)")
_WORD = re.compile(r"[a-z0-9]+")
_SHORT_FORMS = re.compile(r"\b(ca|could|do|does|did|is|was|are|were|has|have|had|wo|should|would|must)n['’]?t\b|\bcannot\b|\bcan['’]t\b")


def words_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


NOT = words_of("not no never none without unable neither nor nothing zero")
WRONG = words_of(
    "invalid mismatch mismatched mismatches mismatching unexpected wrong incorrect incorrectly unknown untrusted unacceptable rejected "
    "unsupported disallowed unrecognized unrecognised unauthorized forbidden failed fails failure fail bad differs different differ illegal "
    "refused denied conflict conflicting inconsistent unaccepted invalidated inapplicable unsuitable blocked disabled contradicts improper inactive"
)
FITS = words_of(
    "match matches matched matching allow allows allowed accept accepts accepted valid validate validated found find verify verified verifies "
    "trusted supported support equal equals recognized recognised registered permitted permit intended contain contains included include correct "
    "known authorized authorised configured acceptable expected used usable exist exists appear listed among satisfy satisfied belong assigned "
    "correspond corresponds same one available enabled suitable applicable resolve resolved check checked compatible processed work"
)
LACKS = words_of("missing absent empty null undefined lacks lacking omitted blank nil unset absence lack unspecified misses needs")
OVER = words_of("expired expire expires expiring stale outdated lapsed timeout elapsed")
READS = words_of(
    "parse parsed parsing parseable decode decoded decoding decodable decoder deserialize deserialized deserialization malformed format formatted formed "
    "segments segment base64 base64url json dots dot parts part structure delimiter delimiters compact length utf8 utf syntax unparsable unparseable "
    "truncated corrupt corrupted whitespace unserialize string strings encoding encoded serialization serialized canonical padding integer number numeric character characters"
)
FETCH = words_of(
    "fetch fetching fetched retrieve retrieving retrieved retrieval load loading loaded download downloading downloaded get getting obtain obtaining "
    "obtained reach reached request requesting resolve resolved refresh refreshing contact contacting initialize initialized access accessed query querying read reading "
    "connect connecting communication response status return returned remote http update updating sync endpoint"
)
TROUBLE = WRONG | NOT | words_of("error errors could timeout timed unreachable refused exception unavailable problem malformed")
_ABSENT = re.compile(
    r" (?:not|never|no longer|without)(?: \w+){0,2}? (?:be |been |a |an |any |the )?(?:present|provide|provided|found|find|supply|supplied|specify|specified|given"
    r"|set|contain|included|include|received|receive|passed|pass|have|sent|send|exist|exists|there|carry|available|include|defined|attached|detected|extracted|populated|resolved) "
    r"| must (?:be |have |contain |include |carry )(?:a |an |the )?(?:present|provided|supplied|specified|given|set|sent|passed|included|value|non|\w+ claim)"
    r"| must not be (?:null|empty|blank)| should not be (?:null|empty|blank)| no (?:\w+ ){1,3}$"
    r"| (?:is|are|was|were|be)(?: \w+)? (?:required|mandatory|needed|expected) | (?:requires|must have|expects|required) "
    r"| (?:no|without|need|needs|zero) (?:\w+ ){0,5}?(?:present|provided|found|supplied|specified|given|set|received|sent|passed|available|was|were|in|for|detected|defined|attached|exists?|to) "
    r"| (?:unable|failed|could not|can not) (?:to )?(?:be )?(?:find|found|obtain|extract|get|locate|detect|determine)"
)
_OTHERWISE = re.compile(
    r" (?:expected|expecting|expects|wanted|required|requires|allowed)(?: \w+)* (?:got|received|found|actual|was|but|instead|have|given|rather|saw) "
    r"| (?:got|received|found|actual|was|given)(?: \w+)* (?:expected|wanted|required|instead|expecting|allowed) "
    r"| (?:must|should|needs? to|has to|have to|can only|may only) (?:\w+ ){0,3}?(?:be|match|equal|contain|correspond|start|begin|use|come) | but (?:got|was|is|has|had|found|received) "
    r"| (?:did|does|do) not | only \w+(?: \w+){0,3} (?:allowed|accepted|supported|permitted) | other than | instead of | rather than | is another | belongs to | for (?:a |an )?(?:another|different|other) "
    r"| (?:from|by) (?:a |an )?(?:another|different|other) | was issued (?:for|by|to) | is for | no match "
)
_EARLY = re.compile(
    r" (?:not yet (?:\w+ )?(?:valid|active|usable)|not valid (?:yet|before|until)|not active yet|not (?:yet )?be valid|in the future|used (?:too early|before)|before use|too early"
    r"|before (?:its|nbf|iat|the nbf|the iat|allowed|not)|premature|immature|nbf (?:claim )?(?:is |has )?(?:not|in the future|check failed|failed|after|greater|later|value is in)"
    r"|clock (?:skew|drift|difference)|after (?:the )?(?:current|now|present)|greater than (?:the )?(?:current|now)|from the future|be in the past|iat check failed|future) "
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as its words under their common names; `text` has a blank around each."""

    all: frozenset[str]
    text: str

    def has(self, term: str) -> bool:
        """Whether a word stands in it, or words side by side (`a_b`)."""
        return term in self.all if "_" not in term else f" {term.replace('_', ' ')} " in self.text

    @property
    def is_wrong(self) -> bool:
        return bool(self.all & WRONG) or (bool(self.all & NOT) and bool(self.all & FITS)) or _OTHERWISE.search(self.text) is not None

    @property
    def is_missing(self) -> bool:
        return bool(self.all & LACKS) or _ABSENT.search(self.text) is not None

    @property
    def is_over(self) -> bool:
        is_said = bool(self.all & OVER) or any(f" {said} " in self.text for said in _PAST)
        return is_said and not any(f" {said} " in self.text for said in _LASTING)

    @property
    def is_early(self) -> bool:
        return _EARLY.search(self.text) is not None

    @property
    def is_unread(self) -> bool:
        """Whether something could not be taken apart."""
        return bool(self.all & READS) and (self.is_wrong or self.is_missing or bool(self.all & TROUBLE))

    @property
    def is_unfetched(self) -> bool:
        return bool(self.all & FETCH) and bool(self.all & TROUBLE)


_PAST = (
    "no longer valid", "no longer active", "session not active", "in the past", "too old", "exp check failed", "exp claim check failed",
    "too far in the past", "earlier than current", "before current", "out of date", "exp failed", "past exp",
    "token age", "has exceeded", "exceeded max", "exp claim timestamp check failed", "exp claim invalid",
)  # fmt: skip
_LASTING = ("not expired", "never expires", "expires in", "not yet expired", "has not expired")


def read_sentence(text: str) -> Sentence:
    """The words of a text in any letter case; names written together count as words."""
    plain = _BRANDS.sub(lambda found: found[0].lower(), _NOISE.sub(" ", text))
    low = _CAMEL.sub(" ", plain).lower()
    words = " ".join(_WORD.findall(_SHORT_FORMS.sub(_long_form, low)))
    named = _THING.sub(lambda found: _NAMED[found[0]], words)
    return Sentence(frozenset(named.split()), f" {named} ")


def _long_form(found: re.Match[str]) -> str:
    return f"{found[1]} not" if found[1] and found[1] != "ca" else "can not"
