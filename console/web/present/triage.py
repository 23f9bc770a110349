"""A sorted export: its sum as a headline, the one thing worth doing, each cause with its share, course and example."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from console.core.evidence import evidence_text
from console.core.json.text import json_text, shorten
from console.core.reports.triage import to_json, to_lines
from console.core.triage import RefusalGroup, Triage
from console.services.triage import SortedExport
from console.web.present import words
from console.web.present.reference import cause_url
from console.web.present.triage_course import course_view, course_words, times_of

MOST_SHOWN = 50  # causes of one page, and groups of its summary; the command tells all
_MOST_TOLD = 12  # columns that were not used, by name


def triage_view(
    found: SortedExport, *, file: str, cases: Mapping[str, tuple[str, int]] | None = None
) -> dict[str, Any]:
    """What triage/result.html needs. `cases` are open ones (id and number) by their cause."""
    triage = found.triage
    causes = _by_cause(triage.groups)
    shown = [
        {**_cause(groups, triage, file), "same": (cases or {}).get(cause)} for cause, groups in causes[:MOST_SHOWN]
    ]
    return {
        "file": file,
        "title": _title(found, len([cause for cause, _ in causes if cause])),
        "tone": "unknown" if found.refusal or found.asks_columns else "pass",
        "sum": _sum(found),
        "refusal": found.refusal,
        "asks_columns": found.asks_columns,
        "has_headers": bool(found.headers),
        "first": _first(causes, shown, triage),
        "causes": shown,
        "left_out": max(0, len(causes) - MOST_SHOWN),
        "explained": _number(triage.refused - triage.unexplained),
        "unexplained": _number(triage.unexplained),
        "is_cut": triage.is_cut,
        "timeless": triage.timeless,
        "zoneless": _number(triage.zoneless),
        "unread": [f"row {one.line:,}: {one.why}" for _, one in triage.unread],
        "unread_title": _unread(triage),
        "columns": [
            (name.replace("_", " "), ", ".join(listed), _how(name, found)) for name, listed in found.columns.items()
        ],
        "is_recalled": bool(found.recalled),
        **_ignored(found),
        **_summary(triage),
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
    calls = "refused call" if triage.refused == 1 else "refused calls"
    told = {0: "none explained", 1: "one cause"}.get(causes, f"{causes} causes")
    return f"{triage.refused:,} {calls}, {told}"


def _sum(found: SortedExport) -> str:
    triage = found.triage
    parts = [f"{_rows(triage.rows)} of {found.format}" if found.format else ""]
    if triage.first is not None and triage.last is not None:
        parts.append(f"{words.exact(triage.first)} to {words.exact(triage.last)}")
    if triage.unread_count:
        parts.append(f"{triage.unread_count:,} could not be read")
    return " · ".join([*filter(None, parts), "nothing is kept unless you make a case"])


def _unread(triage: Triage) -> str:
    """ "12 rows could not be read: 11 no JSON, 1 another number of columns"; "" for none."""
    if not triage.unread_count:
        return ""
    why = ", ".join(f"{count:,} {why}" for why, count in triage.unread_by)
    return f"{_rows(triage.unread_count)} could not be read: {why}"


def _how(name: str, found: SortedExport) -> str:
    if name in found.recalled:
        return "as you said before"
    return "by what stands in it" if name in found.guessed else ""


def _ignored(found: SortedExport) -> dict[str, Any]:
    used = {one for listed in found.columns.values() for one in listed}
    ignored = [header for header in found.headers if header not in used]
    return {"ignored": len(ignored), "ignored_names": ", ".join(shorten(one, 60) for one in ignored[:_MOST_TOLD])}


def _summary(triage: Triage) -> dict[str, str]:
    """The whole as text and as JSON, to be taken along."""
    if not triage.refused:
        return {"as_text": "", "as_json": ""}
    some = replace(triage, groups=triage.groups[:MOST_SHOWN])
    return {"as_text": "\n".join(to_lines(some)), "as_json": json_text(to_json(some), indent=2)}


def _by_cause(groups: Iterable[RefusalGroup]) -> list[tuple[str, list[RefusalGroup]]]:
    """Largest cause first; what is not explained comes last."""
    together = [(cause, list(some)) for cause, some in groupby(sorted(groups, key=_slug), key=_slug)]
    return sorted(together, key=lambda pair: (not pair[0], -_count(pair[1])))


def _slug(group: RefusalGroup) -> str:
    return group.cause or ""


def _count(groups: list[RefusalGroup]) -> int:
    return sum(group.count for group in groups)


def _first(
    causes: list[tuple[str, list[RefusalGroup]]], shown: list[dict[str, Any]], triage: Triage
) -> dict[str, Any] | None:
    """The one thing worth doing: the largest cause, its share, since when, from whom. None where none is explained."""
    if not causes or not causes[0][0]:
        return None
    groups, view = causes[0][1], shown[0]
    count = _count(groups)
    share = "All of them" if count == triage.refused else f"{_percent(count, triage.refused)} %"
    return {**view, "headline": f"{share} have one cause", "told": f"{_told(groups, triage)}."}


def _told(groups: list[RefusalGroup], triage: Triage) -> str:
    count, callers, times = _count(groups), _callers(groups), times_of(groups)
    parts = [f"{count:,} of {triage.refused:,}", f"from {callers}" if callers else ""]
    if times is not None and course_words(groups, triage) in ("began later, goes on", "over"):
        parts.append(f"none before {words.exact(times[0])}")
    return ", ".join(filter(None, parts))


def _cause(groups: list[RefusalGroup], triage: Triage, file: str) -> dict[str, Any]:
    main = max(groups, key=lambda group: group.count)
    primary, count = main.diagnosis.primary, _count(groups)
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
        "example": json_text(dict(main.example.fields)),
        "line": f"{main.example.line:,}",
        "case": _case(main, groups, primary.what if primary else "Not explained", file),
        **course_view(groups, triage),
    }


def _case(main: RefusalGroup, groups: list[RefusalGroup], what: str, file: str) -> dict[str, str]:
    """What a case of this cause begins with: the example as evidence, and how often and when in words."""
    times = times_of(groups)
    when = f", {words.exact(times[0])} to {words.exact(times[1])}" if times is not None else ""
    callers, where = _callers(groups), _where(groups)
    parts = [
        f"{_count(groups):,} refusals in {file}{when}.",
        f"{callers}." if callers else "",
        f"{where}." if where else "",
    ]
    return {
        "evidence": evidence_text(main.example.evidence),
        "api": main.api[:200],
        "title": shorten(what, 200),
        "note": "\n".join([*filter(None, parts), f"The example is row {main.example.line:,}."]),
    }


def _percent(part: int, whole: int) -> str:
    share = 100 * part / whole if whole else 0
    if 0 < share < 1:
        return "under 1"
    return "over 99" if 99 < share < 100 else f"{share:.0f}"


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
