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
    start, end, early = line.place(line.begin), line.place(line.end), line.place(line.begin - leeway_s)
    return {
        "label": line.text,
        "span_start": start,
        "span_width": max(2, end - start),
        "span_end": end,
        "early_start": early,
        "early_width": start - early,
        "leeway_width": line.place(line.end + leeway_s) - end,
        "now": line.place(now),
        "clocks": [line.place(mark.at) for mark in line.clocks],
        "captions": _captions(line, now),
        "rows": _rows(line, now),
        "note": " ".join(line.notes),
    }


def _captions(line: Timeline, now: int) -> list[dict[str, Any]]:
    """What stands on the line: from which claim to which, and now."""
    starts = ", ".join(mark.name for mark in line.claims if mark.at == line.begin and mark.name != "exp")
    start, end, here = line.place(line.begin), line.place(line.end), line.place(now)
    middle = (start + end) // 2
    anchor = _anchor(middle)
    at = {"start": start, "middle": middle, "end": end}[anchor]
    today = words.exact(now)[:10]
    life = f"{starts} {_short(line.begin, today)}, exp {_short(line.end, today)}"
    return [
        {"kind": "span", "at": at, "anchor": anchor, "text": life},
        {"kind": "now", "at": here, "anchor": _anchor(here), "text": f"now {_short(now, today)}"},
    ]


def _anchor(place: int) -> str:
    return "start" if place < 1000 // 3 else "end" if place > 2000 // 3 else "middle"


def _short(moment: int, today: str) -> str:
    """The minute of today, else the day."""
    text = words.exact(moment)
    day, minute = text[:10], text[11:16]
    return minute if minute and day == today else day


def _rows(line: Timeline, now: int) -> list[dict[str, Any]]:
    rows = [_row(mark.name, mark.at, words.relative(mark.at, now)) for mark in line.claims]
    rows += [_row(mark.name, mark.at, "by its own clock") for mark in line.clocks]
    if line.clocks or line.leeway_s:
        rows.append(_row("now", now, "by this console's clock"))
    if line.leeway_s:
        first, last = words.exact(line.begin - line.leeway_s), words.exact(line.end + line.leeway_s)
        rows.append(
            {
                "label": "leeway",
                "value": f"{words.span(line.leeway_s)} at both ends",
                "note": f"accepted from {first} to {last}",
            }
        )
    return rows


def _row(label: str, at: int, note: str) -> dict[str, Any]:
    return {"label": label, "value": words.exact(at), "note": note}
