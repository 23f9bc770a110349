"""The operators of C# on these values: arithmetic, comparison, equality, casts."""

import math
from typing import Any

from console.core.policy.csharp.as_text import json_text, text_of
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import JArray, JObject, JProperty, JToken, JValue
from console.core.policy.csharp.values import (
    Boxed,
    Char,
    Dictionary,
    Guid,
    Long,
    Member,
    Moment,
    Sequence,
    Span,
    Thing,
    TypeName,
    Url,
)  # fmt: skip

MAX_TEXT = 1_000_000
_INT, _LONG = 2**31, 2**63


def add(left: Any, right: Any) -> Any:
    if isinstance(left, Moment) and isinstance(right, Span):
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
    if sign == "-" and isinstance(left, Moment):
        return _moment_less(left, right)
    if sign == "-" and isinstance(left, Span) and isinstance(right, Span):
        return Span(left.length - right.length)
    a, b = _number(left), _number(right)
    if isinstance(a, float) or isinstance(b, float):
        return _floating(sign, float(a), float(b))
    made = _whole(sign, a, b)
    if isinstance(left, Long) or isinstance(right, Long):
        return Long(_fitting(made, _LONG))
    return int(_fitting(made, _INT))


def _moment_less(left: Moment, right: Any) -> Any:
    if isinstance(right, Moment):
        return Span(left.at - right.at)
    if isinstance(right, Span):
        return _moved(left, -right.length)
    raise NotKnown("- of these values")


def _moved(moment: Moment, by: Any) -> Moment:
    try:
        return Moment(moment.at + by, moment.is_offset)
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


def _fitting(value: int, limit: int) -> int:
    if not -limit <= value < limit:
        raise NotKnown("a number that does not fit")
    return value


def _number(value: Any) -> Any:
    if isinstance(value, Char):
        return ord(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotKnown(f"arithmetic with {_kind(value)}")
    return value


def compare(sign: str, left: Any, right: Any) -> bool:
    """< > <= >=; false when one side is null (lifted operators)."""
    if left is None or right is None:
        return False
    a, b = _comparable(left), _comparable(right)
    if type(a) is not type(b) and not (isinstance(a, int | float) and isinstance(b, int | float)):
        raise NotKnown(f"a comparison of {_kind(left)} and {_kind(right)}")
    return bool({"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[sign])


def _comparable(value: Any) -> Any:
    if isinstance(value, Moment):
        return value.at
    return value.length if isinstance(value, Span) else _number(value)


def equal(left: Any, right: Any) -> bool:
    """`==` by the static types that are known here."""
    if isinstance(left, Boxed) or isinstance(right, Boxed):
        return _equal_objects(left, right)
    if left is None or right is None:
        return left is right
    if is_text(left) and is_text(right):
        return str(left) == str(right)
    if isinstance(left, bool) and isinstance(right, bool):
        return left == right
    if _is_number(left) and _is_number(right):
        return bool(_number(left) == _number(right))
    if isinstance(left, Moment | Span | Guid | Member) and type(left) is type(right):
        return left == right
    if isinstance(left, Url) and isinstance(right, Url):
        return left.text == right.text
    if left is right:
        return True
    raise NotKnown(f"== of {_kind(left)} and {_kind(right)}")


def _equal_objects(left: Any, right: Any) -> bool:
    """An object is compared by reference: null and different texts are safe, equal texts are not."""
    a = left.value if isinstance(left, Boxed) else left
    b = right.value if isinstance(right, Boxed) else right
    if a is None or b is None:
        return a is b
    if is_text(a) and is_text(b) and str(a) != str(b):
        return False
    raise NotKnown("== of an object and a value")


def _is_number(value: Any) -> bool:
    return isinstance(value, Char) or (isinstance(value, int | float) and not isinstance(value, bool))


def is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Char)


def truth(value: Any) -> bool:
    """A condition; JSON and objects must be cast first."""
    if isinstance(value, bool):
        return value
    raise NotKnown(f"{_kind(value)} as a condition")


_NAMES = {
    "String": "string", "Boolean": "bool", "Int32": "int", "Int64": "long", "Double": "double", "Object": "object",
    "Char": "char", "Byte": "byte", "Decimal": "decimal",
}  # fmt: skip


def type_name(written: str) -> str:
    """A type's name without namespace: string for System.String."""
    last = written.replace(" ", "").removeprefix("global::")
    head, mark, rest = last.partition("<")
    short = head.rpartition(".")[2]
    return _NAMES.get(short.rstrip("?"), short) + mark + rest


def is_of(value: Any, name: str) -> bool:
    """Whether a value is of a type (`is`, pattern, unboxing); NotKnown for types that are not told apart here."""
    value = value.value if isinstance(value, Boxed) else value
    if value is None:
        return False
    if name == "object":
        return True
    known = _KINDS.get(name.rstrip("?"))
    if known is None:
        raise NotKnown(f"the type {name}")
    return bool(known(value))


def _thing(name: str) -> Any:
    return lambda value: isinstance(value, Thing) and value.name == name


_KINDS = {
    "string": is_text,
    "bool": lambda value: isinstance(value, bool),
    "int": lambda value: type(value) is int,
    "long": lambda value: isinstance(value, Long),
    "double": lambda value: isinstance(value, float),
    "char": lambda value: isinstance(value, Char),
    "JObject": lambda value: isinstance(value, JObject),
    "JArray": lambda value: isinstance(value, JArray),
    "JValue": lambda value: isinstance(value, JValue),
    "JToken": lambda value: isinstance(value, JToken),
    "JProperty": lambda value: isinstance(value, JProperty),
    "Jwt": _thing("Jwt"),
    "IResponse": _thing("Response"),
    "Uri": lambda value: isinstance(value, Url),
    "Guid": lambda value: isinstance(value, Guid),
    "DateTime": lambda value: isinstance(value, Moment) and not value.is_offset,
    "DateTimeOffset": lambda value: isinstance(value, Moment) and value.is_offset,
    "TimeSpan": lambda value: isinstance(value, Span),
    "string[]": lambda value: isinstance(value, Sequence) and value.kind == "array" and value.of == "string",
    "byte[]": lambda value: isinstance(value, bytes | bytearray),
}


def cast(value: Any, name: str) -> Any:
    """`(type)value`: unboxing is strict, numbers are converted, JSON is converted explicitly."""
    if isinstance(value, Boxed):
        return _unboxed(value.value, name)
    if name == "object":
        return Boxed(value)
    if isinstance(value, JToken) or (value is None and name in _OF_JSON):
        return json_cast(value, name) if not name.startswith("J") else _checked(value, name)
    if _is_number(value) and name.rstrip("?") in {"int", "long", "double", "char", "byte"}:
        return converted(value, name.rstrip("?"))
    return _checked(value, name)


_OF_JSON = frozenset({"bool", "int", "long", "double"})


def _unboxed(value: Any, name: str) -> Any:
    if name == "object":
        return Boxed(value)
    if value is None:
        if name in {"bool", "int", "long", "double", "char", "DateTime", "Guid"}:
            raise Thrown("NullReferenceException")
        return None
    if not is_of(value, name):
        raise Thrown("InvalidCastException")
    return value


def _checked(value: Any, name: str) -> Any:
    if value is None:
        return None
    if not is_of(value, name):
        raise (
            NotKnown(f"a cast of {_kind(value)} to {name}")
            if not isinstance(value, JToken)
            else Thrown("InvalidCastException")
        )
    return value


def converted(value: Any, name: str) -> Any:
    number = _number(value)
    if name == "double":
        return float(number)
    whole = int(number)  # toward zero, as C# does
    if name == "char":
        return Char(chr(_fitting(whole, 2**15)))
    if name == "byte" and not 0 <= whole < 256:
        raise NotKnown("a number that does not fit")
    return Long(_fitting(whole, _LONG)) if name == "long" else int(_fitting(whole, _INT))


def json_cast(token: JToken | None, name: str) -> Any:
    """An explicit conversion of a token, `(string)token["x"]` or `Value<T>()`."""
    is_optional = name.endswith("?")
    base = name.rstrip("?")
    if token is None:
        if base in _OF_JSON and not is_optional:
            raise Thrown("ArgumentNullException")
        return None
    if base in {"JObject", "JArray", "JToken", "JValue"}:
        return _checked(token, base)
    if not isinstance(token, JValue):
        raise Thrown("ArgumentException")
    if token.value is None and (base == "string" or is_optional):
        return None
    if base == "string":
        return json_text(token)
    return _json_number(token, base)


def _json_number(token: JValue, name: str) -> Any:
    value = token.value
    if value is None:
        raise Thrown("ArgumentException")
    if name == "bool":
        return _json_bool(value)
    if name not in _OF_JSON:
        raise NotKnown(f"a conversion of JSON to {name}")
    if isinstance(value, str):
        return parsed_number(value, name)
    if isinstance(value, bool):
        return converted(int(value), name)
    if isinstance(value, float) and name != "double":
        if value != int(value):
            raise NotKnown("a rounding conversion of JSON")
        return converted(value, name)
    return converted(value, name)


def _json_bool(value: Any) -> bool:
    if isinstance(value, str):
        if value.strip().lower() in {"true", "false"}:
            return value.strip().lower() == "true"
        raise Thrown("FormatException")
    return bool(value)


def parsed_number(text: str, name: str) -> Any:
    """int.Parse and its like: blanks around and a sign are allowed."""
    stripped = text.strip(" \t\r\n")
    if name == "double":
        try:
            return float(stripped)
        except ValueError:
            raise Thrown("FormatException") from None
    digits = stripped[1:] if stripped[:1] in {"+", "-"} else stripped
    if not digits.isascii() or not digits.isdigit() or len(digits) > 30:
        raise Thrown("FormatException")
    limit = _LONG if name == "long" else _INT
    if not -limit <= int(stripped) < limit:
        raise Thrown("OverflowException")
    return Long(int(stripped)) if name == "long" else int(stripped)


def _kind(value: Any) -> str:
    if isinstance(value, Thing | TypeName):
        return value.name
    if isinstance(value, Dictionary):
        return "a dictionary"
    return "null" if value is None else type(value).__name__
