"""The elements of what can be gone through: arrays, lists, texts, bytes and JSON."""

from collections.abc import Callable
from typing import Any

from console.core.policy.csharp.as_text import bounded_join, text_of
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import JArray, JObject, JProperty, JToken
from console.core.policy.csharp.operators import equal
from console.core.policy.csharp.values import Boxed, Char, Lambda, Sequence, must_be_short


def items_of(value: Any) -> list[Any] | None:
    """The elements of what can be gone through; None for what cannot."""
    if isinstance(value, Sequence):
        return value.items
    if isinstance(value, str | bytes | bytearray):
        must_be_short(len(value))
        return list(value) if not isinstance(value, str) else [Char(one) for one in value]
    if isinstance(value, JArray):
        return list(value.items)
    if isinstance(value, JObject):
        return [property_of(value, name) for name in value.members]
    return None


def property_of(holder: JObject, name: str) -> JProperty:
    """The property of an object; it is the same each time only by what it stands for."""
    return JProperty(name, holder.members[name], parent=holder)


def index(value: Sequence, key: Any) -> Any:
    if isinstance(key, bool) or not isinstance(key, int):
        raise NotKnown("an index that is no number")
    if not 0 <= key < len(value.items):
        raise Thrown("IndexOutOfRangeException" if value.kind == "array" else "ArgumentOutOfRangeException")
    return value.items[key]


def same(left: Any, right: Any) -> bool:
    """Equals() of elements; boxed ones by what is in them."""
    a = left.value if isinstance(left, Boxed) else left
    b = right.value if isinstance(right, Boxed) else right
    if type(a) is not type(b) and not (isinstance(a, str) and isinstance(b, str)):
        if a is None or b is None:
            return False
        raise NotKnown("Equals of two kinds of values")
    return equal(a, b)


def lambda_of(value: Any) -> Callable[..., Any]:
    if isinstance(value, Lambda):
        return value.call
    raise NotKnown("an argument that is no lambda")


def joined(separator: Any, values: Any) -> str:
    """string.Join."""
    found = items_of(values)
    if found is None or isinstance(values, str):
        raise NotKnown("string.Join of this")
    return bounded_join(text_of(separator), found)


def is_enumerable(value: Any) -> bool:
    return isinstance(value, JToken) or items_of(value) is not None
