"""A JSON value as text that can be searched."""

import json
from typing import Any

MAX_DEPTH = 40


def flat(value: Any, depth: int = 0) -> str:
    """A JSON value as lines of "name: value", nested names left out; texts as they are. What lies too deep is left
    out."""
    if depth > MAX_DEPTH:
        return ""
    if isinstance(value, dict):
        return "\n".join(_line(str(name), one, depth) for name, one in value.items())
    if isinstance(value, list):
        return "\n".join(flat(one, depth + 1) for one in value)
    if type(value) is int:  # most are: what gives the text of any value takes ten times as long
        return str(value)
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def _line(name: str, value: Any, depth: int) -> str:
    if isinstance(value, list) and not value:
        return f"{name}: []"
    inner = flat(value, depth + 1)
    return f"{name}: {inner}" if "\n" not in inner else f"{name}:\n{inner}"
