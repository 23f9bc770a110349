"""A double as text: the same in the versions of .NET that a gateway may run on, or not known.

Older ones write fifteen digits and, where all must come back ("R", JSON), seventeen; newer ones as many as are needed.
"""

import math

from console.core.policy.csharp.faults import NotKnown

_MOST_PLAIN = 1e15  # from here on with an exponent


def number_text(value: float, *, keeps_all: bool = False) -> str:
    """ToString() of a double in the invariant culture; `keeps_all`: with "R", as JSON is written."""
    if not math.isfinite(value) or (value == 0 and math.copysign(1, value) < 0):
        raise NotKnown("this number as text")
    shown = repr(value)
    if float(f"{value:.15g}") != value and not (keeps_all and _digits(shown) == 17):
        raise NotKnown("a number of so many digits as text")
    if abs(value) >= _MOST_PLAIN:
        return _with_exponent(value)
    return shown.removesuffix(".0").replace("e", "E")


def _digits(shown: str) -> int:
    return len(shown.partition("e")[0].replace("-", "").replace(".", "").strip("0"))


def _with_exponent(value: float) -> str:
    digits, _, exponent = next(made for places in range(17) if float(made := f"{value:.{places}e}") == value).partition(
        "e"
    )
    return f"{digits}E{exponent}"


def json_number(value: float) -> str:
    """The same as it stands in JSON, where a double keeps a point."""
    shown = number_text(value, keeps_all=True)
    return shown if "." in shown or "E" in shown else f"{shown}.0"
