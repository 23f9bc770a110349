"""What came of a step of a collection: its answer compared with what is expected, and the values taken from it."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from console.core.collections.answer import AnswerPart, CollectionAnswer
from console.core.collections.collection import LinesRead
from console.core.collections.expecting import ExpectationResult, judged
from console.core.collections.result import CollectionStepResult, StepOutcome, StepProblem, ValueLine
from console.core.collections.taken import MOST_VALUES, TakenValue, typed
from console.core.collections.taking import ValueToTake, take
from console.core.collections.work import BegunWork
from console.core.credential import Secret
from console.core.errors import Refusal
from console.core.exchange import Response
from console.core.redaction.redact import Redactor
from console.services import variables
from console.services.opening import OpenProfile

logger = logging.getLogger("console.collections")
YOU = "You can do this."
_NOT_COMPARED = StepProblem(
    "Its answer could not be compared with what is expected.",
    "This is a fault of the console, which is in its log.",
    "The attempt shows what came.",
)
Values = Mapping[str, TakenValue]


@dataclass(frozen=True, slots=True)
class MadeStep:
    """`taken` are the values that the step adds. With `work` it is not done: what it began is to be followed."""

    result: CollectionStepResult
    taken: tuple[TakenValue, ...] = field(default=(), repr=False)
    work: BegunWork | None = None


def known_values(opened: OpenProfile, values: Values) -> Values:
    """What earlier answers gave, and what a person typed as a variable of the profile."""
    return {**{name: typed(name, text) for name, text in variables.of_opened(opened).values.items()}, **values}


def secrets_of(values: Values) -> list[Secret]:
    """Those of the values that are masked wherever they come back."""
    return [Secret(one.text) for one in values.values() if one.is_secret]


def problem_of(refused: Refusal) -> StepProblem:
    """A refusal of the console, as a step says it."""
    return StepProblem(refused.what, refused.why, refused.do, refused.who)


def or_not_compared(told: CollectionStepResult, compare: Callable[[], MadeStep]) -> MadeStep:
    """What comparing gives: it was sent, and a bug in comparing must not have the next look send it again."""
    try:
        return compare()
    except Exception as bug:  # noqa: BLE001 see above
        logger.error("an answer could not be compared: %s", type(bug).__name__)
        return MadeStep(replace(told, problem=_NOT_COMPARED))


def compared(
    came: Response,
    shown: Response,
    lines: LinesRead,
    values: Values,
    told: CollectionStepResult,
    *,
    more: tuple[ExpectationResult, ...] = (),
) -> MadeStep:
    """The step with its answer as it `came` and as it is `shown`; `more` is what else has to hold."""
    answer = CollectionAnswer(AnswerPart(came), AnswerPart(shown))
    checks, found = [*more, *judged(lines.expectations, answer, values)], list[TakenValue]()
    for wanted in lines.values:
        one = _room(wanted, values, found) or take(wanted, answer)
        if isinstance(one, TakenValue):
            found.append(replace(one, step=told.number))
        else:
            checks.append(one)
    is_good = all(one.is_met for one in checks)
    outcome = StepOutcome.AS_EXPECTED if is_good else StepOutcome.UNEXPECTED
    shown_values = tuple(ValueLine(one.name, one.shown) for one in found)
    return MadeStep(replace(told, outcome=outcome, checks=tuple(checks), taken=shown_values), tuple(found))


def _room(wanted: ValueToTake, values: Values, found: list[TakenValue]) -> ExpectationResult | None:
    names = {*(name for name, one in values.items() if not one.is_typed), *(one.name for one in found), wanted.name}
    return ExpectationResult(wanted.line, f"A run keeps {MOST_VALUES} values.") if len(names) > MOST_VALUES else None


def cleaned(told: CollectionStepResult, clean: Redactor) -> CollectionStepResult:
    """Nothing that is kept of a step holds a secret that was sent, or what looks like one."""
    checks = tuple(
        ExpectationResult(clean.text(one.line), clean.text(one.problem), clean.text(one.compared))
        for one in told.checks
    )
    taken = tuple(ValueLine(one.name, clean.text(one.value)) for one in told.taken)
    return replace(told, checks=checks, taken=taken)
