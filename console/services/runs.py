"""Long work: begins with an answer, goes on by one step at each look, whoever looks and whichever worker answers."""

from collections.abc import Callable, Mapping

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.exchange import Exchange
from console.core.runs import BY_CODE, device_code, operation
from console.core.runs.base import RunFacts
from console.services import budget, device_sign_ins, operations
from console.services.looks import Looked
from console.store import runs
from console.store.attempts import AttemptRecord
from console.store.json_text import size_of
from console.store.runs import RunRecord, StepRecord

LEASE_S = 60

# How a look of each kind is made: what it sends, and what came back. None: not now, the run stays as it is.
LOOKS: Mapping[str, Callable[[Actor, RunRecord], Looked | None]] = {
    operation.KIND.code: operations.look,
    device_code.KIND.code: device_sign_ins.look,
}
OF_CALLS = (operation.KIND,)  # kinds that the answer to a call may start


def begin(
    actor: Actor, attempt: AttemptRecord, facts: RunFacts, exchange: Exchange, *, connection_id: str | None = None
) -> RunRecord | None:
    """The run that an attempt's answer starts; None when it starts none. `exchange` is as it came, not redacted.

    `connection_id` is whose token the call carried, None for the profile's own.
    """
    for kind in OF_CALLS:
        progress = kind.begin(facts, exchange)
        if progress is not None:
            run = RunRecord(
                id=random.new_id(),
                kind=kind.code,
                attempt_id=attempt.id,
                profile_id=attempt.profile_id,
                state=progress.state,
                is_done=progress.is_done,
                not_before=progress.not_before,
                kept=progress.kept,
                connection_id=connection_id,
            )
            return runs.create(actor, run, now=facts.now)
    return None


def look(actor: Actor, run_id: str) -> RunRecord:
    """Advances a run by one step under a lease. It stays as it is when it is done, not due, or looked at by another."""
    run = runs.get(actor, run_id, "use").value
    now = clock.now()
    if run.is_done or run.not_before > now:
        return run
    holder = random.new_id()
    if not runs.acquire_lease(run.id, holder=holder, now=now, until=now + LEASE_S):
        return run  # another tab looks at this moment; what it finds is there at the next look
    try:
        with budget.calling(actor):
            return _advanced(actor, run, holder)
    finally:
        runs.release_lease(run.id, holder=holder)  # keeping the step gave it back; a refusal on the way did not


def _advanced(actor: Actor, run: RunRecord, holder: str) -> RunRecord:
    looked = LOOKS[run.kind](actor, run)
    if looked is None:
        return run
    progress = BY_CODE[run.kind].advance(looked.facts, run.kept, looked.came)
    budget.count_kept(actor, size_of(looked.shown))
    last = looked.shown[-1].response if looked.shown else None
    step = StepRecord(run.version + 1, last.status if last else None, looked.shown, looked.facts.now)
    return runs.take_step(actor, run, progress, step, holder=holder)
