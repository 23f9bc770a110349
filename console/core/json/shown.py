"""How much of a foreign value a page shows: bounded by what came in, whatever it is.

Indentation multiplies: 240 KB of numbers below sixty objects are 24 MB of lines. So the size is known before a line is
made.
"""

import re
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from console.core.json.text import json_text

T = TypeVar("T")

MAX_SHOWN = 256 * 1024  # characters of one value
MAX_ROWS = 500  # of one table
STEP = 2  # blanks of indentation for each level
_SIGNS = re.compile(r'(?<!\\)"(?:[^"\\]++|\\.)*+"|[\[\]{},]', re.DOTALL)  # possessive: linear on any text


def indented_size(text: str) -> int:
    """Characters of a JSON text once it is indented, at most a few per cent too many."""
    depth, added = 0, 0
    for found in _SIGNS.finditer(text):
        sign = found.group()
        if sign in ("{", "["):
            depth += 1
        elif sign in ("}", "]"):
            depth = max(0, depth - 1)
        elif sign != ",":
            continue
        added += 1 + STEP * depth
    return len(text) + added + text.count(":")


def _most_indented(text: str) -> int:
    """More characters than `indented_size` ever finds, at a fraction of its work: for most values it is enough."""
    opened = text.count("{") + text.count("[")
    signs = 2 * opened + text.count(",")
    return len(text) + signs * (1 + STEP * opened) + text.count(":")


def indented_body(body: bytes, *, limit: int = MAX_SHOWN) -> str:
    """A JSON text indented, digit for digit; "" when it is none, or too large then."""
    if body.lstrip()[:1] not in (b"{", b"[") or indented_size(body.decode("utf-8", "replace")) > limit:
        return ""
    try:
        return msgspec.json.format(body, indent=STEP).decode("utf-8", "replace")
    except (msgspec.DecodeError, RecursionError):
        return ""


def _indented(value: Any, line: str) -> str:
    """`json_text` of a value indented, made of its one line where that is quicker; half a character is not."""
    try:
        return msgspec.json.format(line, indent=STEP)
    except (msgspec.DecodeError, RecursionError):
        return json_text(value, indent=STEP)


def shown_json(value: Any, *, limit: int = MAX_SHOWN) -> tuple[str, str]:
    """A value as JSON text for a page, and a sentence on its form ("" when it is indented and whole)."""
    line = json_text(value)
    if _most_indented(line) <= limit or indented_size(line) <= limit:
        return _indented(value, line), ""
    if len(line) <= limit:
        return line, "On one line: indented it would be too large to show."
    return cut(line, limit=limit), f"Cut: the whole has {len(line):,} characters, which is too large to show."


def cut(text: str, *, limit: int = MAX_SHOWN) -> str:
    """The text, or its beginning with how long the whole is."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… (too large to show: the first {limit:,} of {len(text):,} characters)"


def first_rows(rows: Sequence[T], what: str, *, limit: int = MAX_ROWS) -> tuple[Sequence[T], str]:
    """The first rows of a long table, and a sentence on the rest ("" when there is none). `what`: "claims"."""
    if len(rows) <= limit:
        return rows, ""
    told = f"Shown are the first {limit} of {len(rows):,} {what}; the copied token or JSON holds all of them."
    return rows[:limit], told
