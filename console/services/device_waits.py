"""A sign-in on another device, waited for as a run: what the person is shown, and how long."""

from dataclasses import dataclass

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.authorization import PersonAuthorization
from console.core.grants.base import Wait
from console.core.runs import device_code
from console.core.runs.base import RunFacts
from console.core.runs.device_code import ShownCode
from console.store import runs
from console.store.runs import RunRecord


@dataclass(frozen=True, slots=True)
class DeviceWait:
    """`code` is None once the run is done. `not_before` (epoch seconds) is when may be asked again."""

    run_id: str
    code: ShownCode | None
    state: str
    looks: int
    not_before: int


def wait(actor: Actor, authorization: PersonAuthorization, move: Wait) -> None:
    """Begins the run that waits for a sign-in."""
    now = clock.now()
    progress = device_code.KIND.begin(RunFacts(now), move)
    if progress is not None:
        run = RunRecord(
            id=random.new_id(),
            kind=device_code.KIND.code,
            attempt_id=None,
            profile_id=None,
            state=progress.state,
            is_done=progress.is_done,
            not_before=progress.not_before,
            kept=progress.kept,
            connection_id=authorization.connection_id,
            authorization_id=authorization.id,
        )
        runs.create(actor, run, now=now)


def shown(actor: Actor, authorization: PersonAuthorization) -> DeviceWait | None:
    """What the sign-in waits for; None when it is none on another device."""
    run = runs.of_authorization(actor, authorization.id)
    if run is None:
        return None
    return DeviceWait(run.id, device_code.shown_code(run.kept), run.state, run.version, run.not_before)
