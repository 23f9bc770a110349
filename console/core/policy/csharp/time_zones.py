"""TimeZoneInfo of the zones that policies name, by the rules that hold since 2008 (IANA time zone database).

A gateway knows zones by their Windows names; whether it knows those of IANA depends on its system.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from console.core.policy.csharp.conversions import wanted_text
from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.values import DateValue

_EUROPE, _AMERICA, _NONE = "Europe", "America", ""
_ZONES = {
    "UTC": (0, _NONE), "GMT Standard Time": (0, _EUROPE), "W. Europe Standard Time": (60, _EUROPE),
    "Central European Standard Time": (60, _EUROPE), "Central Europe Standard Time": (60, _EUROPE),
    "Romance Standard Time": (60, _EUROPE), "FLE Standard Time": (120, _EUROPE),
    "GTB Standard Time": (120, _EUROPE),
    "Eastern Standard Time": (-300, _AMERICA), "Central Standard Time": (-360, _AMERICA),
    "Mountain Standard Time": (-420, _AMERICA), "Pacific Standard Time": (-480, _AMERICA),
    "US Mountain Standard Time": (-420, _NONE), "India Standard Time": (330, _NONE),
    "Tokyo Standard Time": (540, _NONE), "China Standard Time": (480, _NONE),
    "Singapore Standard Time": (480, _NONE), "SE Asia Standard Time": (420, _NONE),
    "Arabian Standard Time": (240, _NONE), "Arab Standard Time": (180, _NONE),
    "E. Australia Standard Time": (600, _NONE), "Korea Standard Time": (540, _NONE),
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 2008, 2030  # before, other rules held; what will hold later, nobody knows


@dataclass(frozen=True, slots=True)
class Zone:
    """`ahead`: minutes of its standard time; `rule`: when its summer time is."""

    name: str
    ahead: int
    rule: str


def zone_named(args: list[Any]) -> Zone:
    """TimeZoneInfo.FindSystemTimeZoneById."""
    name = wanted_text(args[0])
    if name not in _ZONES:
        raise NotKnown(f"the time zone {name[:60]}")
    return Zone(name, *_ZONES[name])


def _sunday(year: int, month: int, which: int) -> datetime:
    """The first, second ... Sunday of a month, or its last (-1), at midnight."""
    first = datetime(year, month, 1, tzinfo=UTC)
    sundays = [first + timedelta(days=(6 - first.weekday()) % 7 + 7 * week) for week in range(5)]
    return [day for day in sundays if day.month == month][which]


def _summer(zone: Zone, year: int) -> tuple[datetime, datetime]:
    """From when to when summer time is, in UTC."""
    if zone.rule == _EUROPE:
        begin, end = (_sunday(year, month, -1) + timedelta(hours=1) for month in (3, 10))
        return begin, end
    begin = _sunday(year, 3, 1) + timedelta(hours=2, minutes=-zone.ahead)
    return begin, _sunday(year, 11, 0) + timedelta(hours=1, minutes=-zone.ahead)


def _ahead(zone: Zone, at: datetime) -> timedelta:
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise NotKnown("a time zone in this year")
    begin, end = _summer(zone, at.year)
    return timedelta(minutes=zone.ahead + (60 if zone.rule and begin <= at < end else 0))


def from_utc(moment: Any, zone: Any) -> DateValue:
    if not isinstance(moment, DateValue) or not isinstance(zone, Zone) or moment.is_offset:
        raise NotKnown("this form of a conversion between time zones")
    return DateValue(moment.at + _ahead(zone, moment.at), is_plain=True)


def to_utc(args: list[Any]) -> DateValue:
    """ConvertTimeToUtc of a time of the zone; of one that is there twice or not at all, nothing."""
    moment, zone = args
    if not isinstance(moment, DateValue) or not isinstance(zone, Zone) or not moment.is_plain:
        raise NotKnown("this form of a conversion between time zones")
    guesses = {moment.at - timedelta(minutes=zone.ahead + extra) for extra in ((0, 60) if zone.rule else (0,))}
    fitting = [guess for guess in guesses if guess + _ahead(zone, guess) == moment.at]
    if len(fitting) != 1:
        raise NotKnown("a time that the change of clocks skips or repeats")
    return DateValue(fitting[0], is_utc=True)


def _by_name(args: list[Any]) -> DateValue:
    return from_utc(args[0], zone_named(args[1:]))


def _of_utc(args: list[Any]) -> DateValue:
    """ConvertTimeFromUtc refuses a local time; whether one is, is not always known."""
    if isinstance(args[0], DateValue) and not (args[0].is_utc or args[0].is_plain):
        raise NotKnown("the kind of a date")
    return from_utc(*args)


def _known_kind(args: list[Any]) -> DateValue:
    moment: DateValue = args[0]
    return replace(moment, is_utc=args[1].name == "Utc", is_plain=args[1].name == "Unspecified")


CALLS: dict[tuple[str, str], Callable[[list[Any]], Any]] = {
    ("TimeZoneInfo", "FindSystemTimeZoneById"): zone_named,
    ("TimeZoneInfo", "ConvertTimeFromUtc"): _of_utc,
    ("TimeZoneInfo", "ConvertTimeToUtc"): to_utc,
    ("TimeZoneInfo", "ConvertTimeBySystemTimeZoneId"): _by_name,
    ("TimeZoneInfo", "ConvertTime"): lambda args: from_utc(*args),
    ("DateTime", "SpecifyKind"): _known_kind,
}
