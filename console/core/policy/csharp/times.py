"""Dates and spans: their members and methods, and the texts that every culture reads alike."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from console.core.policy.csharp.casts import DAYS
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.time_formats import formatted, formatted_span
from console.core.policy.csharp.values import DateValue, EnumMember, Long, Span

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?=[.Z+-]|\Z))?)(\.\d{1,6}0?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
_OFFSET = re.compile(r"[+-]\d\d:\d\d\Z", re.ASCII)
_SPAN = re.compile(r"(?:(\d{1,6})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parsed(args: list[Any]) -> DateValue:
    """DateTime.Parse of the forms that every culture reads alike; the gateway's local time is taken to be UTC."""
    text = args[0]
    if text is None:
        raise Thrown("ArgumentNullException")
    if isinstance(text, str) and not text.strip():
        raise Thrown("FormatException")
    found = _ISO.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise NotKnown("a date in this form")
    date, time, fraction, zone = found.groups()
    try:
        at = datetime.fromisoformat(
            f"{date}T{time or '00:00'}{(fraction or '')[:7]}{(zone or 'Z').replace('Z', '+00:00')}"
        )
    except ValueError:
        raise Thrown("FormatException") from None
    return DateValue(at.astimezone(UTC), is_plain=zone is None and len(args) < 3)


FIRST, FIRST_OFFSET = (DateValue(datetime(1, 1, 1, tzinfo=UTC), is_offset) for is_offset in (False, True))


def parsed_offset(args: list[Any]) -> DateValue:
    """DateTimeOffset.Parse, of UTC alone: with another offset its hours would be others."""
    if isinstance(args[0], str) and _OFFSET.search(args[0]) and not args[0].endswith("+00:00"):
        raise NotKnown("a date with an offset")
    return replace(parsed(args), is_offset=True, is_plain=False)


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
            return formatted(value, args[0], is_invariant=len(args) > 1 and isinstance(args[1], EnumMember))
        if name in {"AddMonths", "AddYears"} and type(args[0]) is int:
            return replace(value, at=_months_on(value.at, args[0] * (12 if name == "AddYears" else 1)))
        if name in {"ToUniversalTime", "ToLocalTime"}:
            return value
        return _moment_call(value, name, args)
    if name == "ToString" and args and isinstance(args[0], str):
        return formatted_span(value, args[0])
    if name in {"Add", "Subtract"} and isinstance(args[0], Span):
        return Span(value.length + args[0].length * (1 if name == "Add" else -1))
    raise NotKnown(f"{name} of a TimeSpan")


def _months_on(at: datetime, count: int) -> datetime:
    """The same day of another month, or its last."""
    year, month = divmod(at.year * 12 + at.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        raise Thrown("ArgumentOutOfRangeException")
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


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


def compared(args: list[Any]) -> int:
    """DateTime.Compare."""
    first, second = args
    if not isinstance(first, DateValue) or not isinstance(second, DateValue):
        raise NotKnown("this form of DateTime.Compare")
    return (first.at > second.at) - (first.at < second.at)


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
