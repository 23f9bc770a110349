"""iss or sub of the assertion is not the client id (key id, other client)."""

from console.core.diagnosis.assertion_facts import audience_fault, issuer_fault
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import in_own_words, likely, named, weakened
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    fault = issuer_fault(reading) if reading.token_error is not None else None
    told = f"{fault[0]} is {fault[1]}; the client id is {fault[2]}." if fault else ""
    if found := named("assertion-issuer-wrong")(reading):
        whole = in_own_words(found, told)
        return weakened(whole) if audience_fault(reading) else whole
    is_refused = reading.error in {"invalid_client", "invalid_grant", "unauthorized_client"} and not reading.codes
    return likely(told, "assertion claims") if fault and is_refused else None


CAUSE = Cause(
    slug="assertion-issuer-wrong",
    stage=Stage.CREDENTIAL,
    title="Assertion's issuer wrong",
    what="iss or sub of the assertion is not the client id.",
    do="Set iss and sub of the assertion to the client id.",
    who=Owner.INTEGRATOR,
    match=match,
)
