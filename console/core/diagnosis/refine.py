"""Which cause an error code means in this attempt, and how surely: one number can stand for several faults, and its
text and the rest of the evidence decide, or leave it open.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType

from console.core.compare import is_guid
from console.core.diagnosis import assertion_facts as assertion
from console.core.diagnosis import request_facts as request
from console.core.diagnosis.code_words import reason_of_codes, words_of_codes
from console.core.diagnosis.codes import explain_code
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.secret_shape import has_hidden_character, is_encoded_wrongly, looks_like_id
from console.core.diagnosis.terms import Confidence
from console.core.issuers import ANY_TENANT, TENANTLESS

_PARAMETER = re.compile(
    r"(?:following parameter: |required field )'?([\w.]+)|'([\w.]{1,80})' (?:or '[\w.]{1,80}' )?(?:is|are) required",
    re.I,
)
_DEVICE = frozenset({"password", "device_code", "urn:ietf:params:oauth:grant-type:device_code"})
_SHAPES = ("client_secret_shape", "secret_shape", "client_secret_format", "secret_format", "secret_contains")
# What the text of a number that says no more than "a parameter is wrong" may name, the most telling first.
_NAMED_PARAMETERS = (
    (re.compile(r"public clients? can.?t send a client secret|client is public", re.I), "client-type-mismatch"),
    (re.compile(r"cross-origin token redemption|single-page application", re.I), "client-type-mismatch"),
    (re.compile(r"\bcode_?(?:verifier|challenge)\b", re.I), "pkce-mismatch"),
    (re.compile(r"\bredirect_?uri\b|reply (?:address|url)", re.I), "redirect-uri-mismatch"),
    (re.compile(r"\bscopes?\b", re.I), "scope-format-invalid"),
    (re.compile(r"\btenant\b", re.I), "tenant-not-found"),
    (re.compile(r"\bassertion\b", re.I), "token-malformed"),
)
_ABSENT = re.compile(r"\b(?:missing|required|must contain|not provided|is empty|was empty|cannot be empty)\b", re.I)


@dataclass(frozen=True, slots=True)
class Meant:
    """A slug, None where neither table nor evidence tells one; and how far number, text and facts decide it."""

    slug: str | None
    confidence: Confidence = Confidence.CERTAIN


def meaning_of_code(reading: Reading, code: int) -> Meant:
    """What a code means in this attempt."""
    refine = _REFINEMENTS.get(code)
    row = explain_code(code)
    return refine(reading) if refine else Meant(row.cause if row else None)


def rule_of_code(code: int) -> FunctionType | None:
    """The rule that decides a number which can stand for several faults; None where the number alone does."""
    rule = _REFINEMENTS.get(code)
    return rule if isinstance(rule, FunctionType) else None


def cause_of_code(reading: Reading, code: int) -> str | None:
    """The slug a code leads to in this attempt; None when neither table nor evidence tells one."""
    return meaning_of_code(reading, code).slug


def _words(reading: Reading) -> str:
    return words_of_codes(reading.said)


def _likely(slug: str) -> Meant:
    return Meant(slug, Confidence.LIKELY)


def _open(slug: str) -> Meant:
    return Meant(slug, Confidence.POSSIBLE)


def _secret(reading: Reading) -> Meant:
    if looks_like_id(reading):
        return Meant("client-secret-id-used")
    if has_hidden_character(reading):
        return Meant("invisible-character-in-value")
    if is_encoded_wrongly(reading):
        return _likely("client-secret-encoding")
    # The same number for an id in place of the value, a blank and a wrong encoding: only its shape rules them out.
    is_shape_known = any(name in reading.facts for name in _SHAPES)
    return Meant("client-secret-invalid") if is_shape_known else _likely("client-secret-invalid")


_OF_ASSERTION = re.compile(r"client assertion|certificate|thumbprint|x5[ct]\b")
_DEMANDS = re.compile(  # of a request that came without a proof
    r"must (?:contain|include) (?:the following parameter|an? '?client_)|'?client_(?:secret|assertion)'? (?:input )?"
    r"(?:parameter )?is (?:missing|required)"
)


def _umbrella(reading: Reading) -> Meant:
    text = _words(reading).lower()
    if _DEMANDS.search(text):
        return Meant("client-credential-missing")
    # "Error validating credentials" stands before any of them: what else is named is more exact.
    is_assertion = _OF_ASSERTION.search(text) is not None and "secret" not in text
    if not is_assertion and ("secret" in text or "credential" in text):
        return Meant("client-secret-expired") if "expired" in text else _secret(reading)
    return _key(reading)


def _no_credential(reading: Reading) -> Meant:
    if request.hides_credential(reading):
        return Meant("request-body-encoding")
    if reading.grant in _DEVICE or _is_public_style(reading):
        return Meant("client-type-mismatch")
    # A client that is no public one, and one that should be, get the same text: the grant tells them apart.
    slug = "client-credential-missing"
    return Meant(slug) if reading.grant == "client_credentials" else _likely(slug)


def _is_public_style(reading: Reading) -> bool:
    return "code_verifier" in reading.params and "client_secret" not in reading.params


def _unknown_client(reading: Reading) -> Meant:
    """A well-formed id that one tenant does not know most often belongs to another tenant, or is mistyped."""
    has_id = bool(reading.client_id)
    is_odd = has_id and (request.is_placeholder(reading.client_id) or not is_guid(reading.client_id))
    if is_odd or request.is_another_id(reading):
        return Meant("client-id-wrong")
    if not has_id or reading.endpoint_tenant.lower() in {"", *ANY_TENANT}:
        return _likely("client-id-wrong")
    is_elsewhere = request.other_tenant(reading) is not None
    return Meant("client-in-other-tenant") if is_elsewhere else _likely("client-in-other-tenant")


def _disabled_or_unknown(reading: Reading) -> Meant:
    text = _words(reading).lower()
    if "not found" in text:
        return _unknown_client(reading)
    return Meant("application-disabled") if "disabled" in text else _likely("application-disabled")


def _key(reading: Reading) -> Meant:
    if assertion.thumbprint_fault(reading):
        return Meant("certificate-thumbprint-invalid")
    if assertion.is_key_expired(reading):
        return Meant("certificate-or-key-expired")
    is_told = "key was not found" in reason_of_codes(reading.said).lower()
    return Meant("certificate-not-registered") if is_told else _likely("certificate-not-registered")


def _lifetime(reading: Reading) -> Meant:
    slug = "clock-skew" if assertion.is_clock_fault(reading) else "assertion-lifetime-invalid"
    has_times = assertion.times_of_text(_words(reading)) is not None or assertion.lifetime_fault(reading) is not None
    return Meant(slug) if has_times else _likely(slug)


def _audience_or_scope(reading: Reading) -> Meant:
    text = reading.description.lower()
    if "scope" in text and "audience" not in text and not assertion.audience_fault(reading):
        return Meant("scope-format-invalid")
    is_told = "audience" in text or assertion.audience_fault(reading) is not None
    return Meant("assertion-audience-wrong") if is_told else _likely("assertion-audience-wrong")


def _malformed_assertion(reading: Reading) -> Meant:
    """Its text lists all that may be wrong, with commas; what is wrong stands in the assertion."""
    text = reading.description.lower()
    faults = (
        ("certificate-thumbprint-invalid", assertion.thumbprint_fault(reading), "thumbprint"),
        ("assertion-audience-wrong", assertion.audience_fault(reading), "audience"),
        ("assertion-issuer-wrong", assertion.issuer_fault(reading), "issuer"),
    )
    shown = next((slug for slug, fault, _ in faults if fault), None)
    named = [slug for slug, _, word in faults if word in text]
    if shown:
        return Meant(shown) if shown in named or not named else _likely(shown)
    if len(named) == 1:
        return Meant(named[0])
    return _likely(named[0]) if named else _likely("token-malformed")


def _user_assertion(reading: Reading) -> Meant:
    text = reading.description.lower()
    if reading.phrase("app-specific-signing-key"):
        return _likely("app-specific-signing-key")
    if "expired" in text or "time range" in text:
        return Meant("assertion-lifetime-invalid")
    return Meant("token-malformed") if "malformed" in text else _likely("obo-assertion-wrong-audience")


def _tenant(reading: Reading) -> Meant:
    if request.is_other_cloud(reading):
        return Meant("wrong-cloud")
    tenant = reading.endpoint_tenant.lower()
    if tenant in TENANTLESS and reading.grant == "client_credentials":
        return Meant("tenantless-authority")
    # A real tenant of another cloud is not found either: a well-formed id leaves that open.
    return _likely("tenant-not-found") if is_guid(tenant) else Meant("tenant-not-found")


def _parameter(reading: Reading) -> Meant:
    found = _PARAMETER.search(_words(reading))
    name = (found[1] or found[2]) if found else ""
    if request.is_badly_encoded(reading) or name in reading.params:
        return Meant("request-body-encoding")
    by_name = {"code_verifier": "pkce-mismatch"} | dict.fromkeys(request.CREDENTIALS[:2], "client-credential-missing")
    slug = by_name.get(name, "request-parameter-missing")
    # A body in another encoding arrives without parameters: only what was sent tells the two apart.
    return Meant(slug) if reading.params or slug != "request-parameter-missing" else _likely(slug)


def _some_parameter(reading: Reading) -> Meant:
    """Numbers that name no parameter: their text does, or nothing decides."""
    if request.is_badly_encoded(reading):
        return Meant("request-body-encoding")
    text = reading.description or _words(reading)
    named = next((slug for pattern, slug in _NAMED_PARAMETERS if pattern.search(text)), None)
    if named:
        return _likely(named)
    return _likely("request-parameter-missing") if _ABSENT.search(text) else _open("request-parameter-missing")


def _malformed_request(reading: Reading) -> Meant:
    """The request, or a code or token in it: before a secret is looked at."""
    if request.is_badly_encoded(reading):
        return Meant("request-body-encoding")
    by_grant = {"refresh_token": "refresh-token-expired", "authorization_code": "authorization-code-redeemed"}
    if reading.error == "invalid_grant" and reading.grant in by_grant:
        return _open(by_grant[reading.grant])
    return _open("request-body-encoding")


def _scope(reading: Reading) -> Meant:
    scope = reading.params.get("scope", "")
    if "more than one resource" in _words(reading) or request.names_several_resources(scope):
        return Meant("multiple-resources-requested")
    is_about_form = "not valid" in _words(reading) or bool(scope)
    return Meant("scope-format-invalid") if is_about_form else _likely("scope-format-invalid")


def _missing_resource(reading: Reading) -> Meant:
    return Meant("wrong-cloud") if request.is_other_cloud(reading) else Meant("resource-not-found")


# The words of AADSTS70000 and AADSTS70008 where it was the code that was refused: no request needs to be seen.
_IS_ABOUT_CODE = re.compile(r"'code' parameter|authorization code", re.I)


def _reply_or_code(reading: Reading) -> Meant:
    if reading.grant == "authorization_code":
        is_redeemed = "already" in _words(reading)
        return Meant("authorization-code-redeemed") if is_redeemed else _likely("authorization-code-redeemed")
    if _IS_ABOUT_CODE.search(_words(reading)) and "refresh token" not in _words(reading).lower():
        return _likely("authorization-code-redeemed")
    is_told = reading.grant == "refresh_token" or "refresh token" in _words(reading).lower()
    return Meant("refresh-token-expired") if is_told else _likely("refresh-token-expired")


def _unlisted_scope(_: Reading) -> Meant:
    """The API has no scope of that name, or the registration does not list it: the names alone do not tell."""
    return _likely("scope-not-granted")


_REFINEMENTS: dict[int, Callable[[Reading], Meant]] = {
    7000215: _secret,
    70002: _umbrella,
    50012: _umbrella,
    7000216: _no_credential,
    7000218: _no_credential,
    700016: _unknown_client,
    700011: _unknown_client,
    70001: _disabled_or_unknown,
    700027: _key,
    700024: _lifetime,
    700023: _audience_or_scope,
    50027: _malformed_assertion,
    50013: _user_assertion,
    90002: _tenant,
    900023: _tenant,
    900144: _parameter,
    90014: _parameter,
    **dict.fromkeys((90004, 90013, 90023, 90100, 90117, 90121), _some_parameter),
    9002313: _malformed_request,
    70011: _scope,
    70000: _reply_or_code,
    70008: _reply_or_code,
    500011: _missing_resource,
    650053: _unlisted_scope,
}
