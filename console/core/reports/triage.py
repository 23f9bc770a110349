"""What came of an export of logs, written down: as JSON whose members are a public interface, and as plain text."""

from typing import Any

from console.core.json.text import visible
from console.core.triage import RefusalGroup, Triage
from console.core.triage.moments import iso_second


def to_json(triage: Triage) -> dict[str, Any]:
    """The members of the contract, exactly. Times are UTC to the second, null where no row has one."""
    return {
        "rows": triage.rows,
        "refused": triage.refused,
        "unread": triage.unread_count,
        "from": _time(triage.first),
        "to": _time(triage.last),
        "groups": [_group(group) for group in triage.groups],
    }


def to_lines(triage: Triage) -> list[str]:
    """For a terminal: one line that sums up, then a paragraph for each group."""
    when = f", {_time(triage.first)} to {_time(triage.last)}" if triage.first is not None else ""
    lines = [f"Refusals: {triage.refused:,} of {triage.rows:,} rows{when}."]
    if triage.unread_count:
        first = "; ".join(f"{visible(file)} row {unread.line}: {unread.why}" for file, unread in triage.unread[:3])
        lines.append(f"{triage.unread_count:,} rows could not be read: {unread_words(triage)}; {first}.")
    if triage.zoneless:
        lines.append(f"{triage.zoneless:,} times name no zone and were taken as UTC.")
    if triage.is_cut:
        lines.append("There were too many different rows to explain them all; export a shorter time to see the others.")
    for group in triage.groups:
        lines += ["", *_paragraph(group)]
    return lines


def unread_words(triage: Triage) -> str:
    """ "11 cut off, 1 no JSON": what could not be read, by reason; "" for nothing."""
    return ", ".join(f"{count:,} {why}" for why, count in triage.unread_by)


def _paragraph(group: RefusalGroup) -> list[str]:
    primary = group.diagnosis.primary
    where = " ".join(filter(None, (group.api, group.operation, str(group.status or ""))))
    said = f"{primary.cause} ({primary.confidence.value})" if primary else "not explained"
    callers = f", {_callers(group)} callers" if group.callers else ""
    when = f", {_time(group.first)} to {_time(group.last)}" if group.first is not None else ""
    lines = [f"{group.count:,} × {said}: {visible(where) or 'no place named'}{callers}{when}"]
    if primary:
        lines += [f"  {visible(primary.what)}", f"  Do: {visible(primary.do)}", f"  Who: {primary.owner.value}"]
    else:
        lines += [f"  It would settle it: {visible(one)}" for one in group.diagnosis.missing]
    return [*lines, f"  Example: {visible(group.example.file)} row {group.example.line}"]


def _callers(group: RefusalGroup) -> str:
    return f"{'at least ' if group.has_more_callers else ''}{len(group.callers):,}"


def _group(group: RefusalGroup) -> dict[str, Any]:
    primary = group.diagnosis.primary
    return {
        "cause": group.cause,
        "confidence": group.confidence.value if group.confidence else None,
        "owner": group.owner.value if group.owner else None,
        "count": group.count,
        "first": _time(group.first),
        "last": _time(group.last),
        "api": visible(group.api),
        "operation": visible(group.operation),
        "status": group.status,
        "callers": len(group.callers),
        "example": {"file": visible(group.example.file), "line": group.example.line},
        "what": visible(primary.what) if primary else "",
        "do": visible(primary.do) if primary else "",
    }


def _time(moment: float | None) -> str | None:
    return iso_second(moment) if moment is not None else None
