"""Dates and spans: their members, and the formats that do not depend on a culture."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.values import Long, Moment, Span

_TOKEN = re.compile(r"yyyy|yy|MM|M|dd|d|HH|H|hh|mm|m|ss|s|f{1,7}|F{1,7}|K|zzz|'[^']*'|\"[^\"]*\"|\\.|[-T:/., _Z()+]|.")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?)?(?:Z|\+00:00)?")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def formatted(moment: Moment, form: str) -> str:
    """ToString(format) for numeric formats and quoted text."""
    if len(form) == 1:
        form = _STANDARD.get(form, "")
    found = [_piece(moment, token) for token in _TOKEN.findall(form)]
    if not found:
        raise NotKnown("this format of a date")
    return "".join(found)


_STANDARD = {"s": "yyyy-MM-ddTHH:mm:ss", "u": "yyyy-MM-dd HH:mm:ssZ"}


def _piece(moment: Moment, token: str) -> str:
    at = moment.at
    made: dict[str, Callable[[], str]] = {
        "yyyy": lambda: f"{at.year:04}", "yy": lambda: f"{at.year % 100:02}", "MM": lambda: f"{at.month:02}",
        "M": lambda: str(at.month), "dd": lambda: f"{at.day:02}", "d": lambda: str(at.day),
        "HH": lambda: f"{at.hour:02}", "H": lambda: str(at.hour), "hh": lambda: f"{(at.hour + 11) % 12 + 1:02}",
        "mm": lambda: f"{at.minute:02}", "m": lambda: str(at.minute), "ss": lambda: f"{at.second:02}",
        "s": lambda: str(at.second),
    }  # fmt: skip
    if token in made:
        return made[token]()
    if token and set(token) == {"f"}:
        return f"{at.microsecond:06}0"[: len(token)]
    if token[:1] in {"'", '"'} and len(token) > 1:
        return token[1:-1]
    if token.startswith("\\") and len(token) == 2:
        return token[1]
    if token in "-T., _Z()+":
        return token
    if token in {":", "/"}:  # the separators of the culture; the gateway's is taken to be the invariant one
        return token
    raise NotKnown("this format of a date")


def parsed(text: Any) -> Moment:
    if text is None:
        raise Thrown("ArgumentNullException")
    if not isinstance(text, str) or not _ISO.fullmatch(text):
        raise NotKnown("a date in this form")
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise Thrown("FormatException") from None
    return Moment(at if at.tzinfo else at.replace(tzinfo=UTC))


def member(value: Moment | Span, name: str) -> Any:
    if isinstance(value, Span):
        return _span_member(value, name)
    at = value.at
    parts = {
        "Year": at.year,
        "Month": at.month,
        "Day": at.day,
        "Hour": at.hour,
        "Minute": at.minute,
        "Second": at.second,
    }
    if name in parts:
        return parts[name]
    if name == "Millisecond":
        return at.microsecond // 1000
    if name == "Ticks":
        since = at - datetime(1, 1, 1, tzinfo=UTC)
        return Long((since.days * 86_400 + since.seconds) * 10_000_000 + since.microseconds * 10)
    if name == "Date":
        return Moment(at.replace(hour=0, minute=0, second=0, microsecond=0))
    if name in {"UtcDateTime", "DateTime"} and value.is_offset:
        return Moment(at)
    raise NotKnown(f"{name} of a date")


def _span_member(value: Span, name: str) -> Any:
    seconds = value.length.total_seconds()
    totals = {"TotalSeconds": 1, "TotalMinutes": 60, "TotalHours": 3_600, "TotalDays": 86_400}
    if name in totals:
        return seconds / totals[name]
    if name == "TotalMilliseconds":
        return seconds * 1_000
    whole = int(seconds)
    sign = -1 if whole < 0 else 1
    parts = {"Days": abs(whole) // 86_400, "Hours": abs(whole) // 3600 % 24, "Minutes": abs(whole) // 60 % 60}
    parts["Seconds"] = abs(whole) % 60
    if name in parts:
        return sign * parts[name]
    raise NotKnown(f"{name} of a TimeSpan")


_UNITS = {
    "AddDays": "days", "AddHours": "hours", "AddMinutes": "minutes", "AddSeconds": "seconds",
    "AddMilliseconds": "milliseconds",
}  # fmt: skip


def call(value: Moment | Span, name: str, args: list[Any]) -> Any:
    if isinstance(value, Moment):
        if name in _UNITS and isinstance(args[0], int | float):
            try:
                return Moment(value.at + timedelta(**{_UNITS[name]: args[0]}), value.is_offset)
            except OverflowError:
                raise Thrown("ArgumentOutOfRangeException") from None
        if name == "ToString" and args and isinstance(args[0], str):
            return formatted(value, args[0])
        if name in {"ToUniversalTime", "ToLocalTime"}:
            return value
        return _moment_call(value, name, args)
    raise NotKnown(f"{name} of a TimeSpan")


def _moment_call(value: Moment, name: str, args: list[Any]) -> Any:
    if name in {"Subtract", "Add"} and isinstance(args[0], Moment | Span):
        if isinstance(args[0], Moment):
            return Span(value.at - args[0].at)
        return Moment(value.at + args[0].length * (1 if name == "Add" else -1), value.is_offset)
    if name == "ToUnixTimeSeconds" and value.is_offset:
        return Long((value.at - EPOCH) // timedelta(seconds=1))
    if name == "ToUnixTimeMilliseconds" and value.is_offset:
        return Long((value.at - EPOCH) // timedelta(milliseconds=1))
    raise NotKnown(f"{name} of a date")


def from_unix(value: Any, *, unit: str) -> Moment:
    try:
        return Moment(EPOCH + timedelta(**{unit: int(value)}), is_offset=True)
    except OverflowError:
        raise Thrown("ArgumentOutOfRangeException") from None
