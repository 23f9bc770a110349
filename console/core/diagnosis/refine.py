"""Which cause an error code means in this attempt: one number can stand for several faults, and the rest decides."""

import re
from collections.abc import Callable

from console.core.compare import is_guid
from console.core.diagnosis import assertion_facts as assertion
from console.core.diagnosis import request_facts as request
from console.core.diagnosis.codes import explain_code
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.secret_shape import has_hidden_character, is_encoded_wrongly, looks_like_id
from console.core.issuers import ANY_TENANT, TENANTLESS

_PARAMETER = re.compile(r"(?:following parameter: |required field )'?([\w.]+)", re.I)


def cause_of_code(reading: Reading, code: int) -> str | None:
    """The slug a code leads to in this attempt; None when neither table nor evidence tells one."""
    refine = _REFINEMENTS.get(code)
    row = explain_code(code)
    return refine(reading) if refine else row.cause if row else None


def _secret(reading: Reading) -> str:
    if looks_like_id(reading):
        return "client-secret-id-used"
    if has_hidden_character(reading):
        return "invisible-character-in-value"
    return "client-secret-encoding" if is_encoded_wrongly(reading) else "client-secret-invalid"


def _umbrella(reading: Reading) -> str:
    text = reading.said.lower()
    if "must contain the following parameter" in text:
        return "client-credential-missing"
    if "secret" in text or "credential" in text:
        return "client-secret-expired" if "expired" in text else _secret(reading)
    return _key(reading)


def _no_credential(reading: Reading) -> str:
    if request.hides_credential(reading):
        return "request-body-encoding"
    if reading.grant in {"password", "device_code", "urn:ietf:params:oauth:grant-type:device_code"}:
        return "client-type-mismatch"
    is_public_style = "code_verifier" in reading.params and "client_secret" not in reading.params
    return "client-type-mismatch" if is_public_style else "client-credential-missing"


def _unknown_client(reading: Reading) -> str:
    """A well-formed id that one tenant does not know most often belongs to another tenant."""
    is_odd = request.is_placeholder(reading.client_id) or not is_guid(reading.client_id)
    if is_odd or request.is_another_id(reading) or reading.endpoint_tenant.lower() in {"", *ANY_TENANT}:
        return "client-id-wrong"
    return "client-in-other-tenant"


def _disabled_or_unknown(reading: Reading) -> str:
    return _unknown_client(reading) if "not found" in reading.said else "application-disabled"


def _key(reading: Reading) -> str:
    if assertion.thumbprint_fault(reading):
        return "certificate-thumbprint-invalid"
    return "certificate-or-key-expired" if assertion.is_key_expired(reading) else "certificate-not-registered"


def _lifetime(reading: Reading) -> str:
    return "clock-skew" if assertion.is_clock_fault(reading) else "assertion-lifetime-invalid"


def _audience_or_scope(reading: Reading) -> str:
    about_scope = "scope" in reading.description.lower() and "audience" not in reading.description.lower()
    return (
        "scope-format-invalid" if about_scope and not assertion.audience_fault(reading) else "assertion-audience-wrong"
    )


def _malformed_assertion(reading: Reading) -> str:
    text = reading.description.lower()
    if "thumbprint" in text or assertion.thumbprint_fault(reading):
        return "certificate-thumbprint-invalid"
    if "audience" in text or assertion.audience_fault(reading):
        return "assertion-audience-wrong"
    return "assertion-issuer-wrong" if "issuer" in text or assertion.issuer_fault(reading) else "token-malformed"


def _user_assertion(reading: Reading) -> str:
    text = reading.description.lower()
    if reading.phrase("app-specific-signing-key"):
        return "app-specific-signing-key"
    if "expired" in text or "time range" in text:
        return "assertion-lifetime-invalid"
    if "malformed" in text:
        return "token-malformed"
    return "obo-assertion-wrong-audience"


def _tenant(reading: Reading) -> str:
    if request.is_other_cloud(reading):
        return "wrong-cloud"
    is_any = reading.endpoint_tenant.lower() in TENANTLESS
    return "tenantless-authority" if is_any and reading.grant == "client_credentials" else "tenant-not-found"


def _parameter(reading: Reading) -> str:
    if request.is_badly_encoded(reading):
        return "request-body-encoding"
    found = _PARAMETER.search(reading.said)
    name = found[1] if found else ""
    if name in reading.params:
        return "request-body-encoding"
    by_name = {"code_verifier": "pkce-mismatch", "client_secret": "client-credential-missing"}
    if name == "client_assertion":
        return "client-credential-missing"
    return by_name.get(name, "request-parameter-missing")


def _scope(reading: Reading) -> str:
    scope = reading.params.get("scope", "")
    several = "more than one resource" in reading.said or request.names_several_resources(scope)
    return "multiple-resources-requested" if several else "scope-format-invalid"


def _missing_resource(reading: Reading) -> str:
    if request.is_other_cloud(reading):
        return "wrong-cloud"
    return "resource-not-found"


def _reply_or_code(reading: Reading) -> str:
    is_code = reading.grant == "authorization_code" and "already" in reading.said
    return "authorization-code-redeemed" if is_code else "refresh-token-expired"


_REFINEMENTS: dict[int, Callable[[Reading], str | None]] = {
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
    70011: _scope,
    70000: _reply_or_code,
    70008: _reply_or_code,
    500011: _missing_resource,
}
