"""The value of an expression as JSON."""

from typing import Any

from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.json_values import JToken, plain
from console.core.policy.csharp.values import (
    Boxed,
    Char,
    DateValue,
    Dictionary,
    Dynamic,
    EnumMember,
    Guid,
    HeldValue,
    Long,
    Sequence,
    Span,
    Thing,
    Unknowable,
)
from console.core.policy.csharp.xml_values import XAttribute, XDocument, XElement, XName, XNamespace

_OWN = (XElement, XAttribute, XDocument, XName, XNamespace, Guid, DateValue, Span, JToken, Long, Char, bytes, bytearray)


def as_json(value: Any) -> Any:
    """bool, int, float, text, list, dict or None; NotKnown for what has no such form."""
    if isinstance(value, Boxed | Dynamic):
        return as_json(value.value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, JToken):
        return plain(value)
    if isinstance(value, Guid):
        return value.text
    return _as_json(value)


def _as_json(value: Any) -> Any:
    if isinstance(value, Sequence):
        return [as_json(one) for one in value.items]
    if isinstance(value, Dictionary):
        return {str(key): as_json(one) for key, one in value.items.items()}
    if isinstance(value, EnumMember):
        return value.name
    if isinstance(value, Unknowable):
        raise NotKnown(value.part)
    raise NotKnown("a value of this kind as a result")


def as_variable(value: Any) -> Any:
    """The value with its type, as later expressions are given it; NotKnown for what is not kept."""
    if isinstance(value, Boxed | Dynamic):
        return as_variable(value.value)
    if value is None or type(value) in (bool, int, float, str):
        return value
    is_token = isinstance(value, Thing) and value.name == "Jwt"
    if is_token or isinstance(value, _OWN) or (isinstance(value, Sequence) and all(map(_is_plain, value.items))):
        return HeldValue(value)
    raise NotKnown(value.part if isinstance(value, Unknowable) else "a variable of this type")


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float | str)
