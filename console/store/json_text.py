"""Values as ASCII JSON text: NUL, lone surrogates and NaN, which one database or the other refuses, stay harmless."""

import json
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_ENCODER = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


def dump(value: Any) -> str:
    """ASCII JSON of a core value; bytes become base64."""
    return _ENCODER.encode(msgspec.to_builtins(value))


def load(text: str, kind: type[T]) -> T:
    """The core value of that type; raises ValueError for a text that is not one (a row changed by hand)."""
    return msgspec.convert(json.loads(text), kind)


def size_of(value: Any) -> int:
    """Bytes of a core value as it is kept."""
    return len(dump(value))
