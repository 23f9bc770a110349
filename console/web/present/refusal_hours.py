"""Refusals per hour as a picture: one line per cause on one scale, marks for what changed, and the same as a table."""

from collections.abc import Callable, Collection, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from console.core.attempts.history import HOUR_S, NO_CAUSE
from console.core.audit.changes import Changed
from console.services.marks import ChangeMark
from console.services.refusal_hours import CauseCourse, RefusalHours
from console.web.present import words

HEIGHT, STEP, GAP, LOWEST = 40, 10, 2, 3  # of the picture, in its own units
FEW = 6  # bars whose numbers are said one by one
MOST_MARKS = 12
SHOWN_MARKS = 3  # the newest; the others are folded
DAY_H = 24
_PAGES = {
    Changed.POLICY: "api-policy",
    Changed.API: "api",
    Changed.CREDENTIAL: "profile",
    Changed.SUBSCRIPTION_KEY: "profile",
    Changed.PROFILE: "profile",
}


def hours_view(found: RefusalHours, link: Callable[..., str]) -> dict[str, Any]:
    """What components/refusal_hours.html needs. `link` makes the history's address with these parts of a filter."""
    peak = max((max(one.bars) for one in found.courses), default=1) or 1
    width = _bar_count(found) * STEP
    told = [_mark(one, found) for one in reversed(found.marks[-MOST_MARKS:])]
    rules = [round(_place(mark.at, found) * STEP, 1) for mark in found.marks]
    return {
        "courses": [_course(one, found, peak, link) for one in found.courses],
        "rules": sorted(set(rules)),
        "width": width,
        "height": HEIGHT,
        "step": _step(found),
        "when": _when(found),
        "axis": _axis(found),
        "marks": told[:SHOWN_MARKS],
        "older_marks": told[SHOWN_MARKS:],
        "more_marks": max(0, len(found.marks) - MOST_MARKS),
        "heads": [_title(one) for one in found.courses],
        "table": _table(found, link),
    }


def _when(found: RefusalHours) -> str:
    """From when to when; with the day where "04:00 to 03:22" would read as one that runs backwards."""
    since, until = found.since, min(found.until, found.now)
    is_one_day = words.exact(since)[:10] == words.exact(until)[:10]
    return f"{_clock(since, found) if is_one_day else words.exact(since)[:16]} to {_clock(until, found)}"


def queue_link(causes: Collection[str]) -> Callable[..., str]:
    """Makes the address of a cause's cases in the queue, of those that have one there.

    It is "" for any other, and for a time of day, because a case is older than the calls it stands for.
    """

    def link(**parts: str) -> str:
        cause = parts.get("cause", NO_CAUSE)
        return f"{reverse('cases')}?{urlencode({'cause': cause})}" if cause in causes else ""

    return link


def _step(found: RefusalHours) -> str:
    named = {1: "hour", DAY_H: "day", 7 * DAY_H: "week"}
    return named.get(found.step_h, words.span(found.step_h * HOUR_S))


def _bar_count(found: RefusalHours) -> int:
    return max(1, -(-(found.until - found.since) // (found.step_h * HOUR_S)))


def _place(at: float, found: RefusalHours) -> float:
    """Where a moment lies, in bars."""
    return (at - found.since) / (found.step_h * HOUR_S)


def _course(one: CauseCourse, found: RefusalHours, peak: int, link: Callable[..., str]) -> dict[str, Any]:
    is_many = one.causes > 1
    return {
        "title": _title(one),
        "url": "" if is_many else link(cause=one.cause or NO_CAUSE),
        "name": _told(one, found),
        "count": f"{one.count:,}",
        "where": _where(one),
        "bars": [_bar(place, count, peak) for place, count in enumerate(one.bars) if count],
    }


def _bar(place: int, count: int, peak: int) -> dict[str, Any]:
    high = round(max(LOWEST, HEIGHT * count / peak), 1)
    return {"x": place * STEP + 1, "y": round(HEIGHT - high, 1), "width": STEP - GAP, "height": high}


def _title(one: CauseCourse) -> str:
    if one.causes > 1:
        return f"{one.causes} other causes"
    return words.cause(one.cause) if one.cause or one.is_refused else "Nothing to explain"


def _where(one: CauseCourse) -> str:
    """The one API, or how many there are."""
    if len(one.apis) == 1 and not one.other_apis:
        return one.apis[0]
    count = len(one.apis) + one.other_apis
    return f"{count} API{'' if count == 1 else 's'}" if count else ""


def _told(one: CauseCourse, found: RefusalHours) -> str:
    """The name of the picture for who does not see it: when it began, and how many each hour, or the range."""
    first = next(place for place, count in enumerate(one.bars) if count)
    per = f"{_title(one)} per {_step(found)}: "
    since = one.bars[first:]
    if len(since) <= FEW:
        begun = f"none until {_bar_time(first, found)}, then " if first else ""
        return f"{per}{begun}{_listed([f'{count:,}' for count in since])}{_so_far(found)}"
    most = max(range(len(one.bars)), key=lambda place: one.bars[place])
    return f"{per}between {min(one.bars):,} and {one.bars[most]:,}, most at {_bar_time(most, found)}"


def _so_far(found: RefusalHours) -> str:
    return " so far" if found.until > found.now else ""


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _bar_time(place: int, found: RefusalHours) -> str:
    return _clock(found.since + place * found.step_h * HOUR_S, found)


def _clock(at: int, found: RefusalHours) -> str:
    """The time of day; with the day where the picture is longer than one."""
    exact = words.exact(at)
    return exact[11:16] if found.until - found.since <= DAY_H * HOUR_S else exact[:16]


def _axis(found: RefusalHours) -> list[dict[str, Any]]:
    """Where the picture begins, its middle, and the newest change, where that has room."""
    bars = _bar_count(found)
    first = words.exact(found.since)[:16]
    texts = [{"x": 0, "anchor": "start", "text": first, "class": ""}]
    texts.append({"x": 50, "anchor": "middle", "text": _bar_time(bars // 2, found), "class": "wide-only"})
    if found.marks:
        newest = found.marks[-1]
        x = round(100 * _place(newest.at, found) / bars, 1)
        if x > 66:
            told = f"{_clock(newest.at, found)} {newest.short}"
            texts.append({"x": x, "anchor": "end", "text": told, "class": "strong"})
    return texts


def mark_url(one: ChangeMark) -> str:
    """The page of what was changed; "" for somebody else's sandbox."""
    if one.changed is Changed.SANDBOX:
        return reverse("sandbox") if one.object_id else ""
    return reverse(_PAGES[one.changed], args=[one.object_id])


def _mark(one: ChangeMark, found: RefusalHours) -> dict[str, str]:
    told = f"{one.told[:1].upper()}{one.told[1:]}"
    return {"when": _clock(one.at, found), "told": told, "detail": one.detail, "url": mark_url(one)}


def _table(found: RefusalHours, link: Callable[..., str]) -> list[dict[str, Any]]:
    """A row for each bar in which something was refused; its time leads to its calls."""
    step = found.step_h * HOUR_S
    rows = []
    for place in range(_bar_count(found)):
        if any(one.bars[place] for one in found.courses):
            since = found.since + place * step
            between = {"since": _typed(since), "until": _typed(since + step), "span": ""}
            cells = [{"head": _title(one), "count": f"{one.bars[place]:,}"} for one in found.courses]
            rows.append({"when": _bar_time(place, found), "url": link(**between), "cells": cells})
    return rows


def _typed(at: int) -> str:
    return f"{words.exact(at)[:10]}T{words.exact(at)[11:16]}"
