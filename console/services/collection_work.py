"""Long work that a step of a collection began: each look asks its monitor once, and the answer at its end is compared
as the step's.

The work is followed where every call's is, beside its attempt: whoever else looks there looks at the same.
"""

from dataclasses import dataclass, replace

from console.adapters import clock
from console.core.actor import Actor
from console.core.collections.collection import CollectionStep, read_step
from console.core.collections.expecting import ExpectationResult
from console.core.collections.result import StepOutcome, StepProblem, bounded_step
from console.core.collections.work import BegunWork, is_hidden, succeeded
from console.core.credential import Secret
from console.core.errors import Busy, NotFound, Refusal, Unavailable
from console.core.exchange import Exchange, Response
from console.core.redaction.redact import Redactor
from console.services import operations, runs
from console.services.collection_answer import (
    YOU,
    MadeStep,
    Values,
    cleaned,
    compared,
    known_values,
    or_not_compared,
    problem_of,
    secrets_of,
)
from console.services.looks import Looked
from console.services.opening import OpenProfile
from console.store import runs as run_store
from console.store.runs import RunRecord

_LEFT = StepProblem(
    "Nobody follows its work any more.",
    "Somebody stopped following it, in the history.",
    "Run the collection again to see its end.",
    YOU,
)


@dataclass(frozen=True, slots=True)
class _End:
    """The last exchange about the work, redacted; `came` is its answer as it came, None where another received it."""

    word: str
    last: Exchange | None
    came: Response | None = None


def go_on(opened: OpenProfile, step: CollectionStep, values: Values, work: BegunWork) -> MadeStep | None:
    """The step, when its work has ended; None while that goes on. Raises Busy, to be looked at again later."""
    clean = Redactor([*secrets_of(values), *map(Secret, work.hidden)], opened.profile.public_texts)
    told = replace(work.told, at=clock.now())
    try:
        end = _looked(opened.actor, work.attempt_id, clean)
    except Busy:
        raise
    except Unavailable:  # another look overtook this one, and the next tells what it saw
        return None
    except Refusal as refused:
        return MadeStep(bounded_step(replace(told, outcome=StepOutcome.UNEXPECTED, problem=problem_of(refused))))
    if end is None:
        return None
    shown = end.last.response if end.last else None
    if end.last is None or shown is None:
        failure = end.last.failure if end.last else None
        problem = StepProblem(failure.detail) if failure else _LEFT
        return MadeStep(bounded_step(replace(told, outcome=StepOutcome.UNEXPECTED, problem=problem)))
    lines = read_step(step)
    more = succeeded(end.word, shown, lines.expectations)
    told = replace(told, status=shown.status)
    known, came = known_values(opened, values), end.came or shown
    made = or_not_compared(told, lambda: compared(came, shown, lines, known, told, more=more))
    if end.came is None:
        made = _without_hidden(made)
    return replace(made, result=cleaned(bounded_step(made.result), clean))


def _looked(actor: Actor, attempt_id: str, clean: Redactor) -> _End | None:
    """One look, if one is due; None while the work goes on. Raises NotFound where the attempt is gone."""
    run = run_store.of_attempt(actor, attempt_id)
    if run is None:
        raise NotFound("Its work cannot be followed.", why="The attempt was deleted.", do="Run it again.", who=YOU)
    came: list[Exchange] = []

    def look(actor: Actor, run: RunRecord) -> Looked | None:
        looked = operations.look(actor, run)
        if looked is None:
            return None
        came.append(looked.came)
        shown = tuple(map(clean.exchange, looked.shown))
        return replace(looked, shown=shown, hiding=(*looked.hiding, clean))

    after = runs.look_by(actor, run, look)
    if not after.is_done:
        return None
    last = after.steps[-1].exchanges[-1:] if after.steps else ()
    return _End(after.state, clean.exchange(last[0]) if last else None, came[0].response if came else None)


def _without_hidden(made: MadeStep) -> MadeStep:
    """Another look received the answer, and what was kept of it hides its secrets: no mask is a value to go on with."""
    hidden = {one.name for one in made.taken if is_hidden(one)}
    if not hidden:
        return made
    lost = tuple(
        ExpectationResult(f"{name} is taken", "Another look saw the end of its work, and what is kept hides the value.")
        for name in sorted(hidden)
    )
    result = replace(
        made.result,
        outcome=StepOutcome.UNEXPECTED,
        checks=(*made.result.checks, *lost),
        taken=tuple(one for one in made.result.taken if one.name not in hidden),
    )
    return MadeStep(result, tuple(one for one in made.taken if one.name not in hidden))
