"""Maskinporten's refusals, in its own words (docs.digdir.no, "Feilsøking i Maskinporten").

Which HTTP status belongs to which code is not written there: 400, and 403 under its heading "Forbidden", is the
natural reading. Texts of MP-011, MP-122 and later are those of its list of codes.
"""

from dataclasses import dataclass

from console.core.exchange import Response
from console.sandbox.answers import json_response
from console.sandbox.ids import opaque
from console.sandbox.providers.base import ProviderVisit

FAILED = "Invalid assertion. Client authentication failed."


@dataclass(frozen=True, slots=True)
class MpRefusal:
    """`code` is "MP-nnn", "" where Maskinporten has none."""

    error: str
    text: str
    code: str = ""
    status: int = 400


def answer(refusal: MpRefusal, visit: ProviderVisit) -> Response:
    """The JSON that says it: the code is the last part of error_uri."""
    trace = opaque(visit.state.entropy, "trace", size=32).lower().replace("-", "0").replace("_", "1")[:32]
    body = {"error": refusal.error, "error_description": f"{refusal.text} (trace_id: {trace})"}
    if refusal.code:
        body["error_uri"] = f"{visit.issuer}/errors/{refusal.code}"
    return json_response(refusal.status, body, now=visit.now)


def bad_request(text: str) -> MpRefusal:
    return MpRefusal("invalid_request", text)


def unsupported_grant(grant_type: str) -> MpRefusal:
    return MpRefusal("unsupported_grant_type", f"Grant type {grant_type[:100]} is not supported")


def bad_value(name: str) -> MpRefusal:
    return MpRefusal("invalid_request", f"Invalid assertion. Invalid parameter value: {name[:100]}", "MP-011")


def undocumented(names: str) -> MpRefusal:
    return MpRefusal("invalid_grant", f"Invalid assertion. Unknown claims: {names[:200]}")


def used_before() -> MpRefusal:
    return MpRefusal("invalid_grant", "Invalid assertion. Grant is used before", "MP-012")


def client_not_found() -> MpRefusal:
    return MpRefusal("invalid_grant", f"{FAILED} Client not found", "MP-100")


def needs_kid() -> MpRefusal:
    text = "Invalid JWT. The client requires pre-registered jwk and no key identifier (kid) provided"
    return MpRefusal("invalid_grant", f"{FAILED} {text}", "MP-100")


def kid_and_certificate() -> MpRefusal:
    return MpRefusal("invalid_grant", f"{FAILED} Invalid JWT. Exactly one of kid and x5c is required", "MP-100")


def unknown_kid() -> MpRefusal:
    text = "Invalid JWT. Key identifier (kid) is not registered on the client"
    return MpRefusal("invalid_grant", f"{FAILED} {text}", "MP-124")


def wrong_audience() -> MpRefusal:
    return MpRefusal("invalid_grant", f"{FAILED} Invalid JWT claim aud", "MP-110")


def invalid_certificate() -> MpRefusal:
    return MpRefusal("invalid_grant", f"{FAILED} The JWT is signed with an invalid certificate.", "MP-120")


def expired_key() -> MpRefusal:
    return MpRefusal("invalid_grant", f"{FAILED} Expired key", "MP-121")


def other_organisation() -> MpRefusal:
    text = "Invalid JWT. Invalid organization number for client. Does not match certificate orgno"
    return MpRefusal("invalid_grant", f"{FAILED} {text}", "MP-122")


def bad_chain() -> MpRefusal:
    return MpRefusal("invalid_grant", f"{FAILED} Invalid JWT header x5c", "MP-123")


def bad_signature() -> MpRefusal:
    return MpRefusal("invalid_grant", f"{FAILED} Invalid JWT signature.", "MP-124")


def expired() -> MpRefusal:
    return MpRefusal("invalid_grant", f"{FAILED} JWT is expired", "MP-130")


def lives_too_long(limit_s: int) -> MpRefusal:
    return MpRefusal("invalid_grant", f"{FAILED} JWT lifetime (exp - iat) exceeds {limit_s} seconds")


def issued_later() -> MpRefusal:
    return MpRefusal("invalid_grant", f"{FAILED} Issue time is after now")


def scopes_not_on_client(names: str) -> MpRefusal:
    return MpRefusal("invalid_scope", f"Token request contains invalid scopes for client, {names[:300]}", "MP-200")


def scopes_of_other_type(names: str) -> MpRefusal:
    text = f"Token request contains scopes not allowed for maskinporten, {names[:300]}"
    return MpRefusal("invalid_scope", text, "MP-201")


def no_access(scope: str) -> MpRefusal:
    return MpRefusal("invalid_scope", f"Consumer has not been granted access to the scope {scope}", "MP-250", 403)


def not_delegated(customer: str, scope: str, supplier: str) -> MpRefusal:
    text = f"Consumer {customer} has not delegated access to the scope {scope} to supplier {supplier}"
    return MpRefusal("invalid_scope", text, "MP-251", 403)


def own_organisation() -> MpRefusal:
    text = (
        "Validation of JWT claim failed: The combination consumer_org in claim and delegation scope on client is "
        "invalid"
    )
    return MpRefusal("invalid_request", text)


def unknown_details_type(kind: str) -> MpRefusal:
    text = f"Unknown authorization details type: {kind[:100]}"
    return MpRefusal("invalid_authorization_details", text, "MP-301")


def unknown_details_fields(names: str) -> MpRefusal:
    text = f"Unknown fields in the authorization details: {names[:200]}"
    return MpRefusal("invalid_authorization_details", text, "MP-302")


def bad_details_value(name: str) -> MpRefusal:
    text = f"Invalid authorization details values: {name[:100]}"
    return MpRefusal("invalid_authorization_details", text, "MP-303")


def no_system_user(customer: str) -> MpRefusal:
    """What a system user that does not fit its registration brings: MP-303 by another error (Altinn's words)."""
    text = f"System user for organization {customer} and this externalRef is not registered with the vendor's system"
    return MpRefusal("invalid_altinn_customer_configuration", text, "MP-303")
