"""The call was let in, and its answer is longer than what this console reads: nothing failed but the reading."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.exchange import FailureKind
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    response = reading.evidence.response
    if reading.is_at_token_endpoint or response is None or response.failure != FailureKind.TOO_LARGE.value:
        return None
    if response.status is None or not 200 <= response.status < 300:  # a refusal and a redirect have causes of their own
        return None
    why = f"It answered {response.status}. {response.detail}".strip()
    # A page where a program calls may be somebody's sign-in page, which lets nobody in.
    return likely(why, response.failure) if reading.answer.is_html else answered(why, response.failure)


CAUSE = Cause(
    slug="answer-too-large",
    stage=Stage.API,
    title="Answer too large to read",
    what="The call was let in; its answer is larger than what is read of one here.",
    do="Ask for less of it (a page, a filter, fewer fields), or let the administrator raise CONSOLE_ANSWER_MB.",
    who=Owner.INTEGRATOR,
    match=match,
    is_let_in=True,
)
