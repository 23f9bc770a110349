"""The heartbeat of a profile as people set it and see it; how one is made stands in `beats`."""

from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.errors import NotAllowed, NotFound
from console.core.heartbeat import PAUSES_S, SHOWN, HeartbeatState, Measured, MeasuredShare, shown_state
from console.core.held import Held
from console.core.profile import Profile
from console.services import beats, opening, preflight, tasks
from console.services.opening import OpenProfile
from console.store import audit, heartbeats, profiles
from console.store.heartbeats import HeartbeatRecord


@dataclass(frozen=True, slots=True)
class OpenHeartbeat:
    """`record` is None where it was never switched on. `measured` is newest first; `day` and `month` are the shares.

    `call` is what each heartbeat would send. `wants_mail`: whether the actor hears of it when it turns.
    """

    held: Held[Profile]
    record: HeartbeatRecord | None
    state: HeartbeatState
    measured: tuple[Measured, ...]
    day: MeasuredShare
    month: MeasuredShare
    call: str
    wants_mail: bool
    now: int


def of_profile(actor: Actor, profile_id: str) -> OpenHeartbeat:
    """Raises NotFound for who may not view the profile."""
    opened = opening.of_profile(actor, "view", profile_id)
    now, record = clock.now(), heartbeats.of_profile(profile_id)
    day, month = heartbeats.shares(profile_id, now=now)
    planned = preflight.planned_call(opened).call if opened.held.may("use") else None
    return OpenHeartbeat(
        held=opened.held,
        record=record,
        state=state_of(record, now),
        measured=tuple(heartbeats.newest(profile_id, limit=SHOWN)),
        day=day,
        month=month,
        call=f"{planned.method} {planned.path or '/'}" if planned else "",
        wants_mail=record is not None and heartbeats.wants(record, actor.user_id or 0),
        now=now,
    )


def of_opened(found: OpenProfile) -> HeartbeatRecord | None:
    """The heartbeat of a profile that is open; None where it was never switched on, or the profile is only lent."""
    return None if found.is_lent else heartbeats.of_profile(found.profile.id)


def state_of(record: HeartbeatRecord | None, now: int) -> HeartbeatState:
    """How it stands, unknown also where it is off, or nobody has looked for too long."""
    if record is None or not record.is_on:
        return HeartbeatState.UNKNOWN
    return shown_state(record.standing, every_s=record.every_s, now=now)


def switch(actor: Actor, profile_id: str, *, every_s: int) -> None:
    """Sets the pause, 0 for off. The first is due at once. Raises NotFound for who does not manage the profile, and
    NotAllowed for a pause that is not offered.
    """
    opened = opening.of_profile(actor, "manage", profile_id)
    if every_s and every_s not in PAUSES_S:
        raise NotAllowed("There is no such pause.", why="Only those that are offered can be set.", do="Choose one.")
    with audit.together():
        heartbeats.switch(profile_id, every_s=every_s, now=clock.now())
        told = f"every {every_s // 60} minutes" if every_s else "off"
        audit.append(
            actor,
            Action.HEARTBEAT_SET,
            object_kind="profile",
            object_id=opened.profile.id,
            result="done",
            now=clock.now(),
            detail=told,
        )
        if every_s:
            tasks.wake(beats.beat, profile_id)


def must_manage(opened: OpenHeartbeat) -> None:
    """Raises NotFound for who does not manage the profile."""
    if not opened.held.may("manage"):
        raise NotFound("There is no such profile.")


def hear(actor: Actor, profile_id: str, *, wants: bool) -> None:
    """Whether the actor gets a mail when it turns. Raises NotFound for who may not view the profile, or where it was
    never switched on.
    """
    profiles.get(actor, "view", profile_id)
    if actor.user_id is not None and heartbeats.of_profile(profile_id) is not None:
        heartbeats.hear(profile_id, actor.user_id, wants=wants)
