"""The application exists, but not in the tenant the request was sent to."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, by_code, possible
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import other_tenant
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    tenant = reading.endpoint_tenant or "not known here"
    if found := by_code("client-in-other-tenant")(reading):
        named = reading.client_id or "not known here"
        registered = other_tenant(reading)
        where = f", and the client is registered in {registered}" if registered else ""
        return adding(found, f"The client id is {named}; the tenant asked is {tenant}{where}.")
    unknown = {700016, 700011} & set(reading.codes)
    if unknown and by_code("client-id-wrong")(reading):
        return possible(f"The application may be registered in another tenant than {tenant}.", f"AADSTS{min(unknown)}")
    return None


CAUSE = Cause(
    slug="client-in-other-tenant",
    stage=Stage.TOKEN_REQUEST,
    title="Client registered in another tenant",
    what="The application exists, but not in the tenant that was asked.",
    do="Ask the tenant in which the application is registered, or have it consented to in this one.",
    who=Owner.INTEGRATOR,
    match=match,
)
