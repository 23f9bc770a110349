"""A token's lifetime as a line and as words."""

from typing import Any

from console.core.tokens.timeline import Clock, Timeline, timeline
from console.core.tokens.token import Token
from console.web.present import words


def lifetime_view(
    token: Token, now: int, *, leeway_s: int = 0, clocks: tuple[Clock, ...] = ()
) -> dict[str, Any] | None:
    """What lifetime.html needs; None when the token names no usable moments."""
    line = timeline(token, now, leeway_s=leeway_s, clocks=clocks)
    if line is None:
        return None
    start, end = line.place(line.begin), line.place(line.end)
    return {
        "label": line.text,
        "span_start": start,
        "span_width": max(2, end - start),
        "span_end": end,
        "leeway_width": line.place(line.end + leeway_s) - end,
        "now": line.place(now),
        "rows": _rows(line, now),
        "note": " ".join(line.notes),
    }


def _rows(line: Timeline, now: int) -> list[dict[str, Any]]:
    marks = (*line.claims, *line.clocks)
    return [{"label": mark.name, "value": words.exact(mark.at), "note": words.relative(mark.at, now)} for mark in marks]
