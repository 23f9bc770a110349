"""ToString(format) of numbers where the invariant culture and the versions of .NET agree."""

import math
import re
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.number_text import number_text
from console.core.whole_number import whole_number

_FIXED = re.compile(r"[FfNn](\d{0,2})", re.ASCII)
_ZEROS = re.compile(r"(#,##)?(0{1,30})(?:\.(0{0,15})(#{0,15}))?")


def formatted_number(value: int | float, form: str) -> str:
    """A number in a format: D, X, F, N, G, R or zeros and number signs."""
    if form in {"", "G", "g"}:
        return number_text(value) if isinstance(value, float) else str(value)
    if form in {"R", "r"} and isinstance(value, float):
        return number_text(value, keeps_all=True)
    if isinstance(value, int) and form[0] in "DdXx":
        return _of_digits(value, form)
    if (fixed := _FIXED.fullmatch(form)) is not None:
        return _fixed(value, int(fixed[1] or 2), is_grouped=form[0] in "Nn")
    if (zeros := _ZEROS.fullmatch(form)) is not None and (len(zeros[2]) == 1 or not zeros[1]):
        least, all_places = len(zeros[3] or ""), len(zeros[3] or "") + len(zeros[4] or "")
        shown = _fixed(value, all_places, is_grouped=bool(zeros[1]), width=len(zeros[2]))
        return _without_zeros(shown, all_places - least)
    raise NotKnown("this format")


def _of_digits(value: int, form: str) -> str:
    width = whole_number(form[1:], digits=2) if form[1:] else 0
    if width is None or (form[0] in "Xx" and value < 0):
        raise NotKnown("this format")
    shown = {"D": f"{abs(value)}", "X": f"{value:X}", "x": f"{value:x}"}["D" if form[0] in "Dd" else form[0]]
    return ("-" if value < 0 else "") + shown.zfill(width)


def rounded(value: int | float, places: int, how: str = ROUND_HALF_UP) -> Decimal:
    """The number with so many places: of all its digits and of the fifteen that older versions see, if both agree."""
    if isinstance(value, float) and not math.isfinite(value):
        raise NotKnown("this number as text")
    step = Decimal(1).scaleb(-places)
    if abs(value) >= 10**15:
        raise NotKnown("a number of this size as text")
    exact = Decimal(value).quantize(step, how)
    if isinstance(value, float) and Decimal(f"{value:.15g}").quantize(step, how) != exact:
        raise NotKnown("a number that versions of .NET round differently")
    return exact


def _fixed(value: int | float, places: int, *, is_grouped: bool, width: int = 1) -> str:
    made = rounded(value, places)
    if rounded(value, places, ROUND_HALF_DOWN) != made:
        raise NotKnown("a number that versions of .NET round differently")  # up, or to the even digit
    if made == 0 and value < 0:
        raise NotKnown("a number that versions of .NET write differently")
    whole, _, rest = f"{abs(made):f}".partition(".")
    whole = f"{int(whole):,}" if is_grouped else whole.zfill(width)
    return ("-" if made < 0 else "") + whole + (f".{rest}" if rest else "")


def _without_zeros(shown: str, most: int) -> str:
    """What number signs stand for is left out where it is zero."""
    for _ in range(most):
        if not shown.endswith("0"):
            break
        shown = shown[:-1]
    return shown.removesuffix(".")
