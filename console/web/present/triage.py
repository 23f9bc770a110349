"""A sorted export: its sum as a headline, each cause with its share, its course over time and one example."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from math import ceil
from typing import Any

from console.core.evidence import evidence_json
from console.core.json.text import json_text, shorten
from console.core.triage import RefusalGroup, Triage
from console.core.triage.tally import QUARTER_S
from console.services.triage import SortedExport
from console.web.present import words
from console.web.present.reference import cause_url

MOST_SHOWN = 50  # causes of one page; the command tells all
HEIGHT, STEP, GAP = 40, 10, 2  # of the picture, in its own units
_MOST_BARS = 48
_STEPS_S = (QUARTER_S, 3600, 6 * 3600, 24 * 3600, 7 * 24 * 3600)


def triage_view(found: SortedExport, *, file: str) -> dict[str, Any]:
    """What triage/result.html needs."""
    triage = found.triage
    causes = _by_cause(triage.groups)
    return {
        "file": file,
        "title": _title(found, len([cause for cause, _ in causes if cause])),
        "tone": "fail" if triage.refused else "unknown" if found.refusal or found.asks_columns else "pass",
        "sum": _sum(found),
        "refusal": found.refusal,
        "asks_columns": found.asks_columns,
        "has_headers": bool(found.headers),
        "causes": [_cause(groups, triage, file) for _, groups in causes[:MOST_SHOWN]],
        "left_out": max(0, len(causes) - MOST_SHOWN),
        "explained": _number(triage.refused - triage.unexplained),
        "unexplained": _number(triage.unexplained),
        "is_cut": triage.is_cut,
        "timeless": triage.timeless,
        "unread": [f"row {one.line}: {one.why}" for _, one in triage.unread],
        "unread_count": triage.unread_count,
        "columns": [(name.replace("_", " "), ", ".join(listed)) for name, listed in found.columns.items()],
        "ignored": len(set(found.headers) - {one for listed in found.columns.values() for one in listed}),
    }


def _number(count: int) -> str:
    """With its thousands apart; "" for none."""
    return f"{count:,}" if count else ""


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _title(found: SortedExport, causes: int) -> str:
    triage = found.triage
    if found.asks_columns and not triage.refused:
        return "Which column is which?"
    if not triage.refused:
        return f"No refusal in {_rows(triage.rows)}" if triage.rows else "No row could be read"
    calls = "refusal" if triage.refused == 1 else "refusals"
    told = {0: "none explained", 1: "one cause"}.get(causes, f"{causes} causes")
    return f"{triage.refused:,} {calls}, {told}"


def _sum(found: SortedExport) -> str:
    triage = found.triage
    parts = [f"{_rows(triage.rows)} of {found.format}" if found.format else ""]
    if triage.first is not None and triage.last is not None:
        parts.append(f"{words.exact(triage.first)} to {words.exact(triage.last)}")
    if triage.unread_count:
        parts.append(f"{triage.unread_count:,} could not be read")
    return " · ".join([*filter(None, parts), "nothing of it is kept"])


def _by_cause(groups: Iterable[RefusalGroup]) -> list[tuple[str, list[RefusalGroup]]]:
    """Largest cause first; what is not explained comes last."""
    together = [(cause, list(some)) for cause, some in groupby(sorted(groups, key=_slug), key=_slug)]
    return sorted(together, key=lambda pair: (not pair[0], -_count(pair[1])))


def _slug(group: RefusalGroup) -> str:
    return group.cause or ""


def _count(groups: list[RefusalGroup]) -> int:
    return sum(group.count for group in groups)


def _cause(groups: list[RefusalGroup], triage: Triage, file: str) -> dict[str, Any]:
    main = max(groups, key=lambda group: group.count)
    primary, count = main.diagnosis.primary, _count(groups)
    example = dict(main.example.fields)
    return {
        "slug": main.cause or "unexplained",
        "url": cause_url(main.cause or ""),
        "what": primary.what if primary else "Not explained",
        "do": primary.do if primary else "",
        "who": words.owner(primary.owner) if primary else "",
        "confidence": primary.confidence.value if primary else "",
        "missing": () if primary else main.diagnosis.missing,
        "count": f"{count:,}",
        "share": f"{_percent(count, triage.refused)} %",
        "statuses": [str(status) for status in sorted({group.status for group in groups if group.status})],
        "where": _where(groups),
        "callers": _callers(groups),
        "example": json_text(example),
        "line": f"{main.example.line:,}",
        "case": _case(main, groups, primary.what if primary else "Not explained", file),
        **_course(groups, triage),
    }


def _case(main: RefusalGroup, groups: list[RefusalGroup], what: str, file: str) -> dict[str, str]:
    """What a case of this cause begins with: the example as evidence, and how often and when in words."""
    firsts = [group.first for group in groups if group.first is not None]
    lasts = [group.last for group in groups if group.last is not None]
    when = f", {words.exact(min(firsts))} to {words.exact(max(lasts))}" if firsts else ""
    callers, where = _callers(groups), _where(groups)
    parts = [
        f"{_count(groups):,} refusals in {file}{when}.",
        f"{callers}." if callers else "",
        f"{where}." if where else "",
    ]
    return {
        "evidence": json_text(evidence_json(main.example.evidence)),
        "title": shorten(what, 200),
        "note": "\n".join([*filter(None, parts), f"The example is row {main.example.line:,}."]),
    }


def _percent(part: int, whole: int) -> str:
    share = 100 * part / whole if whole else 0
    return "under 1" if 0 < share < 1 else f"{share:.0f}"


def _where(groups: list[RefusalGroup]) -> str:
    """ "orders, GET /orders/{id} and 2 more": the API and operation most rows are of."""
    main = max(groups, key=lambda group: group.count)
    places = {(group.api, group.operation) for group in groups}
    first = ", ".join(filter(None, (main.api, main.operation)))
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    return f"{first}{more}" if first else ""


def _callers(groups: list[RefusalGroup]) -> str:
    callers: set[bytes] = set().union(*(group.callers for group in groups))
    if not callers:
        return ""
    most = "at least " if any(group.has_more_callers for group in groups) else ""
    return f"{most}{len(callers):,} caller{'' if len(callers) == 1 else 's'}"


def _course(groups: list[RefusalGroup], triage: Triage) -> dict[str, Any]:
    """The bars of a cause over the time of the whole export, each cause on its own scale, and the same as a table."""
    quarters: Counter[int] = Counter()
    for group in groups:
        quarters.update(group.quarters)
    firsts = [group.first for group in groups if group.first is not None]
    lasts = [group.last for group in groups if group.last is not None]
    if not quarters or triage.first is None or triage.last is None:
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
    table = [(words.exact(start + place * step), f"{count:,}") for place, count in sorted(counts.items())]
    return {
        "bars": bars,
        "width": (last + 1) * STEP,
        "height": HEIGHT,
        "table": table,
        "step": words.span(step),
        "when": f"{words.exact(min(firsts))} to {words.exact(max(lasts))}",
        "course": f"Course over time: at most {peak:,} within {words.span(step)}",
    }
