"""A path to one value of a JSON answer: the singular queries of JSONPath (RFC 9535 section 2.3.5.1), and no others.

`$.orders[0].id`, `$['order lines'][-1]`: names and indices only. What selects one value at most needs no filters, no
wildcards and no search below, so it takes a step per segment, whatever the answer holds.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

MOST_CHARACTERS = 500
MOST_SEGMENTS = 32
MISSING: Any = object()  # what no value of JSON is
_SHORT = re.compile(r"\.([A-Za-z_\u0080-\ud7ff\ue000-\U0010ffff][0-9A-Za-z_\u0080-\ud7ff\ue000-\U0010ffff]{0,499})")
_INDEX = re.compile(r"\[ {0,9}(0|-?[1-9][0-9]{0,14}) {0,9}\]")
_QUOTED = re.compile(r"""\[ {0,9}(?:"((?:[^"\\]|\\.){0,499})"|'((?:[^'\\]|\\.){0,499})') {0,9}\]""")
_ONLY_IN_SINGLE = re.compile(r"\\(.)|\"", re.DOTALL)


@dataclass(frozen=True, slots=True)
class JsonPath:
    """`text` is the path as it was typed; `segments` are names of members (str) and indices (int)."""

    text: str
    segments: tuple[str | int, ...]

    def find(self, value: Any) -> Any:
        """The value there; MISSING where there is none. A negative index counts from the end."""
        for segment in self.segments:
            if isinstance(segment, str):
                value = value.get(segment, MISSING) if isinstance(value, dict) else MISSING
            elif isinstance(value, list) and -len(value) <= segment < len(value):
                value = value[segment]
            else:
                return MISSING
            if value is MISSING:
                return MISSING
        return value


@dataclass(frozen=True, slots=True)
class PathStart:
    """A path that a text begins with, and what follows it."""

    path: JsonPath
    rest: str


def read_start(text: str) -> PathStart | str:
    """The longest path that the text begins with, which ends at a blank; one sentence when it begins with none."""
    if not text.startswith("$"):
        return "A path begins with $, for example $.orders[0].id."
    at, segments = 1, list[str | int]()
    while at < len(text) and not text[at].isspace():
        found = _segment(text, at)
        if found is None:
            return _no_segment(text[at:])
        segment, at = found
        segments.append(segment)
        if at > MOST_CHARACTERS or len(segments) > MOST_SEGMENTS:
            return f"The path is too long: {MOST_CHARACTERS} characters and {MOST_SEGMENTS} parts are read at most."
    return PathStart(JsonPath(text[:at], tuple(segments)), text[at:].strip())


def _segment(text: str, at: int) -> tuple[str | int, int] | None:
    if found := _SHORT.match(text, at):
        return found[1], found.end()
    if found := _INDEX.match(text, at):
        return int(found[1]), found.end()
    if found := _QUOTED.match(text, at):
        name = _unescaped(found[1]) if found[1] is not None else _unescaped(_as_double(found[2]))
        return None if name is None else (name, found.end())
    return None


def _as_double(single: str) -> str:
    """What stood between single quotes as it would between double ones."""
    return _ONLY_IN_SINGLE.sub(lambda one: '\\"' if one[1] is None else "'" if one[1] == "'" else one[0], single)


def _unescaped(double: str) -> str | None:
    try:
        name = json.loads(f'"{double}"')
    except ValueError:
        return None
    return name if isinstance(name, str) else None


def _no_segment(rest: str) -> str:
    told = rest[:20]
    if rest.startswith("..") or "*" in rest[:3] or rest.startswith("[?") or ":" in rest.partition("]")[0]:
        return f"“{told}” could mean several values; name one, as in $.orders[0].id."
    return f"The path cannot be read from “{told}” on. Write .name, ['any name'] or [0]."
