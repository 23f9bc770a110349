"""Long work: begins with an answer, goes on by one step at each look, whoever looks and whichever worker answers."""

from collections.abc import Callable, Mapping

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.errors import NotFound
from console.core.exchange import Exchange
from console.core.redaction.redact import Redactor
from console.core.runs import BY_CODE, device_code, operation
from console.core.runs.base import Progress, RunFacts
from console.services import budget, device_sign_ins, operations, wiring
from console.services.looks import Looked
from console.services.opening import OpenProfile
from console.store import runs
from console.store.attempts import AttemptRecord
from console.store.json_text import size_of
from console.store.runs import RunRecord, StepRecord

LEASE_S = 40  # beside a call: what a look takes for a token first, and for keeping what came

# How a look is made: what it sends, and what came back. None: not now, the run stays as it is.
Look = Callable[[Actor, RunRecord], Looked | None]
LOOKS: Mapping[str, Look] = {
    operation.KIND.code: operations.look,
    device_code.KIND.code: device_sign_ins.look,
}
LEFT_ALONE = "Not followed any more"
OF_CALLS = (operation.KIND,)  # kinds that the answer to a call may start


def begin(
    actor: Actor,
    attempt: AttemptRecord,
    facts: RunFacts,
    exchange: Exchange,
    *,
    clean: Redactor,
    connection_id: str | None = None,
) -> RunRecord | None:
    """The run that an attempt's answer starts; None when it starts none.

    `exchange` is as it came, not redacted: `clean` knows what is secret in it.
    `connection_id` is whose token the call carried, None for the profile's own.
    """
    for kind in OF_CALLS:
        came = kind.begin(facts, exchange)
        if came is not None:
            progress = operation.without_secrets(came, (clean,))
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


def of_profile(opened: OpenProfile, kind: str, progress: Progress) -> RunRecord:
    """A run about an open profile, which nobody has kept yet; `progress` is where it begins."""
    return RunRecord(
        id=random.ordered_id(clock.now_us()),
        kind=kind,
        attempt_id=None,
        profile_id=opened.profile.id,
        state=progress.state,
        is_done=False,
        not_before=progress.not_before,
        kept=progress.kept,
        connection_id=opened.connection_id,
    )


def look(actor: Actor, run_id: str) -> RunRecord:
    """Advances a run by one step under a lease. It stays as it is when it is done, not due, or looked at by another."""
    run = runs.get(actor, run_id, "use").value
    if run.kind not in LOOKS:
        raise NotFound("There is no such run to look at here.")
    return look_by(actor, run, LOOKS[run.kind])


def leave(actor: Actor, run_id: str) -> RunRecord:
    """Ends a run without asking anybody: what it is about may go on at the far side, and is not followed any more."""
    run = runs.get(actor, run_id, "use").value
    return look_by(actor, run, lambda *_: Looked(None, (), RunFacts(clock.now())), units=0, is_due=True)


def look_by(actor: Actor, run: RunRecord, looks: Look, *, units: int = 1, is_due: bool = False) -> RunRecord:
    """As `look`, for a run that the actor may use, by somebody who says how; `units` of the person's work budget.

    `is_due`: whatever it was told to wait for.
    """
    now = clock.now()
    if run.is_done or (run.not_before > now and not is_due):
        return run
    holder = random.new_id()
    if not runs.acquire_lease(run.id, holder=holder, now=now, until=now + LEASE_S + wiring.longest_call_s()):
        return run  # another tab looks at this moment; what it finds is there at the next look
    try:
        fresh = runs.get(actor, run.id, "use").value
        if fresh.version != run.version:
            return fresh  # another looked between the reading and the lease
        with budget.calling(actor, units=units):
            return _advanced(actor, fresh, looks, holder)
    finally:
        runs.release_lease(run.id, holder=holder)  # keeping the step gave it back; a refusal on the way did not


def _advanced(actor: Actor, run: RunRecord, looks: Look, holder: str) -> RunRecord:
    looked = looks(actor, run)
    if looked is None:
        return run
    kind = BY_CODE[run.kind]
    if looked.came is None:
        progress = Progress(LEFT_ALONE, is_done=True, not_before=looked.facts.now)
    else:
        progress = kind.advance(looked.facts, run.kept, looked.came)
        if looked.hiding:
            progress = operation.without_secrets(progress, looked.hiding)
    budget.count_kept(actor, size_of(looked.shown) + len(looked.told))
    last = looked.shown[-1].response if looked.shown else None
    step = StepRecord(run.version + 1, last.status if last else None, looked.shown, looked.facts.now, looked.told)
    return runs.take_step(actor, run, progress, step, holder=holder)
