"""Heartbeats of profiles: the plan, how it stands, what was measured, who hears of it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from console.core.actor import SYSTEM, Actor
from console.core.heartbeat import DAY_S, HeartbeatState, Measured, MeasuredShare, Standing, begun
from console.models import HeartbeatListener, HeartbeatResult, Person, Profile, ProfileHeartbeat
from console.store import rows
from console.store.composed import Composed
from console.store.visibility import visible_to

MONTH_S = 30 * DAY_S


@dataclass(frozen=True, slots=True)
class HeartbeatRecord:
    """`every_s` is 0 while it is switched off. `stopped` says why it ended by itself, "" while it goes on.

    `case_id` is the case about its being down. `run_id` is a preflight under way. Times are epoch seconds.
    """

    profile_id: str
    profile_name: str
    owner_id: int
    every_s: int
    next_at: int
    standing: Standing
    stopped: str = ""
    case_id: str | None = None
    run_id: str | None = None
    is_told: bool = True

    @property
    def is_on(self) -> bool:
        return bool(self.every_s) and not self.stopped


def of_profile(profile_id: str) -> HeartbeatRecord | None:
    """None where it was never switched on. Callers have checked that the actor may view the profile."""
    row = _OF_PROFILE.first(SYSTEM, "view", uuid.UUID(profile_id))
    return _to_record(row) if row else None


_OF_PROFILE = Composed(lambda _actor, _right, profile: _rows().filter(pk=profile))


def of_profiles(profile_ids: Iterable[str]) -> dict[str, HeartbeatRecord]:
    """Those that are on or stopped by themselves, by profile; of profiles that the actor may view."""
    found = _rows().filter(pk__in=[uuid.UUID(one) for one in profile_ids], every_s__gt=0)
    return {str(row.pk): _to_record(row) for row in found}


def switch(profile_id: str, *, every_s: int, now: int) -> None:
    """On at that pause, the first of them due now; 0: off. What was measured stays. After the right to manage."""
    key, fresh = uuid.UUID(profile_id), begun(now)
    columns = {"every_s": every_s, "next_at": now, "stopped": "", "run": None}
    row, is_new = ProfileHeartbeat.objects.get_or_create(
        profile_id=key, defaults={**columns, "state": fresh.state, "since": fresh.since}
    )
    if not is_new:
        ProfileHeartbeat.objects.filter(pk=row.pk).update(**columns)


def due(*, now: int) -> list[str]:
    """The profiles whose heartbeat is due, or which turned and told nobody yet: of each owner a few, the longest due
    first.
    """
    waiting = Q(every_s__gt=0, stopped="", next_at__lte=now) | Q(is_told=False)
    return rows.in_turn(ProfileHeartbeat.objects.filter(waiting), of="profile__owner", by="next_at")


def claim(profile_id: str, *, now: int, until: int) -> HeartbeatRecord | None:
    """The heartbeat, which nobody else makes until then; None when it is not due, or another's at this moment."""
    mine = ProfileHeartbeat.objects.filter(pk=uuid.UUID(profile_id), every_s__gt=0, stopped="", next_at__lte=now)
    return of_profile(profile_id) if mine.update(next_at=until) else None


def put_off(profile_id: str, *, until: int, run_id: str | None) -> None:
    """To be made, or gone on with, then."""
    _one(profile_id).update(next_at=until, run_id=uuid.UUID(run_id) if run_id else None)


def stop(profile_id: str, *, why: str) -> bool:
    """It ends by itself; False when it had ended."""
    return bool(_one(profile_id).filter(stopped="").update(stopped=why, run=None))


def note(profile_id: str, one: Measured, standing: Standing, *, next_at: int, has_turned: bool) -> None:
    """What was measured, how it stands now, and whether people are to hear of it."""
    columns = {"state": standing.state, "since": standing.since, "failures": standing.failures, "run": None}
    columns |= {"last_at": standing.last_at, "next_at": next_at, **({"is_told": False} if has_turned else {})}
    with transaction.atomic():
        _one(profile_id).update(**columns)
        HeartbeatResult.objects.create(
            heartbeat_id=uuid.UUID(profile_id),
            at=one.at,
            is_good=one.is_good,
            took_s=one.took_s,
            stage=one.stage,
            words=one.words,
            run_id=uuid.UUID(one.run_id) if one.run_id else None,
        )


def told(profile_id: str, *, case_id: str | None) -> bool:
    """That people know, and of which case; False when somebody else told them already."""
    open_case = uuid.UUID(case_id) if case_id else None
    return bool(_one(profile_id).filter(is_told=False).update(is_told=True, opened_case_id=open_case))


def newest(profile_id: str, *, limit: int) -> list[Measured]:
    """What was measured last, newest first; of a profile that the actor may view."""
    found = HeartbeatResult.objects.filter(heartbeat_id=uuid.UUID(profile_id)).order_by("-at", "-pk")[:limit]
    return [
        Measured(row.at, row.is_good, row.took_s, row.stage, row.words, str(row.run_id) if row.run_id else None)
        for row in found
    ]


def shares(profile_id: str, *, now: int) -> tuple[MeasuredShare, MeasuredShare]:
    """Of the last day and of the last thirty."""
    within = HeartbeatResult.objects.filter(heartbeat_id=uuid.UUID(profile_id), at__gt=now - MONTH_S)
    day, good = Q(at__gt=now - DAY_S), Q(is_good=True)
    found = within.aggregate(
        day=Count("pk", filter=day),
        day_good=Count("pk", filter=day & good),
        all=Count("pk"),
        good=Count("pk", filter=good),
    )
    return MeasuredShare(found["day_good"], found["day"]), MeasuredShare(found["good"], found["all"])


def hear(profile_id: str, person_id: int, *, wants: bool) -> None:
    """Whether that person gets a mail when it turns. After the right to view the profile."""
    HeartbeatListener.objects.update_or_create(
        heartbeat_id=uuid.UUID(profile_id), person_id=person_id, defaults={"wants": wants}
    )


def wants(record: HeartbeatRecord, person_id: int) -> bool:
    """Whether that person gets a mail when it turns: the owner unless they said no, others when they said yes."""
    said = HeartbeatListener.objects.filter(heartbeat_id=uuid.UUID(record.profile_id), person_id=person_id)
    answer = said.values_list("wants", flat=True).first()
    return person_id == record.owner_id if answer is None else answer


def listeners(record: HeartbeatRecord) -> list[int]:
    """The ids of the open accounts that get a mail when it turns; whether they may still view it is for the caller."""
    said = dict(
        HeartbeatListener.objects.filter(heartbeat_id=uuid.UUID(record.profile_id)).values_list("person_id", "wants")
    )
    chosen = [person for person, answer in ({record.owner_id: True} | said).items() if answer]
    return list(Person.objects.filter(pk__in=chosen, is_active=True).order_by("pk").values_list("pk", flat=True))


def may_view(actor: Actor, profile_id: str) -> bool:
    """Whether the actor may still see the profile."""
    return visible_to(Profile, actor, "view").filter(pk=uuid.UUID(profile_id)).exists()


def prune(*, before: int, limit: int) -> int:
    """Deletes at most `limit` of what was measured before then; gives how many."""
    return rows.delete_some(HeartbeatResult.objects.filter(at__lt=before), limit)


def _rows() -> QuerySet[ProfileHeartbeat]:
    return ProfileHeartbeat.objects.select_related("profile")


def _one(profile_id: str) -> QuerySet[ProfileHeartbeat]:
    return ProfileHeartbeat.objects.filter(pk=uuid.UUID(profile_id))


def _to_record(row: ProfileHeartbeat) -> HeartbeatRecord:
    return HeartbeatRecord(
        profile_id=str(row.pk),
        profile_name=row.profile.name,
        owner_id=row.profile.owner_id,
        every_s=row.every_s,
        next_at=row.next_at,
        standing=Standing(HeartbeatState(row.state), row.since, row.failures, row.last_at),
        stopped=row.stopped,
        case_id=str(row.opened_case_id) if row.opened_case_id else None,
        run_id=str(row.run_id) if row.run_id else None,
        is_told=row.is_told,
    )
