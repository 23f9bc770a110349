"""The request does not say on whose behalf it is made (consumer_org) although the client needs it."""

from console.core.diagnosis.assertion_facts import claims, customer_outside
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.token_error is None or "consumer_org" in claims(reading) or not claims(reading):
        return None
    where = customer_outside(reading)
    if where and reading.phrase("scope-not-granted"):
        told = f"consumer_org is {where}, where it is not read: the grant itself asks for the client alone."
        return likely(told, "consumer_org", do="Send consumer_org as a claim of the grant.")
    other = reading.fact("acting_for_org", "acting_for", "consumer_org", "on_behalf_of")
    owner = reading.fact("client_owner_org", "supplier_org")
    if reading.phrase("scope-not-granted") and isinstance(other, str) and other != owner:
        return likely(f"The grant has no consumer_org, yet the client acts for {other}.", "consumer_org")
    if reading.phrase("scope-not-granted") and isinstance(reading.fact("delegation"), dict):
        return likely("The grant has no consumer_org, yet a delegation exists.", "consumer_org")
    return None


CAUSE = Cause(
    slug="delegation-party-missing",
    stage=Stage.TOKEN_REQUEST,
    title="On whose behalf is not said",
    what="The request does not say on whose behalf it is made.",
    do="Say in the request for whom it is made, in the way that the provider documents.",
    who=Owner.INTEGRATOR,
    match=match,
)
