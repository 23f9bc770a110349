"""A required parameter is really absent from a well-encoded request."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import is_badly_encoded
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if not reading.codes and is_badly_encoded(reading):
        return None
    if found := by_code("request-parameter-missing")(reading):
        return found
    if reading.codes or not reading.is_at_token_endpoint:
        return None
    return by_phrase("request-parameter-missing")(reading)


CAUSE = Cause(
    slug="request-parameter-missing",
    stage=Stage.TOKEN_REQUEST,
    title="Parameter missing",
    what="A required parameter is missing from the token request.",
    do="Send the parameter that the answer names.",
    who=Owner.INTEGRATOR,
    match=match,
)
