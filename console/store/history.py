"""Attempts as the history shows them: the newest that somebody may see and wants, page by page."""

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from console.core.attempts.history import NO_ANSWER, NO_CAUSE, HistoryFilter
from console.core.attempts.references import reference
from console.models import Attempt
from console.store import json_text
from console.store.seen import SeenAttempts

_COLUMNS = (
    *("id", "kind", "profile_id", "api_id", "title", "status", "primary_cause", "created_at"),
    *("owner_id", "owner__email", "pinned_at"),
)


@dataclass(frozen=True, slots=True)
class HistoryPlace:
    """Between which two lines of the history: beside the attempt of that moment (epoch seconds) and id."""

    at: int
    id: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One attempt, without what was kept of it. `title` of a call is "GET /orders"; `status` None without an answer.

    `cause` is "" for none, `owner` the address of who tried it; `pinned_at` None
    for what is deleted when it has had its time.
    """

    id: str
    kind: str
    profile_id: str | None
    api_id: str | None
    title: str
    status: int | None
    cause: str
    at: int
    owner_id: int
    owner: str
    pinned_at: int | None

    @property
    def place(self) -> HistoryPlace:
        return HistoryPlace(self.at, self.id)


def lines(
    seen: SeenAttempts,
    wanted: HistoryFilter,
    *,
    limit: int,
    before: HistoryPlace | None = None,
    since: int | None = None,
) -> list[HistoryLine]:
    """The newest first, older than `before`. `since` (epoch seconds): the caller knows that nothing older is wanted.

    Each way to see an attempt walks its own index and stops at `limit`; the rows are read for what is shown alone.
    """
    own = _wanted(Attempt.objects.filter(owner_id=seen.user_id), wanted, before, since)
    lent = _wanted(Attempt.objects.filter(profile_id__in=seen.profile_ids), wanted, before, since)
    mine, theirs = (
        Attempt.objects.filter(pk__in=_newest(one).values("pk")[:limit]).values("pk") for one in (own, lent)
    )
    # A union and no OR, for which PostgreSQL would read the whole table.
    return _lines(_newest(Attempt.objects.filter(pk__in=mine.union(theirs, all=True)))[:limit])


def _newest(rows: "QuerySet[Attempt]") -> "QuerySet[Attempt]":
    return rows.order_by("-created_at", "-id")


def _wanted(
    rows: "QuerySet[Attempt]", wanted: HistoryFilter, before: HistoryPlace | None, since: int | None
) -> "QuerySet[Attempt]":
    lowest = max((one for one in (wanted.since, since) if one is not None), default=None)
    if lowest is not None:
        rows = rows.filter(created_at__gte=lowest)
    if wanted.until is not None:
        rows = rows.filter(created_at__lt=wanted.until)
    if before is not None:
        older = Q(created_at__lt=before.at) | Q(created_at=before.at, id__lt=uuid.UUID(before.id))
        rows = rows.filter(older, created_at__lte=before.at)
    return rows.filter(_parts(wanted), **_columns(wanted))


def _columns(wanted: HistoryFilter) -> dict[str, object]:
    named = {
        "profile_id": uuid.UUID(wanted.profile_id) if wanted.profile_id else None,
        "api_id": uuid.UUID(wanted.api_id) if wanted.api_id else None,
        "owner_id": wanted.person_id,
        "kind": wanted.kind or None,
    }
    return {name: value for name, value in named.items() if value is not None}


def _parts(wanted: HistoryFilter) -> Q:
    found = Q()
    if wanted.cause:
        found &= Q(primary_cause="" if wanted.cause == NO_CAUSE else wanted.cause)
    if wanted.statuses is not None:
        lowest, above = wanted.statuses
        found &= Q(status__gte=lowest, status__lt=above)
    elif wanted.status == NO_ANSWER:
        found &= Q(status__isnull=True)
    if wanted.is_pinned:
        found &= Q(pinned_at__isnull=False)
    if wanted.text:
        found &= _says(wanted.text)
    return found


def _says(text: str) -> Q:
    """Part of what was called, in whatever case; or an id that the answer carried, whole."""
    called = Q(title__icontains=json_text.dump(text)[1:-1])
    known = reference(text)
    return called | Q(known_as=known) | Q(also_known_as=known) if known else called


def _lines(rows: "QuerySet[Attempt]") -> list[HistoryLine]:
    found = rows.values_list(*_COLUMNS)
    return [
        HistoryLine(
            str(row[0]),
            row[1],
            str(row[2]) if row[2] else None,
            str(row[3]) if row[3] else None,
            json_text.load(row[4], str),
            *row[5:],
        )
        for row in found
    ]
