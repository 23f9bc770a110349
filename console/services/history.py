"""The history of calls and token requests: narrowed, a page at a time, with the picture of what was refused."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from console.adapters import clock
from console.core.actor import Actor
from console.core.attempts.history import HOUR_S, HistoryFilter, HistorySpan, starts
from console.services import refusal_hours
from console.services.refusal_hours import RefusalHours
from console.store import attempt_hours, history, seen
from console.store.attempt_hours import HourCount
from console.store.history import HistoryLine, HistoryPlace
from console.store.seen import SeenAttempts

PAGE_SIZE = 50
__all__ = ["HistoryPage", "HistoryPlace", "is_id", "read"]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Newest first. `span` is the one that is shown, `wanted` the filter with its time in it.

    `profiles` and `people` are what may be chosen: names by id, addresses by number. `older` is None on the last page.
    `newest_at` (epoch seconds) is only known where nothing is shown; None: nothing was ever tried.
    """

    lines: tuple[HistoryLine, ...]
    picture: RefusalHours
    wanted: HistoryFilter
    span: HistorySpan
    profiles: dict[str, str]
    people: dict[int, str]
    older: HistoryPlace | None
    newest_at: int | None = None

    @property
    def apis(self) -> dict[str, str]:
        return self.picture.apis


@dataclass(frozen=True, slots=True)
class HistoryTime:
    """A span, with the hours it covers filled into the filter. `newest_at` as in HistoryPage."""

    span: HistorySpan
    wanted: HistoryFilter
    newest_at: int | None = None


def is_id(text: str) -> bool:
    """Whether it can be the id of an attempt."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def read(
    actor: Actor,
    wanted: HistoryFilter,
    span: HistorySpan = HistorySpan.NARROWEST,
    *,
    before: HistoryPlace | None = None,
) -> HistoryPage:
    """The newest page, or the one of what is older than `before`."""
    now, own = clock.now(), seen.of(actor)
    time = _timed(own, wanted, span, now)
    picture = refusal_hours.of_seen(actor, own, time.wanted, now=now)
    if span is HistorySpan.NARROWEST and not picture.found and not wanted.narrows:
        time = _wider(own, wanted, now)
        picture = refusal_hours.of_seen(actor, own, time.wanted, now=now)
    found = history.lines(own, time.wanted, limit=PAGE_SIZE + 1, before=before, since=_reaches(picture, before, time))
    return HistoryPage(
        lines=tuple(found[:PAGE_SIZE]),
        picture=picture,
        wanted=time.wanted,
        span=time.span,
        profiles=dict(own.profiles),
        people=dict(attempt_hours.people_of(own, since=time.wanted.since)),
        older=found[PAGE_SIZE - 1].place if len(found) > PAGE_SIZE else None,
        newest_at=time.newest_at,
    )


def _timed(own: SeenAttempts, wanted: HistoryFilter, span: HistorySpan, now: int) -> HistoryTime:
    shown = HistorySpan.DAY if span is HistorySpan.NARROWEST else span
    if wanted.since is not None and shown is HistorySpan.OWN:
        return HistoryTime(shown, wanted)
    since = starts(shown, now)
    if since is not None:
        return HistoryTime(shown, replace(wanted, since=since, until=None))
    first = attempt_hours.bounds(own)
    until = wanted.until if shown is HistorySpan.OWN else None
    since = _whole_hour(first[0]) if first else starts(HistorySpan.DAY, now) or 0
    return HistoryTime(shown, replace(wanted, since=min(since, (until or since + 1) - 1), until=until))


def _wider(own: SeenAttempts, wanted: HistoryFilter, now: int) -> HistoryTime:
    """Nothing was tried in the last 24 hours: the last week, or else everything."""
    found = attempt_hours.bounds(own)
    if found is None:
        return _timed(own, wanted, HistorySpan.DAY, now)
    week = starts(HistorySpan.WEEK, now) or 0
    is_in_week = found[1] >= week
    since = week if is_in_week else _whole_hour(found[0])
    return HistoryTime(
        HistorySpan.WEEK if is_in_week else HistorySpan.ALL, replace(wanted, since=since, until=None), found[1]
    )


def _whole_hour(at: int) -> int:
    return at // HOUR_S * HOUR_S


def _reaches(picture: RefusalHours, before: HistoryPlace | None, time: HistoryTime) -> int | None:
    """How far back one page reaches, by the counts; None where they do not tell.

    So that no more is sorted than what is shown and one bar of the picture.
    """
    if not time.wanted.is_counted:
        return None
    left = PAGE_SIZE + 1
    for hour, count in _newest_first(picture.found, time.wanted):
        if before is not None and hour * HOUR_S + picture.step_h * HOUR_S > before.at:
            continue  # how many of this bar are older is not known
        left -= count
        if left <= 0:
            return hour * HOUR_S
    return None


def _newest_first(found: Iterable[HourCount], wanted: HistoryFilter) -> list[tuple[int, int]]:
    bars: dict[int, int] = {}
    for one in found:
        if refusal_hours.fits(one, wanted):
            bars[one.hour] = bars.get(one.hour, 0) + one.attempts
    return sorted(bars.items(), reverse=True)
