"""What a person does about work that an API answered with 202, beside looking at it: send the token along, end it."""

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.errors import NotAllowed, NotFound
from console.core.runs.operation import monitor_of
from console.services import operations, runs
from console.store import attempts, audit
from console.store import runs as run_store
from console.store.runs import RunRecord


def look_with_token(actor: Actor, attempt_id: str) -> RunRecord:
    """One look at a monitor outside the Api, with its token; raises NotAllowed where the administrator allows none."""
    run = _run(actor, attempt_id)
    monitor = monitor_of(run.kept)
    if monitor is None or not operations.may_carry_token(monitor):
        raise NotAllowed(
            "The token is not sent to that address.",
            why="It lies outside the API’s own, and no administrator allowed its host.",
            do="Have the gateway rewrite the address, or the host allowed (CONSOLE_MONITOR_HOSTS).",
            who="The API’s owner or the console’s administrator can do this.",
        )
    return runs.look_by(actor, run, operations.look_with_token)


def cancel(actor: Actor, attempt_id: str) -> RunRecord:
    """Asks the far side to stop the work, which is followed on until it says that it has."""
    return runs.look_by(actor, _run(actor, attempt_id), operations.cancel, is_due=True)


def leave(actor: Actor, attempt_id: str) -> RunRecord:
    """Stops following; the work may go on."""
    run = _run(actor, attempt_id)
    left = runs.leave(actor, run.id)
    if left.is_done and not run.is_done:
        audit.append(
            actor,
            Action.RUN_LEFT,
            object_kind="attempt",
            object_id=attempt_id,
            result="done",
            now=clock.now(),
        )
    return left


def _run(actor: Actor, attempt_id: str) -> RunRecord:
    attempts.get(actor, attempt_id, "use")
    run = run_store.of_attempt(actor, attempt_id)
    if run is None:
        raise NotFound("There is nothing to follow.")
    return run
