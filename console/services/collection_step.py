"""One step of a collection: the saved request with the values of earlier answers is sent, and its answer compared."""

from collections.abc import Sequence
from dataclasses import replace

from console.adapters import clock
from console.core.call import ApiCall
from console.core.collections.collection import Collection, CollectionStep, LinesRead, read_step
from console.core.collections.expecting import expected_status
from console.core.collections.filling import UnfilledRequest, filled_draft
from console.core.collections.result import CollectionStepResult, StepOutcome, StepProblem, bounded_step
from console.core.collections.used import UsedValue, used_in
from console.core.collections.work import BegunWork, followed
from console.core.compose.draft import RequestDraft, call_of
from console.core.credential import Secret
from console.core.diagnosis import cause_title
from console.core.diagnosis.base import Diagnosis
from console.core.errors import Busy, Refusal
from console.core.grants.base import SendPerson, Wait
from console.core.openapi.filling import open_parts
from console.core.redaction.redact import Redactor
from console.core.redaction.typed import typed_secrets
from console.services import calls, practice, saved_requests
from console.services.calls import SentCall
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
from console.services.obtained import Obtained
from console.services.opening import OpenProfile

_OF_ANOTHER = StepProblem(
    "Its saved request was changed by another person since this collection was saved.",
    "It would be sent with your token.",
    "Look at the request; to agree, save the collection again.",
    YOU,
)


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
    known, secrets = known_values(opened, values), secrets_of(values)
    told = replace(told, used=_used(draft, lines, known, clean=Redactor(secrets)))
    if not held.is_own and saved.saved_at >= collection.changed_at:  # in the same second nobody knows which was first
        return MadeStep(bounded_step(replace(told, problem=_OF_ANOTHER)))
    call = _ready(draft, lines, known, steps[:-1])
    if isinstance(call, StepProblem):
        return MadeStep(bounded_step(replace(told, problem=call)))
    hidden = [*secrets, *typed_secrets(call)]
    clean = Redactor(hidden, opened.profile.public_texts)
    told = replace(told, call=clean.text(_words_of(call)))
    try:
        sent = calls.send_for(opened, call, secrets=secrets)
    except Busy:
        raise
    except Refusal as refused:
        return MadeStep(bounded_step(replace(told, problem=problem_of(refused))))
    if sent.unobtained is not None and sent.unobtained.is_under_way and not sent.unobtained.subject:
        return None
    told = replace(told, note=practice.hidden_by_stored(opened, sent, then="run the collection again"))
    if step.follows and (begun := _begun(sent, told, hidden)) is not None:
        return MadeStep(begun.told, work=begun)
    told = replace(told, attempt_id=sent.attempt_id or "")
    made = or_not_compared(told, lambda: _answered(sent, lines, known, told, waits=step.follows))
    return replace(made, result=cleaned(bounded_step(made.result), clean))


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


def _begun(sent: SentCall, told: CollectionStepResult, hidden: Sequence[Secret]) -> BegunWork | None:
    """The long work that an answer began; None where it began none, or none that is worth waiting for."""
    response = sent.exchange.response if sent.exchange else None
    if sent.run is None or sent.run.is_done or response is None or sent.attempt_id is None:
        return None
    elapsed = sent.exchange.elapsed_ms if sent.exchange else 0
    begun = replace(
        told,
        outcome=StepOutcome.UNEXPECTED,
        attempt_id=sent.attempt_id,
        began_with=response.status,
        elapsed_ms=elapsed,
    )
    return BegunWork(bounded_step(begun), sent.attempt_id, tuple(one.reveal() for one in hidden))


def _answered(sent: SentCall, lines: LinesRead, values: Values, told: CollectionStepResult, *, waits: bool) -> MadeStep:
    if sent.problem is not None:
        problem = StepProblem(sent.problem.what, do=sent.problem.do, who=YOU)
        return MadeStep(replace(told, problem=problem))
    if sent.unobtained is not None:
        return MadeStep(_without_token(sent.unobtained, told))
    told = replace(told, elapsed_ms=sent.exchange.elapsed_ms if sent.exchange else 0)
    shown = sent.redacted
    failure = sent.exchange.failure if sent.exchange else None
    if sent.came is None or shown is None or failure is not None:
        problem = StepProblem(failure.detail if failure else "There was no answer.")
        return MadeStep(_explained(replace(told, outcome=StepOutcome.UNEXPECTED, problem=problem), sent.diagnosis))
    more = followed(shown) if waits else ()
    made = compared(sent.came, shown, lines, values, replace(told, status=shown.status), more=more)
    is_good = made.result.outcome is StepOutcome.AS_EXPECTED
    return made if is_good else replace(made, result=_explained(made.result, sent.diagnosis))


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


def _used(draft: RequestDraft, lines: LinesRead, values: Values, *, clean: Redactor) -> tuple[UsedValue, ...]:
    found = used_in(draft, lines.expectations, values)
    return tuple(one if one.value is None else replace(one, value=clean.text(one.value)) for one in found)


def _named(call: ApiCall) -> str:
    """The request as it is saved: until its values are put in, this is all there is to say of it."""
    return Redactor(typed_secrets(call)).text(_words_of(call))


def _words_of(call: ApiCall) -> str:
    return f"{call.method} {call.path or '/'}{f'?{call.query}' if call.query else ''}"
