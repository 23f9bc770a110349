"""Times of log rows, as gateways, servers and spreadsheets write them."""

import re
from datetime import UTC, datetime

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_NGINX = re.compile(r"\[?(\d{1,2})/([A-Za-z]{3})/(\d{4}):(\d\d):(\d\d):(\d\d)(?: ([+-])(\d\d):?(\d\d))?\]?")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}),? (\d{1,2}):(\d\d):(\d\d)(?:\.\d+)?(?: ?([AaPp])\.?[Mm]\.?)?")
_EUROPEAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}),? (\d{1,2}):(\d\d):(\d\d)(?:[.,]\d+)?")
_FRACTION = re.compile(r"([.,]\d{6})\d+")
_NUMBER = re.compile(r"\d{9,19}(?:\.\d+)?")
_YEAR_2100 = 4_102_444_800


def moment_of_row(text: str) -> float | None:
    """Epoch seconds; None for what is no time. A time without a zone is taken as UTC, as gateways write it."""
    text = text.strip()
    try:
        found = datetime.fromisoformat(text) if text[4:5] == "-" else None
    except ValueError:
        found = None
    moment = _moment(found) if found else _other(text)
    return moment if moment is not None and 0 <= moment < _YEAR_2100 else None


def _moment(found: datetime) -> float:
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def _other(text: str) -> float | None:
    if _NUMBER.fullmatch(text):
        return _epoch(float(text))
    try:
        if found := _NGINX.fullmatch(text):
            return _nginx(found)
        if found := _AMERICAN.fullmatch(text):
            month, day, year, hour, minute, second = map(int, found.groups()[:6])
            return _utc(year, month, day, _hour(hour, found[7]), minute, second)
        if found := _EUROPEAN.fullmatch(text):
            day, month, year, hour, minute, second = map(int, found.groups())
            return _utc(year, month, day, hour, minute, second)
        shorter = _FRACTION.sub(r"\1", text).replace(" UTC", "+00:00").replace(",", ".")
        return _moment(datetime.fromisoformat(shorter))
    except (ValueError, OverflowError):
        return None


def _epoch(number: float) -> float | None:
    """Seconds, milliseconds, microseconds or nanoseconds, by their size."""
    for _ in range(4):
        if number < _YEAR_2100:
            return number
        number /= 1000
    return None


def _nginx(found: re.Match[str]) -> float:
    month = _MONTHS.get(found[2].lower(), 0)
    moment = _utc(int(found[3]), month, int(found[1]), int(found[4]), int(found[5]), int(found[6]))
    if not found[7]:
        return moment
    offset = int(found[8]) * 3600 + int(found[9]) * 60
    return moment - offset if found[7] == "+" else moment + offset


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
