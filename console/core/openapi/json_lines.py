"""The lines in which members of a JSON text stand, found by one walk that enters only what is asked for."""

import json
import re
from typing import Any

from console.core.openapi.problems import Pointer

_DECODER = json.JSONDecoder(parse_int=str)  # no number is computed with
_BLANK = re.compile(r"[ \t\r\n]*")
_LINE = "\n"


def lines_of(text: str, wanted: list[Pointer]) -> dict[Pointer, int]:
    """The line (from 1) of each place, or of what holds it. `text` is a JSON document that parses."""
    offsets: dict[Pointer, int] = {}
    paths: dict[str, Any] = {}
    for where in wanted:
        branch = paths
        for name in where:
            branch = branch.setdefault(name, {})
    _enter(text, _skip(text, 0), paths, (), offsets)
    starts: dict[Pointer, int] = {}
    for where in wanted:
        known = next((where[:end] for end in range(len(where), 0, -1) if where[:end] in offsets), None)
        starts[where] = text.count(_LINE, 0, offsets[known]) + 1 if known else 1
    return starts


def _enter(text: str, at: int, paths: dict[str, Any], here: Pointer, offsets: dict[Pointer, int]) -> int:
    """Walks the value that begins at an offset; gives where it ends. It goes no deeper than what is asked for."""
    if not paths or text[at] not in "{[":
        return _DECODER.raw_decode(text, at)[1]
    closing, index = ("}" if text[at] == "{" else "]"), 0
    at = _skip(text, at + 1)
    while text[at] != closing:
        name, begin = str(index), at
        if closing == "}":
            name, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        branch = paths.get(name, {})
        if name in paths:
            offsets[(*here, name)] = begin
        at = _skip(text, _enter(text, at, branch, (*here, name), offsets))
        if text[at] == ",":
            at = _skip(text, at + 1)
        index += 1
    return at + 1


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
