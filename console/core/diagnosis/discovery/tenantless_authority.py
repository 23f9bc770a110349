"""A flow that needs a concrete tenant was sent to common or organizations."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.issuers import TENANTLESS
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("tenantless-authority")(reading):
        return found
    is_app_only = reading.grant == "client_credentials" and reading.endpoint_tenant.lower() in TENANTLESS
    if is_app_only and reading.token_error is not None and not reading.codes:
        return likely(
            f"client_credentials was sent to {reading.endpoint_tenant}, which is no tenant.", reading.endpoint_tenant
        )
    return None


CAUSE = Cause(
    slug="tenantless-authority",
    stage=Stage.DISCOVERY,
    title="No tenant named",
    what="The request names no tenant, and this grant needs one.",
    do="Name one tenant in the address that is asked.",
    who=Owner.INTEGRATOR,
    match=match,
)
