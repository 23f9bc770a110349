"""Attempts counted by the hour, as the database itself keeps count of them (models/attempt_hour.py)."""

import uuid
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from console.core.attempts.history import HOUR_S, NO_CAUSE, OF_MATRIX, HistoryFilter
from console.core.attempts.history import NO_ANSWER as WITHOUT_ANSWER
from console.models import AttemptHour, SandboxWorkspace
from console.models.attempt_hour import NO_ANSWER, NOTHING
from console.store.seen import SeenAttempts

MOST = 20_000  # rows of a picture
_REFUSALS = Q(status__gte=400, status__lt=500)
_TOKENS = Q(kind="token")
_IN_EARNEST = ~Q(kind=OF_MATRIX)
# As it is stored: there are few Apis and many counts, and to read an id in each row takes longer than to sum it.
_API = ExpressionWrapper(F("api_ref"), output_field=CharField())


class HourCount(NamedTuple):
    """What one bar of a picture is made of. `hour` counts hours since 1970, of a wider bar its first one.

    `cause` is "" for none, `api_id` None for no Api. `attempts` are those that are asked for, `shown` those of them
    that a picture shows: the refused ones, or all where a status is asked for; `tokens` of these asked for a token.
    `first_at` and `last_at` are of the shown ones, epoch seconds, None where there are none.
    """

    hour: int
    cause: str
    api_id: str | None
    attempts: int
    shown: int
    tokens: int
    first_at: int | None
    last_at: int | None


class _AsCounted:
    """A sum that both databases give as a whole number: Django would read it as one again, in each of many rows."""

    def get_db_converters(self, _connection: BaseDatabaseWrapper) -> list[Any]:
        return []


class _Sum(_AsCounted, Sum):
    pass


class _Min(_AsCounted, Min):
    pass


class _Max(_AsCounted, Max):
    pass


@dataclass(frozen=True, slots=True)
class RefusalCount:
    """How often one cause ("" for none) refused with one profile (None without one); `tokens` of these asked for a
    token, the first was at `first_at`, epoch seconds.
    """

    cause: str
    profile_id: str | None
    count: int
    tokens: int
    first_at: int


def refusals(seen: SeenAttempts, *, since: int) -> list[RefusalCount]:
    """The refused attempts that somebody may see, from a whole hour on: what the history counts for that time."""
    rows = AttemptHour.objects.filter(seen.counted(), _REFUSALS, _IN_EARNEST, hour__gte=since // HOUR_S)
    summed = rows.values_list("cause", "profile_ref").annotate(
        every=_Sum("attempts"), asked=_sum_of(_TOKENS), first=_Min("first_at")
    )
    return [RefusalCount(row[0], None if row[1] == NOTHING else str(row[1]), *row[2:]) for row in summed.order_by()]


def counts(seen: SeenAttempts, wanted: HistoryFilter, *, step_h: int, limit: int = MOST) -> list[HourCount]:
    """The attempts that somebody may see and wants, by bar of `step_h` hours, cause and Api, oldest first.

    A count has no text: `wanted.text` narrows nothing here. What a matrix made is in no sum that does not ask for it.
    """
    bar = F("hour") - F("hour") % step_h if step_h > 1 else F("hour")
    rows = _wanted(AttemptHour.objects.filter(seen.counted()), wanted)
    shown = None if wanted.status else _REFUSALS  # where a status is asked for, all are shown
    sums = {
        "every": _Sum("attempts"),
        **({"some": _sum_of(shown)} if shown else {}),
        "tokens": _sum_of(_TOKENS & shown if shown else _TOKENS),
        "first": _Min("first_at", filter=shown),
        "last": _Max("last_at", filter=shown),
    }
    summed = rows.annotate(bar=bar, api=_API).order_by("bar").values_list("bar", "cause", "api").annotate(**sums)
    ids: dict[str | uuid.UUID, str | None] = _Ids()
    if shown:
        return [HourCount(bar, cause, ids[api], *rest) for bar, cause, api, *rest in summed[:limit]]
    return [HourCount(bar, cause, ids[api], every, every, *rest) for bar, cause, api, every, *rest in summed[:limit]]


class _Ids(dict[str | uuid.UUID, str | None]):
    """The ids of Apis by what is stored: read once each, there are few of them and many counts."""

    def __missing__(self, api: str | uuid.UUID) -> str | None:
        self[api] = _id_of(api)
        return self[api]


def bounds(seen: SeenAttempts) -> tuple[int, int] | None:
    """When the first and the newest attempt were made that somebody may see, epoch seconds; None for none."""
    found = AttemptHour.objects.filter(seen.counted()).aggregate(first=Min("first_at"), last=Max("last_at"))
    return None if found["first"] is None else (found["first"], found["last"])


def profiles_refused(seen: SeenAttempts, wanted: HistoryFilter) -> set[str]:
    """With which profiles, by id, there were attempts that are wanted: the refused ones, where no status is."""
    rows = _wanted(AttemptHour.objects.filter(seen.counted()), wanted)
    found = rows if wanted.status else rows.filter(_REFUSALS)
    return {str(one) for one in found.order_by().values_list("profile_ref", flat=True).distinct() if one != NOTHING}


def people_of(seen: SeenAttempts, *, since: int | None) -> list[tuple[int, str]]:
    """Number and address of those whose attempts somebody may see, by address."""
    rows = AttemptHour.objects.filter(seen.counted())
    if since is not None:
        rows = rows.filter(hour__gte=since // HOUR_S)
    return list(rows.order_by("owner__email").values_list("owner_id", "owner__email").distinct())


def sandboxes_of(seen: SeenAttempts, *, since: int | None) -> list[tuple[int, str, str]]:
    """Number, address and the sandbox's segment of who sees these attempts, and of each who made one and has a sandbox.

    Asked of each sandbox: there are fewer of them than counts, and none where the console plays no sandbox.
    """
    rows = AttemptHour.objects.filter(seen.counted(), owner_id=OuterRef("owner_id"))
    if since is not None:
        rows = rows.filter(hour__gte=since // HOUR_S)
    found = SandboxWorkspace.objects.filter(Q(owner_id=seen.user_id) | Exists(rows))
    return list(found.order_by("owner__email").values_list("owner_id", "owner__email", "segment"))


def _id_of(api: str | uuid.UUID) -> str | None:
    """An Api's id as it is stored, which one of the databases keeps as a text; None for no Api."""
    found = uuid.UUID(api) if isinstance(api, str) else api
    return None if found == NOTHING else str(found)


def _sum_of(condition: Q) -> Sum:
    return _Sum(Case(When(condition, then=F("attempts")), default=Value(0), output_field=IntegerField()))


def _wanted(rows: "QuerySet[AttemptHour]", wanted: HistoryFilter) -> "QuerySet[AttemptHour]":
    parts: dict[str, Any] = {}
    if wanted.since is not None:
        parts["hour__gte"] = wanted.since // HOUR_S
    if wanted.until is not None:
        parts["hour__lt"] = wanted.until // HOUR_S
    if wanted.profile_id:
        parts["profile_ref"] = uuid.UUID(wanted.profile_id)
    if wanted.api_id:
        parts["api_ref"] = uuid.UUID(wanted.api_id)
    if wanted.cause:
        parts["cause"] = "" if wanted.cause == NO_CAUSE else wanted.cause
    if wanted.kind:
        parts["kind"] = wanted.kind
    else:
        rows = rows.filter(_IN_EARNEST)
    if wanted.person_id is not None:
        parts["owner_id"] = wanted.person_id
    if wanted.statuses is not None:
        parts["status__gte"], parts["status__lt"] = wanted.statuses
    elif wanted.status == WITHOUT_ANSWER:
        parts["status"] = NO_ANSWER
    return rows.filter(**parts)
