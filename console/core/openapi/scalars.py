"""Plain words of YAML as values, by the core schema of YAML 1.2 (section 10.3): `no` and dates stay text."""

import re
from typing import Any

from console.core.json.values import NumberText

LONGEST_NUMBER = 18  # digits that are computed with; longer ones keep their text
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


def plain_value(text: str) -> Any:
    """None, bool, int, NumberText or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return NumberText(text) if len(text) <= 400 and _NUMBER.fullmatch(text) else text


def json_integer(text: str) -> int | NumberText:
    """An integer of JSON, as text where it is too long to compute with."""
    return int(text) if len(text) <= LONGEST_NUMBER else NumberText(text)
