"""Last good, first bad, what changed: one headline, then both sides of each part."""

from typing import Any

from django.urls import reverse

from console.core.attempts.turning import TurnPart
from console.core.tokens.diff import Sameness
from console.services import turning
from console.services.turning import TurnFound
from console.store.attempts import AttemptRecord
from console.web.present import words
from console.web.present.refusal_hours import mark_url

SIGNS = {
    Sameness.SAME: ("pass", "the same"),
    Sameness.OTHER: ("warning", "different"),
    Sameness.UNKNOWN: ("unknown", "unknown"),
}
SAME_DAY = 10  # characters of an exact time that are its day


def turning_view(found: TurnFound, now: int) -> dict[str, Any]:
    """What calls/since.html needs."""
    asked = found.asked
    view: dict[str, Any] = {
        "asked": side_view(asked, now),
        "is_failing": found.is_failing,
        "headline": _headline(found),
        "good": None,
        "bad": None,
    }
    if found.good is None or found.bad is None or found.turning is None:
        return view
    parts = [part_view(one, sees_policy=found.sees_policy) for one in found.turning.parts]
    return {
        **view,
        "good": side_view(found.good, now),
        "bad": side_view(found.bad, now),
        "failed": found.failed,
        "is_other": found.is_other,
        "different": [one for one in parts if one["status"] == "warning"],
        "same": [one["title"] for one in parts if one["status"] == "pass"],
        "unknown": [one for one in parts if one["status"] == "unknown"],
        "marks": [
            {
                "when": words.exact(one.at),
                "told": f"{one.told[:1].upper()}{one.told[1:]}",
                "detail": one.detail,
                "url": mark_url(one),
                "is_cause": one is found.cause,
            }
            for one in found.marks
        ],
        "folded": found.turning.token is not None and len(found.turning.token.changes) > len(found.turning.matters),
    }


def _headline(found: TurnFound) -> str:
    if not found.is_failing:
        return "This one was answered well"
    if found.bad is None or found.turning is None:
        return "Nothing like it was answered well before"
    since = f"Since {_clock(found.since, found)}: "
    if found.cause is not None:
        return f"{since}{found.cause.told}; {turning.about_token(found.turning)}"
    told = turning.first_difference(found.turning)
    if not told:
        return f"{since}refused, and nothing that was kept is different"
    rest = turning.about_token(found.turning)
    return f"{since}{told}" if rest == told else f"{since}{told}; {rest}"


def _clock(at: int, found: TurnFound) -> str:
    """The time of day; with the day where the good one was on another."""
    exact, good = words.exact(at), words.exact(found.good.created_at) if found.good else ""
    return exact[11:16] if exact[:SAME_DAY] == good[:SAME_DAY] else exact[:16]


def side_view(record: AttemptRecord, now: int) -> dict[str, Any]:
    """One of two attempts, as a panel shows it."""
    return {
        "id": record.id,
        "title": record.title,
        "url": reverse("call", args=[record.id]),
        "when": words.exact(record.created_at),
        "ago": words.roughly(max(0, now - record.created_at)),
        "status": str(record.status) if record.status else "no answer",
        "tone": words.status_tone(record.status),
        "cause": words.cause(record.primary_cause) if record.primary_cause else "",
    }


def part_view(one: TurnPart, *, sees_policy: bool) -> dict[str, Any]:
    """One thing an answer depends on, with both sides; the lines of a policy for who may see it."""
    status, word = SIGNS[one.sameness]
    is_hidden = one.code == "policy" and not sees_policy
    return {
        "title": one.title,
        "status": status,
        "word": word,
        "told": f"{one.told[:1].upper()}{one.told[1:]}." if one.told else "",
        "before": one.before,
        "after": one.after,
        "lines": [] if is_hidden else [{"sign": line[:1], "text": line[2:] or line} for line in one.lines],
        "note": "Its text is for who may see the API." if is_hidden and one.lines else one.note,
    }
