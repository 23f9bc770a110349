"""Dates and spans by a format: written, and read exactly as ParseExact does.

The gateway's culture is taken to part dates with / and times with :, as the invariant one does. Formats whose order of
parts is the culture's, and its names of days and months, are not known.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from console.core.policy.csharp.casts import DAYS
from console.core.policy.csharp.conversions import wanted_text
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.values import DateValue, EnumMember, Span

# A run of one letter is one sign: ddd is the name of a day, not its number and again its number.
_TOKEN = re.compile(r"([A-Za-z])\1*+|'[^']{0,100}'|\"[^\"]{0,100}\"|\\.|.", re.DOTALL)
_STANDARD = {"s": "yyyy-MM-ddTHH:mm:ss", "u": "yyyy-MM-dd HH:mm:ssZ"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NAMED = frozenset({"MMMM", "MMM", "dddd", "ddd", "tt"})
_LONGEST = 100


def formatted(moment: DateValue, form: str, *, is_invariant: bool = False) -> str:
    """ToString(format); `is_invariant`: in the invariant culture, whose names of days and months are English."""
    if len(form) > _LONGEST:
        raise NotKnown("this format of a date")
    is_invariant = is_invariant or form in {"r", "R"}
    form = _standard(moment, form) if len(form) == 1 else form.removeprefix("%") if len(form) == 2 else form
    tokens = [token[0] for token in _TOKEN.finditer(form)]
    if not is_invariant and not _NAMED.isdisjoint(tokens):
        raise NotKnown("a name of a day or month in the gateway's culture")
    found = [_piece(moment, token) for token in tokens]
    if not found:
        raise NotKnown("this format of a date")
    return "".join(found)


def _standard(moment: DateValue, form: str) -> str:
    """The standard formats that depend on no culture."""
    if form in {"r", "R"}:
        return "ddd, dd MMM yyyy HH:mm:ss 'GMT'"
    if form in {"o", "O"} and (moment.is_offset or moment.is_utc or moment.is_plain):
        end = "'+00:00'" if moment.is_offset else "Z" if moment.is_utc else ""
        return f"yyyy-MM-ddTHH:mm:ss.fffffff{end}"
    return _STANDARD.get(form, "")


def _piece(moment: DateValue, token: str) -> str:
    at = moment.at
    made: dict[str, Callable[[], str]] = {
        "yyyy": lambda: f"{at.year:04}", "yy": lambda: f"{at.year % 100:02}", "MM": lambda: f"{at.month:02}",
        "M": lambda: str(at.month), "dd": lambda: f"{at.day:02}", "d": lambda: str(at.day),
        "HH": lambda: f"{at.hour:02}", "H": lambda: str(at.hour), "hh": lambda: f"{(at.hour + 11) % 12 + 1:02}",
        "h": lambda: str((at.hour + 11) % 12 + 1), "mm": lambda: f"{at.minute:02}", "m": lambda: str(at.minute),
        "ss": lambda: f"{at.second:02}", "s": lambda: str(at.second), "tt": lambda: "AM" if at.hour < 12 else "PM",
        "MMMM": lambda: _MONTHS[at.month - 1], "MMM": lambda: _MONTHS[at.month - 1][:3],
        "dddd": lambda: DAYS[at.isoweekday() % 7], "ddd": lambda: DAYS[at.isoweekday() % 7][:3],
    }  # fmt: skip
    if token in made:
        return made[token]()
    if token and set(token) == {"f"} and len(token) < 8:
        return f"{at.microsecond:06}0"[: len(token)]
    if token in {"K", "zzz"}:
        return _offset(moment, token)
    return _literal(token)


def _offset(moment: DateValue, token: str) -> str:
    if moment.is_offset or (moment.is_utc and token == "zzz"):
        return "+00:00"
    if token == "K" and (moment.is_utc or moment.is_plain):
        return "Z" if moment.is_utc else ""
    raise NotKnown("the kind of a date")


def _literal(token: str) -> str:
    if token[:1] in {"'", '"'} and len(token) > 1:
        return token[1:-1]
    if token.startswith("\\") and len(token) == 2:
        return token[1]
    if token in "-T., _Z()+|[]@" or token in {":", "/"}:
        return token
    raise NotKnown("this format of a date")


_READ = {
    "yyyy": (4, 4, "year"), "MM": (2, 2, "month"), "dd": (2, 2, "day"), "HH": (2, 2, "hour"), "mm": (2, 2, "minute"),
    "ss": (2, 2, "second"), "M": (1, 2, "month"), "d": (1, 2, "day"), "H": (1, 2, "hour"),
}  # fmt: skip
_FRACTION = "microsecond"


def parsed_exactly(args: list[Any]) -> DateValue:
    """DateTime.ParseExact(text, format, provider): numbers of the Gregorian calendar and what stands between them."""
    if len(args) < 3 or not (args[2] is None or isinstance(args[2], EnumMember)) or not isinstance(args[1], str):
        raise NotKnown("this form of ParseExact")
    styles = args[3].name if len(args) > 3 and isinstance(args[3], EnumMember) else "None"
    if len(args) > 4 or styles != "None":
        raise NotKnown("this form of ParseExact")
    text, form = wanted_text(args[0]), str(args[1])
    if not 1 < len(form) <= _LONGEST:
        raise NotKnown("this format of a date")
    return _read(text, form)


def _read(text: str, form: str) -> DateValue:
    numbers: dict[str, int] = {}
    at = 0
    for token in _TOKEN.finditer(form):
        least, most, name = _wanted(token[0])
        if not name:
            literal = _literal(token[0])
            at = at + len(literal) if at >= 0 and text.startswith(literal, at) else -1
            continue
        if name in numbers:
            raise NotKnown("this format of a date")
        digits = _digits(text, at, most)
        at = at + len(digits) if at >= 0 and len(digits) >= least else -1
        numbers[name] = int((digits or "0").ljust(6, "0") if name == _FRACTION else digits or "0")
    if not {"year", "month", "day"} <= set(numbers):
        raise NotKnown("this format of a date")
    if at != len(text):
        raise Thrown("FormatException")
    try:
        return DateValue(datetime(**numbers, tzinfo=UTC), is_plain=True)
    except ValueError:
        raise Thrown("FormatException") from None


def _wanted(token: str) -> tuple[int, int, str]:
    """How many digits a sign of a format stands for, at least and at most, and of what; of a literal nothing."""
    if set(token) == {"f"} and len(token) < 7:
        return len(token), len(token), _FRACTION
    return _READ.get(token, (0, 0, ""))


def _digits(text: str, at: int, most: int) -> str:
    end = at
    while at >= 0 and end < min(at + most, len(text)) and text[end] in "0123456789":
        end += 1
    return text[at:end] if at >= 0 else ""


def formatted_span(span: Span, form: str) -> str:
    """ToString(format) of a TimeSpan: its custom formats, whose marks are all escaped or quoted."""
    seconds = span.length.total_seconds()
    if seconds < 0 or not 1 < len(form) <= _LONGEST:
        raise NotKnown("this format of a TimeSpan")
    whole = int(seconds)
    parts = {"d": whole // 86_400, "h": whole // 3600 % 24, "m": whole // 60 % 60, "s": whole % 60}
    return "".join(_span_piece(span, parts, token[0]) for token in _TOKEN.finditer(form))


def _span_piece(span: Span, parts: dict[str, int], token: str) -> str:
    if token[0] in parts and len(token) <= (8 if token[0] == "d" else 2):
        return f"{parts[token[0]]:0{len(token)}}"
    if set(token) == {"f"} and len(token) < 8:
        return f"{span.length.microseconds:06}0"[: len(token)]
    if (token[0] in "'\"" and len(token) > 1) or (token[0] == "\\" and len(token) == 2):
        return token[1:-1] if token[0] in "'\"" else token[1]
    raise NotKnown("this format of a TimeSpan")
