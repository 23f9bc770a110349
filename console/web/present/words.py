"""Core values in the words of the pages."""

from typing import Any

from console.core.diagnosis import cause_title
from console.core.json.shown import cut
from console.core.json.text import json_text
from console.core.owner import Owner
from console.core.tokens.times import utc


def owner(value: Owner | None) -> str:
    """Who must act, as a sentence of its own; "" for nobody."""
    return f"{value.words[:1].upper()}{value.words[1:]}." if value else ""


def cause(slug: str) -> str:
    """A cause by its title; by its slug as words where the catalogue no longer knows it; "" is a cause not known."""
    return cause_title(slug) or slug.replace("-", " ") or "Cause not known"


def side(value: Any) -> str:
    """One side of a mismatch as text: lists as their values, other JSON as it is written; "" when absent."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return cut(json_text(list(value) if isinstance(value, tuple) else value))


def exact(epoch_s: float) -> str:
    """An exact UTC time, to the second; the number itself when no calendar holds it."""
    try:
        return utc(epoch_s)
    except (OverflowError, ValueError, OSError):
        return str(epoch_s)


def span(seconds: float) -> str:
    """A length of time in its two largest units: "2 h 5 min", "40 s"."""
    left = int(abs(seconds))
    words: list[str] = []
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        if left >= size or (unit == "s" and not words):
            words.append(f"{left // size} {unit}")
            left %= size
    return " ".join(words[:2])


def roughly(seconds: float) -> str:
    """A length of time in its largest unit, where the exact one would only be noise: "23 min"."""
    return " ".join(span(seconds).split()[:2])


def relative(epoch_s: float, now: float) -> str:
    """ "in 42 min" or "3 h ago"."""
    return f"in {span(epoch_s - now)}" if epoch_s > now else f"{span(now - epoch_s)} ago"


def size(count: int) -> str:
    if count < 1_000:
        return f"{count} B"
    return f"{count / 1_000:.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def milliseconds(microseconds: int) -> str:
    """A part of a call's time: with a digit behind the point where it is short."""
    return f"{microseconds / 1_000:.1f} ms" if microseconds < 10_000 else f"{microseconds / 1_000:.0f} ms"


def status_tone(status: int | None) -> str:
    """The tone of an HTTP status: pass for success, warning for redirects, fail for the rest."""
    if status is None:
        return "fail"
    return "pass" if status < 300 else "warning" if status < 400 else "fail"
