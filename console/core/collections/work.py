"""Long work that the answer to a step began: what is kept while it goes on, and how its end is told."""

from dataclasses import dataclass, field

from console.core.collections.expecting import AnswerExpectation, AnswerSide, ExpectationResult
from console.core.collections.result import CollectionStepResult
from console.core.collections.taken import TakenValue
from console.core.exchange import Response
from console.core.redaction.names import MASK, TOKEN
from console.core.runs.operation import CUT, report_of

SUCCEEDS, FOLLOWED = "its work succeeds", "its work can be followed"
_NOT_DONE = frozenset({"failed", "canceled", "cancelled", CUT.lower()})


@dataclass(frozen=True, slots=True)
class BegunWork:
    """`told` is the step as far as it came, `attempt_id` the call whose work is followed; `hidden` what was secret in
    the call, which is masked in the answers about its work too.
    """

    told: CollectionStepResult
    attempt_id: str
    hidden: tuple[str, ...] = field(default=(), repr=False)


def succeeded(word: str, shown: Response, expectations: tuple[AnswerExpectation, ...]) -> tuple[ExpectationResult, ...]:
    """Work that ended as failed or cancelled, or nobody knows how, is not as expected, unless a line says what the body
    is to hold. `word` is the far side's own.
    """
    if word.lower() not in _NOT_DONE or any(one.part is AnswerSide.JSON for one in expectations):
        return ()
    why = report_of(shown).error
    return (ExpectationResult(SUCCEEDS, f"It ended with {word}{f': {why}' if why else ''}."),)


def followed(shown: Response) -> tuple[ExpectationResult, ...]:
    """Of an answer whose work was to be waited for: a 202 without a place to look tells nothing of its end."""
    if shown.status != 202:
        return ()
    why = "The 202 has no Operation-Location, Azure-AsyncOperation or Location, so that nobody knows how its work ends."
    return (ExpectationResult(FOLLOWED, why),)


def is_hidden(value: TakenValue) -> bool:
    """Whether redaction stands where the value was: of an answer that somebody else received, only that is kept."""
    return MASK in value.text or TOKEN in value.text
