"""Dates and spans: their members, and the formats that do not depend on a culture."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from console.core.policy.csharp.casts import DAYS
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.values import DateValue, EnumMember, Long, Span

# A run of one letter is one sign: ddd is the name of a day, not its number and again its number.
_TOKEN = re.compile(r"([A-Za-z])\1*+|'[^']{0,100}'|\"[^\"]{0,100}\"|\\.|.", re.DOTALL)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?)?(?:Z|\+00:00)?")
_SPAN = re.compile(r"(?:(\d{1,6})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def formatted(moment: DateValue, form: str) -> str:
    """ToString(format) for numeric formats and quoted text."""
    if len(form) == 1:
        form = _standard(moment, form)
    found = [_piece(moment, token[0]) for token in _TOKEN.finditer(form)]
    if not found:
        raise NotKnown("this format of a date")
    return "".join(found)


_STANDARD = {"s": "yyyy-MM-ddTHH:mm:ss", "u": "yyyy-MM-dd HH:mm:ssZ"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _standard(moment: DateValue, form: str) -> str:
    """The standard formats that depend on no culture."""
    if form in {"r", "R"}:
        day, month = DAYS[moment.at.isoweekday() % 7][:3], _MONTHS[moment.at.month - 1]
        return f"'{day}', dd '{month}' yyyy HH:mm:ss 'GMT'"
    if form in {"o", "O"} and (moment.is_offset or moment.is_utc):
        return "yyyy-MM-ddTHH:mm:ss.fffffff" + ("'+00:00'" if moment.is_offset else "Z")
    return _STANDARD.get(form, "")


def _piece(moment: DateValue, token: str) -> str:
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
    if token in "-T., _Z()+|":
        return token
    if token in {":", "/"}:  # the separators of the culture; the gateway's is taken to be the invariant one
        return token
    raise NotKnown("this format of a date")


def parsed(text: Any) -> DateValue:
    if text is None:
        raise Thrown("ArgumentNullException")
    if not isinstance(text, str) or not _ISO.fullmatch(text):
        raise NotKnown("a date in this form")
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise Thrown("FormatException") from None
    return DateValue(at if at.tzinfo else at.replace(tzinfo=UTC))


FIRST, FIRST_OFFSET = (DateValue(datetime(1, 1, 1, tzinfo=UTC), is_offset) for is_offset in (False, True))


def parsed_offset(text: Any) -> DateValue:
    return replace(parsed(text), is_offset=True)


def member(value: DateValue | Span, name: str) -> Any:
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
    if name == "DayOfWeek":
        return EnumMember("DayOfWeek", DAYS[at.isoweekday() % 7])
    if name == "DayOfYear":
        return at.timetuple().tm_yday
    if name == "TimeOfDay":
        return Span(at - at.replace(hour=0, minute=0, second=0, microsecond=0))
    if name == "Date":
        return DateValue(at.replace(hour=0, minute=0, second=0, microsecond=0))
    if name in {"UtcDateTime", "DateTime"} and value.is_offset:
        return DateValue(at)
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


def call(value: DateValue | Span, name: str, args: list[Any]) -> Any:
    if isinstance(value, DateValue):
        if name in _UNITS and isinstance(args[0], int | float):
            try:
                return replace(value, at=value.at + timedelta(**{_UNITS[name]: args[0]}))
            except OverflowError:
                raise Thrown("ArgumentOutOfRangeException") from None
        if name == "ToString" and args and isinstance(args[0], str):
            return formatted(value, args[0])
        if name in {"ToUniversalTime", "ToLocalTime"}:
            return value
        return _moment_call(value, name, args)
    raise NotKnown(f"{name} of a TimeSpan")


def _moment_call(value: DateValue, name: str, args: list[Any]) -> Any:
    if name in {"Subtract", "Add"} and isinstance(args[0], DateValue | Span):
        if isinstance(args[0], DateValue):
            return Span(value.at - args[0].at)
        return DateValue(value.at + args[0].length * (1 if name == "Add" else -1), value.is_offset)
    if name == "ToUnixTimeSeconds" and value.is_offset:
        return Long((value.at - EPOCH) // timedelta(seconds=1))
    if name == "ToUnixTimeMilliseconds" and value.is_offset:
        return Long((value.at - EPOCH) // timedelta(milliseconds=1))
    raise NotKnown(f"{name} of a date")


def span_of(text: str) -> Span:
    """TimeSpan.Parse: days, or hours and minutes, with seconds and days before them where they are given."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise NotKnown("a TimeSpan in this form")
    days, hours, minutes, seconds = (int(one or 0) for one in found.groups())
    if hours > 23 or minutes > 59 or seconds > 59:
        raise Thrown("OverflowException")
    return Span(timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))


def from_unix(value: Any, *, unit: str) -> DateValue:
    try:
        return DateValue(EPOCH + timedelta(**{unit: int(value)}), is_offset=True)
    except OverflowError:
        raise Thrown("ArgumentOutOfRangeException") from None
