"""aud of the client assertion or JWT grant is not what this token endpoint expects."""

from console.core.diagnosis.assertion_facts import audience_fault
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import in_own_words, likely, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    fault = audience_fault(reading) if reading.token_error is not None else None
    told = f"aud is {fault[0]}; this server is {fault[1]}." if fault else ""
    if found := named("assertion-audience-wrong")(reading):
        return in_own_words(found, told)
    if fault is None or reading.codes or (reading.phrases and not reading.phrase("assertion-issuer-wrong")):
        return None
    return likely(told, "assertion claims")


CAUSE = Cause(
    slug="assertion-audience-wrong",
    stage=Stage.CREDENTIAL,
    title="Assertion's audience wrong",
    what="The assertion is addressed to another server than the one it was sent to.",
    do="Set aud of the assertion to the token endpoint, or the issuer, of the server that is asked.",
    who=Owner.INTEGRATOR,
    match=match,
)
