"""State, nonce or iss of the authorization response does not belong to this request (mix-up, replay, two tabs)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_kind, by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if refused := by_kind("foreign_answer")(reading):
        return refused
    is_call = reading.answer.status is not None and reading.authorization is not None
    return None if reading.token_error is not None or is_call else by_phrase("authorization-response-invalid")(reading)


CAUSE = Cause(
    slug="authorization-response-invalid",
    stage=Stage.TOKEN_REQUEST,
    title="Answer does not belong to this request",
    what="The authorization response does not belong to the request that was made.",
    do="Start the sign-in again, in one tab, without the Back key.",
    who=Owner.INTEGRATOR,
    match=match,
)
