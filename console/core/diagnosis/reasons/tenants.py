"""Tenants of the endpoint, the token and the API set beside each other."""

from console.core.compare import is_guid, same_id
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.reasons.base import Reason
from console.core.issuers import ANY_TENANT, read_issuer

_REFUSED = frozenset({401, 403})


def _asked_elsewhere(reading: Reading) -> str:
    """The token itself is not there to be read: where it was asked for tells its tenant."""
    if reading.token is not None or reading.answer.status not in _REFUSED or reading.is_at_token_endpoint:
        return ""
    asked, accepted = reading.endpoint_tenant.lower(), _accepted(reading)
    if not is_guid(asked) or asked in ANY_TENANT or not accepted or any(same_id(asked, one) for one in accepted):
        return ""
    return f"The token was asked from the tenant {asked}; this API accepts {' and '.join(accepted)}."


def _accepted(reading: Reading) -> tuple[str, ...]:
    named = [read_issuer(one).tenant for one in reading.expectation.issuers]
    found = [*named, reading.expectation.tenant or ""]
    return tuple(dict.fromkeys(one for one in found if is_guid(one)))


REASONS = (
    Reason(
        "issuer-wrong-tenant",
        "A token carries the issuer of the tenant that was asked for it.",
        _asked_elsewhere,
    ),
)
