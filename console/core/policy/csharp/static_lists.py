"""Static methods of Array, Enumerable, Math and WebUtility, and the numbers that Convert reads in another base."""

import html
import math
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP
from typing import Any
from urllib.parse import quote, quote_plus, unquote_to_bytes

from console.core.policy.csharp.as_text import text_of
from console.core.policy.csharp.conversions import number_converter, wanted_text
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.list_methods import first_passing, passing
from console.core.policy.csharp.lists import items_of, lambda_of, same
from console.core.policy.csharp.number_formats import rounded
from console.core.policy.csharp.octets import decode
from console.core.policy.csharp.operators import is_text, number_of, truth
from console.core.policy.csharp.values import MAX_ITEMS, EnumMember, Sequence

_BASES = {2: "01", 8: "01234567", 16: "0123456789abcdef"}
_UNCHANGED = "-_.!*()"  # of WebUtility.UrlEncode
_RESERVED = "-_.~!*'();:@&=+$,/?#[]"  # of Uri.EscapeUriString


def _array(args: list[Any]) -> Sequence:
    if args and isinstance(args[0], Sequence):
        return args[0]
    raise Thrown("ArgumentNullException") if args and args[0] is None else NotKnown("an array of this kind")


def _place(args: list[Any]) -> int:
    if len(args) != 2:
        raise NotKnown("this form of Array.IndexOf")
    return next((place for place, one in enumerate(_array(args).items) if same(one, args[1])), -1)


def _place_of(args: list[Any]) -> int:
    test = lambda_of(args[1])
    return next((place for place, one in enumerate(_array(args).items) if truth(test(one))), -1)


def _repeated(args: list[Any]) -> Sequence:
    if args[1] < 0:
        raise Thrown("ArgumentOutOfRangeException")
    if args[1] > MAX_ITEMS:
        raise NotKnown("a list of this length")
    return Sequence([args[0]] * args[1], "lazy", "string" if is_text(args[0]) else "")


def _rounded(how: Callable[[float], float]) -> Callable[[list[Any]], float]:
    def made(args: list[Any]) -> float:
        if len(args) != 1 or not isinstance(args[0], float) or not math.isfinite(args[0]):
            raise NotKnown("this form of rounding")
        return float(how(args[0]))

    return made


def _power(args: list[Any]) -> float:
    try:
        made = math.pow(number_of(args[0]), number_of(args[1]))
    except (OverflowError, ValueError):
        raise NotKnown("a number that does not fit") from None
    return made


def to_whole(args: list[Any]) -> Any:
    """Convert.ToInt32, with the base of its digits too."""
    if len(args) != 2:
        return number_converter("int")(args)
    text, digits = wanted_text(args[0]).lower(), _BASES.get(args[1])
    text = text.removeprefix("0x") if args[1] == 16 else text
    if digits is None or not text or len(text) > 8 or not set(text) <= set(digits):
        raise NotKnown("this form of Convert")
    value = int(text, args[1])
    return value - 2**32 if value >= 2**31 else value


def to_byte(args: list[Any]) -> int:
    """Convert.ToByte, with the base of its digits too."""
    made: int = to_whole(args)
    if not 0 <= made < 256:
        raise Thrown("OverflowException")
    return made


def to_text(args: list[Any]) -> str:
    """Convert.ToString, with the base of a number's digits too; of null it is null or empty, by the type."""
    if args[0] is None:
        raise NotKnown("Convert.ToString of null")
    if len(args) == 1 or (isinstance(args[1], EnumMember) and args[1].of == "CultureInfo"):
        return text_of(args[0])
    value, base = args[0], args[1]
    if len(args) > 2 or type(value) is not int or value < 0 or base not in {2, 8, 10, 16}:
        raise NotKnown("this form of Convert")
    return format(value, {2: "b", 8: "o", 10: "d", 16: "x"}[base])


def _round(args: list[Any]) -> float:
    """Math.Round, to even or away from zero, with so many places."""
    modes = [one.name for one in args if isinstance(one, EnumMember)]
    places = args[1] if len(args) > 1 and type(args[1]) is int else 0
    how = {"AwayFromZero": ROUND_HALF_UP, "ToEven": ROUND_HALF_EVEN}.get(modes[0] if modes else "ToEven")
    if how is None or not isinstance(args[0], float) or not 0 <= places <= 10:
        raise NotKnown("this form of rounding")
    return float(rounded(args[0], places, how))


def _markup(args: list[Any]) -> str:
    text = wanted_text(args[0])
    if not text.isascii():
        raise NotKnown("a letter beyond ASCII in markup")
    return html.escape(text, quote=False).replace('"', "&quot;").replace("'", "&#39;")


def _from_markup(args: list[Any]) -> str:
    text = wanted_text(args[0])
    if "&" in text:
        raise NotKnown("marked letters in a text")
    return text


def _from_form(args: list[Any]) -> str:
    return decode("UTF8", bytearray(unquote_to_bytes(wanted_text(args[0]).replace("+", " "))))


CALLS: dict[tuple[str, str], Callable[[list[Any]], Any]] = {
    ("Array", "IndexOf"): _place,
    ("Array", "FindIndex"): _place_of,
    ("Array", "Exists"): lambda args: _place_of(args) >= 0,
    ("Array", "Find"): lambda args: first_passing(_array(args).items, args[1:], _array(args).of),
    ("Array", "FindAll"): lambda args: Sequence(passing(_array(args).items, args[1:]), "array", _array(args).of),
    ("Array", "ConvertAll"): lambda args: Sequence([lambda_of(args[1])(one) for one in items_of(_array(args)) or []]),
    ("Enumerable", "Repeat"): _repeated,
    ("Math", "Floor"): _rounded(math.floor),
    ("Math", "Ceiling"): _rounded(math.ceil),
    ("Math", "Truncate"): _rounded(math.trunc),
    ("Math", "Round"): _round,
    ("Math", "Pow"): _power,
    ("Convert", "ToInt32"): to_whole,
    ("Convert", "ToByte"): to_byte,
    ("Convert", "ToString"): to_text,
    ("WebUtility", "UrlEncode"): lambda args: quote_plus(wanted_text(args[0]), safe=_UNCHANGED),
    ("WebUtility", "UrlDecode"): _from_form,
    ("WebUtility", "HtmlEncode"): _markup,
    ("WebUtility", "HtmlDecode"): _from_markup,
    ("Uri", "EscapeUriString"): lambda args: quote(wanted_text(args[0]), safe=_RESERVED),
}  # fmt: skip
