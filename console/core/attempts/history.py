"""Which attempts of the history somebody wants to see, and over what time: whole hours in UTC."""

from dataclasses import dataclass
from enum import StrEnum

from console.core.whole_number import whole_number

HOUR_S = 3_600
DAY_H = 24
REFUSED = "refused"
NO_ANSWER = "none"
NO_CAUSE = "none"
# The kind of a call that an auth matrix made, as it is stored: most of those are meant to be refused.
OF_MATRIX = "test"
# What a person chooses: the lowest status, and the first above it.
CLASSES = {
    REFUSED: (400, 500),
    "2xx": (200, 300),
    "3xx": (300, 400),
    "4xx": (400, 500),
    "5xx": (500, 600),
}
GOOD = frozenset({"2xx", "3xx", "200", "202"})  # of what may be chosen, what went well
# Up to so many hours, hours of one bar.
_STEPS_H = ((48, 1), (14 * DAY_H, 6), (120 * DAY_H, DAY_H))


class HistorySpan(StrEnum):
    """How far back. `OWN` is a time that was typed, `NARROWEST` the first of the others in which there is something."""

    TODAY = "today"
    DAY = "24h"
    WEEK = "7d"
    ALL = "all"
    OWN = "own"
    NARROWEST = ""


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Empty parts let everything through.

    `status` is one of CLASSES, NO_ANSWER, or a number as text; `cause` a slug, or NO_CAUSE for what has none; `kind`
    token, call or OF_MATRIX; `person_id` who tried it. `since` (with it) and `until` (without it) are epoch seconds on
    whole hours, None without a border. `text` is part of what was called, or an id that the answer carried;
    `is_pinned`: only what is kept until somebody unpins it.
    """

    profile_id: str = ""
    api_id: str = ""
    cause: str = ""
    status: str = ""
    kind: str = ""
    person_id: int | None = None
    since: int | None = None
    until: int | None = None
    text: str = ""
    is_pinned: bool = False

    @property
    def statuses(self) -> tuple[int, int] | None:
        """The lowest wanted status, and the first above it; None where any will do, or where there is no answer."""
        if (status := whole_number(self.status, digits=3)) is not None:
            return status, status + 1
        return CLASSES.get(self.status)

    @property
    def is_counted(self) -> bool:
        """Whether the counts of each hour know what it asks for."""
        return not self.text and not self.is_pinned

    @property
    def narrows(self) -> bool:
        """Whether anything but the time is asked for."""
        return bool(
            self.profile_id
            or self.api_id
            or self.cause
            or self.status
            or self.kind
            or self.person_id
            or self.text
            or self.is_pinned
        )


def is_refused(status: int | None) -> bool:
    """Whether somebody answered, and said no: the statuses from 400 to 499."""
    return status is not None and 400 <= status < 500


def is_failing(status: int | None) -> bool:
    """Whether there was no answer, or one that is no success."""
    return status is None or status >= 400


def starts(span: HistorySpan, now: int) -> int | None:
    """When a span begins, on a whole hour: 24 hours are this one and the 23 before it; None for all time."""
    hour = now // HOUR_S
    if span is HistorySpan.TODAY:
        return hour // DAY_H * DAY_H * HOUR_S
    hours = {HistorySpan.DAY: DAY_H, HistorySpan.WEEK: 7 * DAY_H}.get(span)
    return None if hours is None else (hour + 1 - hours) * HOUR_S


def step_h(since: int, until: int) -> int:
    """How many hours one bar of the picture stands for, so that no picture has very many."""
    hours = max(1, -(-(until - since) // HOUR_S))
    return next((step for most, step in _STEPS_H if hours <= most), 7 * DAY_H)
