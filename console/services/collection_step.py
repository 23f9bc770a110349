"""One step of a collection: the saved request with the values of earlier answers is sent, and its answer compared."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from console.adapters import clock
from console.core.call import ApiCall
from console.core.collections.answer import AnswerPart, CollectionAnswer
from console.core.collections.collection import Collection, CollectionStep, LinesRead, read_step
from console.core.collections.expecting import ExpectationResult, expected_status, judged
from console.core.collections.filling import UnfilledRequest, filled_draft
from console.core.collections.result import CollectionStepResult, StepOutcome, StepProblem, ValueLine, bounded_step
from console.core.collections.taken import MOST_VALUES, TakenValue, typed
from console.core.collections.taking import ValueToTake, take
from console.core.compose.draft import RequestDraft, call_of
from console.core.credential import Secret
from console.core.diagnosis import cause_title
from console.core.diagnosis.base import Diagnosis
from console.core.errors import Busy, Refusal
from console.core.exchange import Response
from console.core.grants.base import SendPerson, Wait
from console.core.openapi.filling import open_parts
from console.core.redaction.redact import Redactor
from console.core.redaction.typed import typed_secrets
from console.services import calls, saved_requests, variables
from console.services.calls import SentCall
from console.services.obtained import Obtained
from console.services.opening import OpenProfile

logger = logging.getLogger("console.collections")
YOU = "You can do this."
_NOT_COMPARED = StepProblem(
    "Its answer could not be compared with what is expected.",
    "This is a fault of the console, which is in its log.",
    "The attempt shows what came.",
)
_OF_ANOTHER = StepProblem(
    "Its saved request was changed by another person since this collection was saved.",
    "It would be sent with your token.",
    "Look at the request; to agree, save the collection again.",
    YOU,
)
Values = Mapping[str, TakenValue]


@dataclass(frozen=True, slots=True)
class MadeStep:
    """`taken` are the values that the step adds."""

    result: CollectionStepResult
    taken: tuple[TakenValue, ...] = field(default=(), repr=False)


def make_step(opened: OpenProfile, collection: Collection, number: int, values: Values) -> MadeStep | None:
    """Sends the step of that number, and keeps it in the history like any other call; None: not now, its token is being
    obtained. Those before it were made, and gave the values.

    Where its request leads is judged anew, as of one that was typed. A refusal of the console is what the step says;
    Busy is raised.
    """
    steps = collection.steps[:number]
    step, result = steps[-1], CollectionStepResult(number, "", StepOutcome.NOT_SENT, at=clock.now())
    try:
        held = saved_requests.open_saved(opened, step.request_id)
    except Refusal:
        gone = StepProblem("Its saved request is gone.", "Somebody deleted it.", "Choose another one.", YOU)
        return MadeStep(replace(result, name="Deleted request", problem=gone))
    saved, lines = held.value, read_step(step)
    draft = saved.kept.draft
    told = replace(result, name=saved.name, call=_named(call_of(draft)), expected=expected_status(lines.expectations))
    known = {name: typed(name, text) for name, text in variables.of_opened(opened).values.items()}
    if not held.is_own and saved.saved_at > collection.changed_at:
        return MadeStep(bounded_step(replace(told, problem=_OF_ANOTHER)))
    call = _ready(draft, lines, {**known, **values}, steps[:-1])
    if isinstance(call, StepProblem):
        return MadeStep(bounded_step(replace(told, problem=call)))
    secrets = [Secret(one.text) for one in values.values() if one.is_secret]
    try:
        sent = calls.send_for(opened, call, secrets=secrets)
    except Busy:
        raise
    except Refusal as refused:
        problem = StepProblem(refused.what, refused.why, refused.do, refused.who)
        return MadeStep(bounded_step(replace(told, problem=problem)))
    if sent.unobtained is not None and sent.unobtained.is_under_way and not sent.unobtained.subject:
        return None
    clean = Redactor([*secrets, *typed_secrets(call)], opened.profile.public_texts)
    told = replace(told, call=clean.text(f"{call.method} {call.path or '/'}"))
    try:
        made = _answered(sent, lines, {**known, **values}, told)
    except Exception as bug:  # noqa: BLE001 it was sent: a bug in comparing must not have the next look send it again
        logger.error("an answer could not be compared: %s", type(bug).__name__)
        made = MadeStep(replace(told, attempt_id=sent.attempt_id or "", problem=_NOT_COMPARED))
    return replace(made, result=_cleaned(bounded_step(made.result), clean))


def _ready(
    draft: RequestDraft, lines: LinesRead, values: Values, before: Sequence[CollectionStep]
) -> ApiCall | StepProblem:
    if lines.problems:
        return StepProblem("What is expected of it cannot be read.", lines.problems[0], "Correct the step.", YOU)
    filled = filled_draft(draft, values)
    if isinstance(filled, UnfilledRequest):
        return _no_value(filled, before)
    if names := open_parts(filled.path):
        told = f"The path still holds {{{names[0]}}}."
        return StepProblem(told, do="Put a value there in the saved request.", who=YOU)
    return call_of(filled)


def _no_value(lacking: UnfilledRequest, before: Sequence[CollectionStep]) -> StepProblem:
    """Where an earlier step was to give a value and did not, that is what is to be mended."""
    for number, step in enumerate(before, 1):
        for name in (one.name for one in read_step(step).values if one.name in lacking.lacks):
            told = f"{{{{{name}}}}} has no value, because step {number} gave none."
            return StepProblem(told, do=f"Mend step {number} first.", who=YOU)
    return StepProblem(lacking.what, do=lacking.do, who=YOU)


def _answered(sent: SentCall, lines: LinesRead, values: Values, told: CollectionStepResult) -> MadeStep:
    if sent.problem is not None:
        problem = StepProblem(sent.problem.what, do=sent.problem.do, who=YOU)
        return MadeStep(replace(told, problem=problem))
    if sent.unobtained is not None:
        return MadeStep(_without_token(sent.unobtained, told))
    told = replace(told, attempt_id=sent.attempt_id or "", elapsed_ms=sent.exchange.elapsed_ms if sent.exchange else 0)
    shown = sent.redacted
    failure = sent.exchange.failure if sent.exchange else None
    if sent.came is None or shown is None or failure is not None:
        problem = StepProblem(failure.detail if failure else "There was no answer.")
        return MadeStep(_explained(replace(told, outcome=StepOutcome.UNEXPECTED, problem=problem), sent.diagnosis))
    made = _compared(sent.came, shown, lines, values, replace(told, status=shown.status))
    is_good = made.result.outcome is StepOutcome.AS_EXPECTED
    return made if is_good else replace(made, result=_explained(made.result, sent.diagnosis))


def _compared(
    came: Response, shown: Response, lines: LinesRead, values: Values, told: CollectionStepResult
) -> MadeStep:
    answer = CollectionAnswer(AnswerPart(came), AnswerPart(shown))
    checks, found = list(judged(lines.expectations, answer, values)), list[TakenValue]()
    for wanted in lines.values:
        one = _room(wanted, values, found) or take(wanted, answer)
        if isinstance(one, TakenValue):
            found.append(one)
        else:
            checks.append(one)
    is_good = all(one.is_met for one in checks)
    outcome = StepOutcome.AS_EXPECTED if is_good else StepOutcome.UNEXPECTED
    shown_values = tuple(ValueLine(one.name, one.shown) for one in found)
    return MadeStep(replace(told, outcome=outcome, checks=tuple(checks), taken=shown_values), tuple(found))


def _room(wanted: ValueToTake, values: Values, found: list[TakenValue]) -> ExpectationResult | None:
    names = {*(name for name, one in values.items() if not one.is_typed), *(one.name for one in found), wanted.name}
    return ExpectationResult(wanted.line, f"A run keeps {MOST_VALUES} values.") if len(names) > MOST_VALUES else None


def _without_token(obtained: Obtained, told: CollectionStepResult) -> CollectionStepResult:
    if isinstance(obtained.result, Wait | SendPerson):
        return replace(
            told,
            problem=StepProblem(
                "Its token needs a person who signs in.",
                "The grant of this profile gives a token to a person alone.",
                "Sign in on the profile's page, then run the collection again.",
                YOU,
            ),
        )
    asked = obtained.subject if obtained.result is None and obtained.subject is not None else obtained
    error = asked.error
    why = asked.failure.detail if asked.failure else f"The provider answered {error.error}." if error else ""
    with_id = replace(told, attempt_id=asked.attempt_id or "", problem=StepProblem("No token was given for it.", why))
    return _explained(with_id, asked.diagnosis)


def _explained(told: CollectionStepResult, diagnosis: Diagnosis | None) -> CollectionStepResult:
    """With the first cause, and what to do about it."""
    primary = diagnosis.primary if diagnosis else None
    if primary is None:
        return told
    what = told.problem.what if told.problem else ""
    problem = StepProblem(what or primary.what, primary.why, primary.do, owner=primary.owner)
    return replace(told, cause=primary.cause, cause_title=cause_title(primary.cause), problem=problem)


def _named(call: ApiCall) -> str:
    return Redactor(typed_secrets(call)).text(f"{call.method} {call.path or '/'}")


def _cleaned(told: CollectionStepResult, clean: Redactor) -> CollectionStepResult:
    """Nothing that is kept of a step holds a secret that was sent, or what looks like one."""
    checks = tuple(ExpectationResult(clean.text(one.line), clean.text(one.problem)) for one in told.checks)
    taken = tuple(ValueLine(one.name, clean.text(one.value)) for one in told.taken)
    return replace(told, checks=checks, taken=taken)
