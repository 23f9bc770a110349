"""Times in tokens (NumericDate, RFC 7519 section 2): read without surprises, said in words."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from console.core.json.values import NumberText

LAST_SECOND = 253_402_300_799  # 9999-12-31T23:59:59Z
_LARGEST_MILLISECONDS = LAST_SECOND * 1000
_YEAR_S = 31_556_952
_NUMERAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_UNITS = ((_YEAR_S, "year"), (86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def epoch(value: Any) -> int | None:
    """A NumericDate as whole seconds (fractions cut off); None when it is not a number or beyond the year 9999."""
    if isinstance(value, bool):
        return None
    if isinstance(value, NumberText):
        value = _number(value)
    if isinstance(value, int | float) and 0 <= value <= LAST_SECOND:
        return int(value)
    return None


def _number(value: NumberText) -> float | None:
    try:
        return float(value.text)
    except ValueError:
        return None


def time_problem(value: Any) -> tuple[str, str] | None:
    """What is wrong with a NumericDate: (not-a-number | milliseconds | out-of-range, a sentence's end), or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | NumberText):
        return "not-a-number", f"must be a number, but is {json_type(value)}{_as_help(value)}"
    if epoch(value) is not None:
        return None
    number = _number(value) if isinstance(value, NumberText) else value
    if number is None or number != number:  # noqa: PLR0124 - NaN is the one value that differs from itself
        return "not-a-number", "must be a number, but is NaN or Infinity"
    if LAST_SECOND < number <= _LARGEST_MILLISECONDS:
        return (
            "milliseconds",
            f"is in the year {1970 + int(number) // _YEAR_S}: probably milliseconds instead of seconds",
        )
    return "out-of-range", "is out of the range of dates (years 1970 to 9999)"


def _as_help(value: Any) -> str:
    if isinstance(value, str) and _NUMERAL.fullmatch(value):
        moment = epoch(NumberText(value))
        return "" if moment is None else f" (as a number it would mean {utc(moment)})"
    return ""


def json_type(value: Any) -> str:
    """The JSON type with its article, for a sentence."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, int | float | NumberText):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"


@lru_cache(maxsize=256)  # one page says the same few moments again and again
def utc(moment: float) -> str:
    """ "2030-03-17 17:46:40 UTC"; `moment` is epoch seconds that a calendar holds, or it raises as `datetime` does."""
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M:%S} UTC"


def utc_and_number(moment: int) -> str:
    """ "2030-03-17 17:46:40 UTC (1900000000)", for a text that is searched; the number where no calendar holds it."""
    return f"{utc(moment)} ({moment})" if 0 <= moment <= LAST_SECOND else str(moment)


def duration(seconds: int) -> str:
    """ "2 hours 5 minutes": the two largest units that are not zero."""
    rest, words = abs(seconds), []
    for size, name in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            words.append(f"{count} {name}{'' if count == 1 else 's'}")
        if len(words) == 2 or (words and not count):
            break
    return " ".join(words) or "0 seconds"


def relative(moment: int, now: int) -> str:
    """ "in 5 minutes", "1 hour ago", "now"."""
    if moment == now:
        return "now"
    return f"in {duration(moment - now)}" if moment > now else f"{duration(now - moment)} ago"
