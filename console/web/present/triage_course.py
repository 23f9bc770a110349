"""The course of a cause over the time of a whole export: bars on its own scale, the same as a table, and in a word."""

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import Any

from console.core.triage import RefusalGroup, Triage
from console.core.triage.tally import QUARTER_S
from console.web.present import words

HEIGHT, STEP, GAP = 40, 10, 2  # of the picture, in its own units
_MOST_BARS = 48
_STEPS_S = (QUARTER_S, 3600, 6 * 3600, 24 * 3600, 7 * 24 * 3600)
_NEAR_END = 0.05  # of the whole time: so near its end something still goes on
_FEWEST = 3  # refusals of which a course may be told


def times_of(groups: Sequence[RefusalGroup]) -> tuple[float, float] | None:
    """The first and the last moment of these groups, epoch seconds; None where no row has a time."""
    firsts = [group.first for group in groups if group.first is not None]
    lasts = [group.last for group in groups if group.last is not None]
    return (min(firsts), max(lasts)) if firsts and lasts else None


def course_words(groups: Sequence[RefusalGroup], triage: Triage) -> str:
    """ "all along", "began later and goes on", "over": where these lie in the time of the export; "" for too few."""
    times = times_of(groups)
    if times is None or triage.first is None or triage.last is None or sum(one.count for one in groups) < _FEWEST:
        return ""
    near = (triage.last - triage.first) * _NEAR_END
    if not near:
        return ""
    is_from_start, goes_on = times[0] - triage.first <= near, triage.last - times[1] <= near
    if goes_on:
        return "all along" if is_from_start else "began later, goes on"
    return "over" if not is_from_start else "at the beginning only"


def course_view(groups: Sequence[RefusalGroup], triage: Triage) -> dict[str, Any]:
    """What the picture and its table need; no bars where no row has a time."""
    quarters: Counter[int] = Counter()
    for group in groups:
        quarters.update(group.quarters)
    times = times_of(groups)
    if not quarters or times is None or triage.first is None or triage.last is None:
        return {"bars": (), "table": (), "when": "", "course": "", "width": 0}
    span = triage.last - triage.first
    weeks = ceil(span / _MOST_BARS / _STEPS_S[-1]) * _STEPS_S[-1]
    step = next((one for one in _STEPS_S if span / one <= _MOST_BARS), weeks)
    start = int(triage.first // step) * step
    counts: Counter[int] = Counter()
    for quarter, count in quarters.items():
        counts[(quarter - start) // step] += count
    last = int(triage.last // step - start // step)
    peak = max(counts.values())
    bars = [
        {"x": place * STEP, "y": round(HEIGHT - high, 1), "width": STEP - GAP, "height": round(high, 1)}
        for place, count in sorted(counts.items())
        if (high := max(1.0, HEIGHT * count / peak)) and 0 <= place <= last
    ]
    told = course_words(groups, triage)
    return {
        "bars": bars,
        "width": (last + 1) * STEP,
        "height": HEIGHT,
        "table": [(words.exact(start + place * step), f"{count:,}") for place, count in sorted(counts.items())],
        "step": words.span(step),
        "when": f"{words.exact(times[0])} to {words.exact(times[1])}",
        "told": told,
        "course": f"Course over time: {told + ', ' if told else ''}at most {peak:,} within {words.span(step)}",
    }
