"""The operators of C# on these values: arithmetic, comparison, equality, casts."""

import math
from typing import Any

from console.core.policy.csharp.as_text import text_of
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import MAX_TEXT, JToken
from console.core.policy.csharp.values import (
    Boxed,
    Char,
    DateValue,
    Dictionary,
    Dynamic,
    EnumMember,
    Guid,
    Long,
    Span,
    Thing,
    TypeName,
    Unknowable,
    Url,
)  # fmt: skip
from console.core.policy.csharp.xml_values import XName, XNamespace, name_of

INT_LIMIT = 2**31


LONG_LIMIT = 2**63


def add(left: Any, right: Any) -> Any:
    if isinstance(left, XNamespace) and is_text(right):
        return XName(str(right), left.uri)
    if isinstance(left, DateValue) and isinstance(right, Span):
        return _moved(left, right.length)
    if isinstance(left, Span) and isinstance(right, Span):
        return Span(left.length + right.length)
    if is_text(left) or is_text(right) or isinstance(left, Boxed) or isinstance(right, Boxed):
        if not (is_text(left) or is_text(right)):
            raise NotKnown("+ of objects")
        joined = text_of(left) + text_of(right)
        if len(joined) > MAX_TEXT:
            raise NotKnown("a text of this length")
        return joined
    if (left is None or isinstance(left, JToken)) and (right is None or isinstance(right, JToken)):
        raise NotKnown("+ of JSON tokens")
    return arithmetic("+", left, right)


def arithmetic(sign: str, left: Any, right: Any) -> Any:
    if sign == "-" and isinstance(left, DateValue):
        return _moment_less(left, right)
    if sign == "-" and isinstance(left, Span) and isinstance(right, Span):
        return Span(left.length - right.length)
    a, b = number_of(left), number_of(right)
    if isinstance(a, float) or isinstance(b, float):
        return _floating(sign, float(a), float(b))
    made = _whole(sign, a, b)
    if isinstance(left, Long) or isinstance(right, Long):
        return Long(fitting(made, LONG_LIMIT))
    return int(fitting(made, INT_LIMIT))


def _moment_less(left: DateValue, right: Any) -> Any:
    if isinstance(right, DateValue):
        return Span(left.at - right.at)
    if isinstance(right, Span):
        return _moved(left, -right.length)
    raise NotKnown("- of these values")


def _moved(moment: DateValue, by: Any) -> DateValue:
    try:
        return DateValue(moment.at + by, moment.is_offset)
    except OverflowError:
        raise Thrown("ArgumentOutOfRangeException") from None


def _floating(sign: str, a: float, b: float) -> float:
    if sign in "/%" and b == 0:
        raise NotKnown("a division of double by zero")
    made = {"+": a + b, "-": a - b, "*": a * b}.get(sign)
    if made is None:
        made = a / b if sign == "/" else math.fmod(a, b)
    return made


def _whole(sign: str, a: int, b: int) -> int:
    if sign in "/%":
        if b == 0:
            raise Thrown("DivideByZeroException")
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        return quotient if sign == "/" else a - quotient * b
    return {"+": a + b, "-": a - b, "*": a * b}[sign]


def fitting(value: int, limit: int) -> int:
    if not -limit <= value < limit:
        raise NotKnown("a number that does not fit")
    return value


def number_of(value: Any) -> Any:
    if isinstance(value, Char):
        return ord(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotKnown(f"arithmetic with {kind_of(value)}")
    return value


def compare(sign: str, left: Any, right: Any) -> bool:
    """< > <= >=; false when one side is null (lifted operators)."""
    if left is None or right is None:
        return False
    a, b = _comparable(left), _comparable(right)
    if type(a) is not type(b) and not (isinstance(a, int | float) and isinstance(b, int | float)):
        raise NotKnown(f"a comparison of {kind_of(left)} and {kind_of(right)}")
    return bool({"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[sign])


def _comparable(value: Any) -> Any:
    if isinstance(value, DateValue):
        return value.at
    return value.length if isinstance(value, Span) else number_of(value)


def equal(left: Any, right: Any) -> bool:
    """`==` by the static types that are known here."""
    if isinstance(left, Boxed) or isinstance(right, Boxed):
        return _equal_objects(left, right)
    if left is None or right is None:
        return _is_null(left, right)
    if is_text(left) and is_text(right):
        return str(left) == str(right)
    if isinstance(left, bool) and isinstance(right, bool):
        return left == right
    if is_number(left) and is_number(right):
        return bool(number_of(left) == number_of(right))
    if isinstance(left, DateValue | Span | Guid | EnumMember) and type(left) is type(right):
        return left == right
    if isinstance(left, Url) and isinstance(right, Url):
        return left.text == right.text
    if isinstance(left, XName | XNamespace) or isinstance(right, XName | XNamespace):
        return _equal_names(left, right)
    if left is right:
        return True
    raise NotKnown(f"== of {kind_of(left)} and {kind_of(right)}")


def _is_null(left: Any, right: Any) -> bool:
    """Of a dynamic value the JSON decides, whose null is none of C# everywhere else."""
    other = right if left is None else left
    if isinstance(other, Dynamic) and getattr(other.value, "value", "") is None:
        raise NotKnown("== of a dynamic null")
    return left is right


def _equal_names(left: Any, right: Any) -> bool:
    """Names of XML: a text is converted to what stands on the other side."""
    name, other = (left, right) if isinstance(left, XName | XNamespace) else (right, left)
    if is_text(other):
        other = name_of(str(other)) if isinstance(name, XName) else XNamespace(str(other))
    if type(name) is not type(other):
        raise NotKnown(f"== of {kind_of(left)} and {kind_of(right)}")
    return bool(name == other)


def _equal_objects(left: Any, right: Any) -> bool:
    """An object is compared by reference: null and different texts are safe, equal texts are not."""
    a = left.value if isinstance(left, Boxed) else left
    b = right.value if isinstance(right, Boxed) else right
    if a is None or b is None:
        return a is b
    if is_text(a) and is_text(b) and str(a) != str(b):
        return False
    raise NotKnown("== of an object and a value")


def is_number(value: Any) -> bool:
    return isinstance(value, Char) or (isinstance(value, int | float) and not isinstance(value, bool))


def is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Char)


def truth(value: Any) -> bool:
    """A condition; JSON and objects must be cast first."""
    if isinstance(value, bool):
        return value
    raise NotKnown(f"{kind_of(value)} as a condition")


def kind_of(value: Any) -> str:
    if isinstance(value, Thing | TypeName):
        return value.name
    if isinstance(value, Dictionary):
        return "a dictionary"
    return "null" if value is None else type(value).__name__


def combined(sign: str, left: Any, right: Any) -> Any:
    for one in (left, right):
        if isinstance(one, Unknowable):
            raise NotKnown(one.part)
    if sign == "+":
        return add(left, right)
    if sign in {"-", "*", "/", "%"}:
        return arithmetic(sign, left, right)
    if sign in {"==", "!="}:
        return equal(left, right) is (sign == "==")
    if sign in {"<", ">", "<=", ">="}:
        return compare(sign, left, right)
    if sign in _OF_BITS:
        return _bits(sign, left, right)
    raise NotKnown(f"the operator {sign}")


_OF_BITS = frozenset({"&", "|", "^", "<<", ">>"})


def _bits(sign: str, left: Any, right: Any) -> Any:
    if isinstance(left, bool) and isinstance(right, bool):
        of_bools = {"&": left and right, "|": left or right, "^": left is not right}
        if sign in of_bools:
            return of_bools[sign]
    if sign == "|" and isinstance(left, EnumMember) and isinstance(right, EnumMember):
        return EnumMember(left.of, f"{left.name}|{right.name}")
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in (left, right)):
        raise NotKnown(f"the operator {sign} of {kind_of(left)}")
    is_long = isinstance(left, Long) or (isinstance(right, Long) and sign not in {"<<", ">>"})
    if sign in {"<<", ">>"}:
        by = int(right) & (63 if is_long else 31)
        made: int = int(left) << by if sign == "<<" else int(left) >> by
    else:
        made = {"&": int(left) & int(right), "|": int(left) | int(right), "^": int(left) ^ int(right)}[sign]
    return Long(fitting(made, LONG_LIMIT)) if is_long else int(fitting(made, INT_LIMIT))
