"""The client exists in test and the request goes to production, or the other way round."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import other_environment
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    unknown = by_phrase("client-id-wrong")(reading)
    told = other_environment(reading)
    if unknown is None or told is None or reading.codes:
        return None
    return likely(
        f"{unknown.why} The client is registered elsewhere ({told}) than at {reading.endpoint_host}.",
        *unknown.facts,
        told,
    )


CAUSE = Cause(
    slug="client-in-other-environment",
    stage=Stage.TOKEN_REQUEST,
    title="Client registered in another environment",
    what="The client is registered in another environment than the one that was asked.",
    do="Ask the environment in which the client is registered, or register it in this one.",
    who=Owner.INTEGRATOR,
    match=match,
)
