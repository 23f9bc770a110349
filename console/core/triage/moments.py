"""Times of log rows, as gateways, servers and spreadsheets write them."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_NGINX = re.compile(
    r"\[?(\d{1,2})/([A-Za-z]{3})/(\d{4})[: ](\d\d):(\d\d):(\d\d)(?:[.,]\d{1,9})?(?: ([+-])(\d\d):?(\d\d))?\]?"
)
_SLASHED = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?: ?([AaPp])\.?[Mm]\.?)?"
)
_EUROPEAN = re.compile(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?")
_NAMED = re.compile(r"[A-Za-z]{3},? ([A-Za-z]{3}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.\d{1,9})? (\d{4})")
_MAIL = re.compile(r"[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d:\d\d \S{1,6}")
_FRACTION = re.compile(r"([.,]\d{6})\d+")
_BLANK_ZONE = re.compile(r" (?=[+-]\d\d:?\d\d$)")
_NUMBER = re.compile(r"\d{9,19}(?:\.\d{1,9})?")
_YEAR_2100 = 4_102_444_800


class RowTime(NamedTuple):
    """Epoch seconds; `has_zone` False: the row says no zone, and its time was taken as UTC."""

    seconds: float
    has_zone: bool


def time_of_row(text: str) -> RowTime | None:
    """None for what is no time. A time without a zone is taken as UTC, as gateways write it."""
    text = text.strip()
    is_utc = text.endswith(" UTC")
    try:
        found = _iso(text) if text[4:5] == "-" and not is_utc else None
        found = found or _other(text.removesuffix(" UTC").removesuffix("Z") if is_utc else text)
    except (ValueError, OverflowError):
        return None
    if found is None or not 0 <= found.seconds < _YEAR_2100:
        return None
    return RowTime(found.seconds, has_zone=True) if is_utc else found


def moment_of_row(text: str) -> float | None:
    """Epoch seconds of `time_of_row`."""
    found = time_of_row(text)
    return found.seconds if found is not None else None


def _iso(text: str) -> RowTime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return RowTime((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp(), found.tzinfo is not None)


def _other(text: str) -> RowTime | None:
    if _NUMBER.fullmatch(text):
        return _epoch(float(text))
    if found := _NGINX.fullmatch(text):
        return _nginx(found)
    if found := _SLASHED.fullmatch(text):
        return _slashed(found)
    if found := _EUROPEAN.fullmatch(text):
        day, month, year, hour, minute = map(int, found.groups()[:5])
        return RowTime(_utc(year, month, day, hour, minute, int(found[6] or 0)), has_zone=False)
    if found := _NAMED.fullmatch(text):
        month = _MONTHS.get(found[1].lower(), 0)
        return RowTime(_utc(int(found[6]), month, *map(int, found.groups()[1:5])), has_zone=False)
    if _MAIL.fullmatch(text):
        return _zoned(parsedate_to_datetime(text))
    shorter = _BLANK_ZONE.sub("", _FRACTION.sub(r"\1", text).replace(",", "."))
    return _zoned(datetime.fromisoformat(shorter))


def _zoned(found: datetime) -> RowTime:
    return RowTime((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp(), found.tzinfo is not None)


def _epoch(number: float) -> RowTime | None:
    """Seconds, milliseconds, microseconds or nanoseconds, by their size."""
    for _ in range(4):
        if number < _YEAR_2100:
            return RowTime(number, has_zone=True)
        number /= 1000
    return None


def _nginx(found: re.Match[str]) -> RowTime:
    month = _MONTHS.get(found[2].lower(), 0)
    moment = _utc(int(found[3]), month, int(found[1]), int(found[4]), int(found[5]), int(found[6]))
    if not found[7]:
        return RowTime(moment, has_zone=False)
    offset = int(found[8]) * 3600 + int(found[9]) * 60
    return RowTime(moment - offset if found[7] == "+" else moment + offset, has_zone=True)


def _slashed(found: re.Match[str]) -> RowTime:
    """The month first, as Log Analytics writes it; the day first where there is no such month."""
    first, second, year, hour, minute = map(int, found.groups()[:5])
    month, day = (second, first) if first > 12 >= second else (first, second)
    return RowTime(_utc(year, month, day, _hour(hour, found[7]), minute, int(found[6] or 0)), has_zone=False)


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _utc(*parts: int) -> float:
    year, month, day, hour, minute, second = parts
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()


def iso_second(moment: float) -> str:
    """As reports write it: 2026-11-28T08:51:44Z."""
    return datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
