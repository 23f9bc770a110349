"""The tenant segment of the authority is not a tenant: typo, placeholder, malformed authority URL."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, answered, by_code, by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import is_placeholder
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("tenant-not-found")(reading):
        return found if not reading.endpoint_tenant else _with_tenant(found, reading.endpoint_tenant)
    if reading.error == "invalid_tenant":
        return answered("The provider answered invalid_tenant.", "invalid_tenant")
    tenant = reading.endpoint_tenant
    if tenant and is_placeholder(tenant) and not reading.codes and reading.token_error is not None:
        return likely(f"The tenant in the address is {tenant}, which looks like a placeholder.", tenant)
    return by_phrase("tenant-not-found")(reading)


def _with_tenant(found: Match, tenant: str) -> Match:
    return adding(found, f"The tenant asked was {tenant}.")


CAUSE = Cause(
    slug="tenant-not-found",
    stage=Stage.DISCOVERY,
    title="Tenant not found",
    what="The tenant in the address is not known.",
    do="Compare the address that is asked with the one in the provider's documents, letter by letter.",
    who=Owner.INTEGRATOR,
    match=match,
)
