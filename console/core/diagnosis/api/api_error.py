"""The backend itself failed (5xx) after the call was let through."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    status = reading.answer.status
    if reading.is_at_token_endpoint:
        return None
    if reading.answer.failure == "bad_http" and reading.evidence.response:
        return likely(
            f"The API sent no readable answer. {reading.evidence.response.detail}".strip(), reading.answer.failure
        )
    if status is None:
        return by_phrase("api-error")(reading)
    if status < 500 or status == 504:
        return None
    return likely(f"The answer is {status}, a fault of the server.", str(status))


CAUSE = Cause(
    slug="api-error",
    stage=Stage.API,
    title="API failed",
    what="The API itself failed after the call was let through.",
    do="Give the owner of the API the time and the ids of this call.",
    asked="Look up the time and the ids of this call in the log of the API, and say what failed.",
    who=Owner.API_OWNER,
    match=match,
)
