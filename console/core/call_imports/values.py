"""Members of a document that anybody may have written: of the wrong type counts as absent."""

from collections.abc import Iterator
from typing import Any

from console.core.json.text import json_text
from console.core.json.values import NumberText

MAX_ROWS = 300  # of one list


def mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def word(value: Any) -> str:
    """A text, a number or a truth value as text; "" for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, NumberText):
        return value.text
    return json_text(value) if isinstance(value, bool | int) else ""


def text(value: Any, name: str) -> str:
    return word(value.get(name)) if isinstance(value, dict) else ""


def rows(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list that are not switched off."""
    for one in value[:MAX_ROWS] if isinstance(value, list) else ():
        if isinstance(one, dict) and one.get("disabled") is not True and one.get("enabled") is not False:
            yield one


def pairs(value: Any, *, name: str = "key") -> list[tuple[str, str]]:
    """(name, value) of rows that have a name."""
    found = ((text(row, name), text(row, "value")) for row in rows(value))
    return [pair for pair in found if pair[0]]
