"""One heartbeat: a preflight as the profile's owner, what it says, and who is told when it turns."""

from dataclasses import dataclass

from django.conf import settings

from console.adapters import clock
from console.core.actor import SYSTEM, Actor
from console.core.audit.actions import Action
from console.core.errors import Busy, NotFound, Refusal
from console.core.heartbeat import FAILURES, HeartbeatState, Measured, after, has_turned, next_at
from console.core.preflight.result import PreflightResult
from console.core.tokens.times import utc
from console.services import budget, cases, connection_tokens, connections, mail, opening, preflight, tasks
from console.store import audit, heartbeats, people
from console.store.heartbeats import HeartbeatRecord

CLAIMED_S = 600
LIMIT_S = 240.0  # of one task; what is not done then goes on with the next
AGAIN_S = 60
LOST_S = 3_600  # a preflight that old and not done was lost on the way


@dataclass(frozen=True, slots=True)
class _Stopped(Exception):
    """Why it cannot go on."""

    why: str


def wake_due(now: int) -> int:
    """Enqueues each heartbeat that is due; gives how many."""
    return sum(tasks.wake(beat, profile_id) for profile_id in heartbeats.due(now=now))


@tasks.work
def beat(profile_id: str) -> None:
    """Makes the heartbeat of a profile if it is due, and tells people what they have not been told."""
    now = clock.now()
    record = heartbeats.claim(profile_id, now=now, until=now + CLAIMED_S)
    if record is not None:
        _measure(record)
    record = heartbeats.of_profile(profile_id)
    owner = people.with_account(record.owner_id) if record is not None else None
    if record is not None and owner is not None and not record.is_told:
        _tell(owner, record)


def _measure(record: HeartbeatRecord) -> None:
    try:
        owner = _owner(record)
        found = _preflight(owner, record)
    except _Stopped as stopped:
        _stop(record, stopped.why)
    except Busy as busy:
        heartbeats.put_off(record.profile_id, until=clock.now() + max(AGAIN_S, busy.wait_s), run_id=record.run_id)
    except Refusal as refused:
        _stop(record, " ".join(filter(None, (refused.what, refused.why, refused.do))))
    else:
        if found is not None:
            _note(record, found)


def _owner(record: HeartbeatRecord) -> Actor:
    owner = people.with_account(record.owner_id)
    if owner is None:
        raise _Stopped("The account of the profile’s owner is closed, and a heartbeat acts for its owner.")
    return owner


def _preflight(owner: Actor, record: HeartbeatRecord) -> PreflightResult | None:
    """What it found; None while it is not done. Raises Refusal when nothing can be begun."""
    if record.run_id is None:
        opened = opening.of_profile(owner, "use", record.profile_id)
        if opened.profile.api_id and opened.api is None and opened.written is None:
            raise _Stopped("The profile’s API is not open to its owner any more, so a heartbeat has nothing to call.")
        budget.must_have_spare(owner)
        needs_person = connection_tokens.needs_person(opened)
        connection = connections.first_usable(opened) if needs_person else None
        run = preflight.begin(owner, record.profile_id, connection_id=connection.id if connection else None)
        heartbeats.put_off(record.profile_id, until=clock.now() + CLAIMED_S, run_id=run.id)
        run_id = run.id
    else:
        run_id = record.run_id
    run = preflight.go_on(owner, run_id, until_s=clock.monotonic() + LIMIT_S)
    if run.is_done:
        return preflight.result(owner, run_id)
    is_lost = run.created_at < clock.now() - LOST_S
    heartbeats.put_off(record.profile_id, until=clock.now() + AGAIN_S, run_id=None if is_lost else run_id)
    return None


def _note(record: HeartbeatRecord, found: PreflightResult) -> None:
    failing, now = found.failing, clock.now()
    one = Measured(
        at=now,
        is_good=found.is_good,
        took_s=max(0, (found.ended_at or now) - found.began_at),
        stage=failing.code if failing else "",
        words=found.headline if failing else "",
        run_id=found.run_id,
    )
    standing = after(record.standing, one, every_s=record.every_s)
    due = next_at(standing, at=now, every_s=record.every_s)
    turned = has_turned(record.standing, standing)
    with audit.together():
        heartbeats.note(record.profile_id, one, standing, next_at=due, has_turned=turned)
        if turned:
            _audit(record, standing.state.value)


def _tell(owner: Actor, record: HeartbeatRecord) -> None:
    """A case is opened or closed and everybody who hears of it is written to, together or not at all."""
    is_down = record.standing.state is HeartbeatState.DOWN
    last = heartbeats.newest(record.profile_id, limit=1)
    words = last[0].words if last else ""
    with audit.together():
        case_id = _open_case(owner, record, last[0].run_id if last else None) if is_down else None
        if not is_down:
            _close_case(owner, record)
        if heartbeats.told(record.profile_id, case_id=case_id):
            for actor in _listeners(record):
                mail.write(actor.email, *_letter(record, words, case_id or (None if is_down else record.case_id)))


def _open_case(owner: Actor, record: HeartbeatRecord, run_id: str | None) -> str | None:
    """The case, made as the owner; None where there is nothing to show, or no case can be made now."""
    try:
        found = preflight.result(owner, run_id) if run_id else None
        if found is None or found.evidence is None:
            return None
        opened = opening.of_profile(owner, "view", record.profile_id)
        note = f"The heartbeat of {record.profile_name} turned red at {utc(record.standing.since)}. {found.headline}"
        case = cases.create_of(
            owner,
            found.evidence,
            title="",
            note=note,
            api_name=opened.written.name if opened.written else "",
            profile=opened.profile,
        )
    except Refusal:
        return None
    return case.id


def _close_case(owner: Actor, record: HeartbeatRecord) -> None:
    if record.case_id is None:
        return
    why = f"The heartbeat is green again since {utc(record.standing.since)}; the case was closed by it."
    try:
        cases.close(owner, record.case_id, why=why)
    except NotFound:  # it was withdrawn, or has expired
        return


def _listeners(record: HeartbeatRecord) -> list[Actor]:
    """By the rights that they have now."""
    found = [people.with_account(one) for one in heartbeats.listeners(record)]
    return [one for one in found if one is not None and heartbeats.may_view(one, record.profile_id)]


def _letter(record: HeartbeatRecord, words: str, case_id: str | None) -> tuple[str, ...]:
    """Subject and paragraphs. Without names in the subject: it is read on screens that others see."""
    page = f"How it stood, and whether you hear of it: {_address(f'/profiles/{record.profile_id}/heartbeat/')}"
    case = [f"The case: {_address(f'/cases/{case_id}/')}"] if case_id else []
    since = utc(record.standing.since)
    if record.standing.state is HeartbeatState.DOWN:
        what = f"The heartbeat of the profile {record.profile_name} is red since {since}: {FAILURES} in a row failed."
        return ("A heartbeat turned red", what, *([words] if words else []), *case, page)
    return (
        "A heartbeat is green again",
        f"The profile {record.profile_name} answers again since {since}.",
        *case,
        page,
    )


def _stop(record: HeartbeatRecord, why: str) -> None:
    with audit.together():
        if not heartbeats.stop(record.profile_id, why=why):
            return
        _audit(record, f"stopped: {why}")
        page = _address(f"/profiles/{record.profile_id}/heartbeat/")
        for actor in _listeners(record):
            what = f"The heartbeat of the profile {record.profile_name} has stopped. {why}"
            mail.write(actor.email, "A heartbeat has stopped", what, f"Switch it on again when that is mended: {page}")


def _audit(record: HeartbeatRecord, detail: str) -> None:
    audit.append(
        SYSTEM,
        Action.HEARTBEAT_TURNED,
        object_kind="profile",
        object_id=record.profile_id,
        result="done",
        now=clock.now(),
        detail=detail,
    )


def _address(path: str) -> str:
    return f"{settings.CONSOLE_PUBLIC_URL}{path}"
