"""Types and casts of C#, and the conversions of JSON."""

import re
from typing import Any

from console.core.policy.csharp.as_text import json_text
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import JArray, JObject, JProperty, JToken, JValue
from console.core.policy.csharp.operators import INT_LIMIT, LONG_LIMIT, fitting, is_number, is_text, kind_of, number_of
from console.core.policy.csharp.values import (
    Boxed,
    Char,
    DateValue,
    Dynamic,
    EnumMember,
    Guid,
    Long,
    Sequence,
    Span,
    Thing,
    Url,
)  # fmt: skip
from console.core.policy.csharp.xml_members import cast_text
from console.core.policy.csharp.xml_values import XAttribute, XDocument, XElement, XName, XNamespace

_NAMES = {
    "String": "string", "Boolean": "bool", "Int32": "int", "Int64": "long", "Double": "double", "Object": "object",
    "Char": "char", "Byte": "byte", "Decimal": "decimal",
}  # fmt: skip

_DOUBLE = re.compile(r"[+-]?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
MOST_DIGITS = 30


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
    "BasicAuthCredentials": _thing("BasicAuthCredentials"),
    "IResponse": _thing("Response"),
    "Uri": lambda value: isinstance(value, Url),
    "Guid": lambda value: isinstance(value, Guid),
    "DateTime": lambda value: isinstance(value, DateValue) and not value.is_offset,
    "DateTimeOffset": lambda value: isinstance(value, DateValue) and value.is_offset,
    "TimeSpan": lambda value: isinstance(value, Span),
    "XElement": lambda value: isinstance(value, XElement),
    "XAttribute": lambda value: isinstance(value, XAttribute),
    "XDocument": lambda value: isinstance(value, XDocument),
    "XName": lambda value: isinstance(value, XName),
    "XNamespace": lambda value: isinstance(value, XNamespace),
    "string[]": lambda value: isinstance(value, Sequence) and value.kind == "array" and value.of == "string",
    "byte[]": lambda value: isinstance(value, bytes | bytearray),
}


def cast(value: Any, name: str) -> Any:
    """`(type)value`: unboxing is strict, numbers are converted, JSON is converted explicitly."""
    if isinstance(value, Boxed):
        return _unboxed(value.value, name)
    if name == "object":
        return Boxed(value)
    if name == "dynamic":
        return as_dynamic(value)
    if isinstance(value, Dynamic):
        value = value.value
    if isinstance(value, JToken) or (value is None and name in OF_JSON):
        return json_cast(value, name) if not name.startswith("J") else checked_cast(value, name)
    if name == "DateTimeOffset" and isinstance(value, DateValue) and not value.is_offset:
        return DateValue(value.at, is_offset=True)  # the offset of the gateway's place, which is taken to be UTC
    if isinstance(value, XElement | XAttribute) and not name.startswith("X"):
        return _of_xml(cast_text(value), name)
    if isinstance(value, EnumMember) and value.of == "DayOfWeek" and name == "int":
        return DAYS.index(value.name)
    if is_number(value) and name.rstrip("?") in {"int", "long", "double", "char", "byte"}:
        return converted(value, name.rstrip("?"))
    return checked_cast(value, name)


def as_dynamic(value: Any) -> Any:
    """A value as dynamic: of JSON its own members are asked; of other kinds the library's, as before."""
    return Dynamic(value) if isinstance(value, JToken) else value


def _of_xml(text: str, name: str) -> Any:
    """An explicit conversion of an element or attribute: its text as XmlConvert reads it."""
    base = name.rstrip("?")
    if base == "string":
        return text
    if base == "bool":
        if (word := text.strip(" \t\r\n")) not in {"true", "false", "1", "0"}:
            raise Thrown("FormatException")
        return word in {"true", "1"}
    if base in {"int", "long"}:
        return parsed_number(text, base)
    raise NotKnown(f"a conversion of XML to {name}")


DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")  # DayOfWeek, from 0
OF_JSON = frozenset({"bool", "int", "long", "double"})


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


def checked_cast(value: Any, name: str) -> Any:
    if value is None:
        return None
    if not is_of(value, name):
        raise (
            NotKnown(f"a cast of {kind_of(value)} to {name}")
            if not isinstance(value, JToken)
            else Thrown("InvalidCastException")
        )
    return value


def converted(value: Any, name: str) -> Any:
    number = number_of(value)
    if name == "double":
        return float(number)
    whole = int(number)  # toward zero, as C# does
    if name == "char":
        return Char(chr(fitting(whole, 2**15)))
    if name == "byte" and not 0 <= whole < 256:
        raise NotKnown("a number that does not fit")
    return Long(fitting(whole, LONG_LIMIT)) if name == "long" else int(fitting(whole, INT_LIMIT))


def json_cast(token: JToken | None, name: str) -> Any:
    """An explicit conversion of a token, `(string)token["x"]` or `Value<T>()`."""
    is_optional = name.endswith("?")
    base = name.rstrip("?")
    if token is None:
        if base in OF_JSON and not is_optional:
            raise Thrown("ArgumentNullException")
        return None
    if base in {"JObject", "JArray", "JToken", "JValue"}:
        return checked_cast(token, base)
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
    if name not in OF_JSON:
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
        if _DOUBLE.fullmatch(stripped):
            return float(stripped)
        if any(letter.isdigit() for letter in stripped) or not stripped.isascii():
            raise NotKnown("a number in the form of a culture")
        raise Thrown("FormatException")
    digits = stripped[1:] if stripped[:1] in {"+", "-"} else stripped
    if not digits.isascii() or not digits.isdigit():
        raise Thrown("FormatException")
    if len(digits) > MOST_DIGITS:
        raise NotKnown("a number of so many digits")
    limit = LONG_LIMIT if name == "long" else INT_LIMIT
    if not -limit <= int(stripped) < limit:
        raise Thrown("OverflowException")
    return Long(int(stripped)) if name == "long" else int(stripped)
