"""The value of an expression as JSON."""

from typing import Any

from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.json_values import JToken, plain
from console.core.policy.csharp.values import Boxed, Dictionary, Guid, Member, Sequence, Untold


def as_json(value: Any) -> Any:
    """bool, int, float, text, list, dict or None; NotKnown for what has no such form."""
    if isinstance(value, Boxed):
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
    if isinstance(value, Member):
        return value.name
    if isinstance(value, Untold):
        raise NotKnown(value.part)
    raise NotKnown("a value of this kind as a result")
