"""Scripts and tests beside a call: they are not run here, and whoever imports is told how many there were."""

from collections.abc import Iterable, Iterator
from typing import Any

from console.core.call_imports.model import LeftOut
from console.core.call_imports.values import MAX_ROWS, mapping, rows, text
from console.core.openapi.problems import Problems

BEFORE, AFTER, TESTS = "Script before the call", "Script after the answer", "Tests"
WHY = "Scripts and tests are not run here; what is expected of answers is written in a collection."
_EVENTS = {"prerequest": BEFORE, "test": TESTS}


def left_out(names: Iterable[str]) -> tuple[LeftOut, ...]:
    """One for each script, by the name of its kind."""
    return tuple(LeftOut(name, "script", WHY) for name in names)


def tell(names: Iterable[str], problems: Problems, *where: str) -> None:
    """Says at its place that a folder, or the whole collection, has scripts which run around each of its calls."""
    if any(names):
        problems.at("Scripts are not imported: what they set or check is left out.", *where)


def of_events(listed: Any) -> Iterator[str]:
    """Those of Postman that hold a line: it writes empty ones too."""
    for event in rows(listed):
        lines = mapping(event.get("script")).get("exec")
        kind = _EVENTS.get(text(event, "listen"))
        if kind and _has_text(lines):
            yield kind


def of_members(holder: Any, kinds: dict[str, str]) -> Iterator[str]:
    """Of tools that keep each script as a member; `kinds` gives the kind by the member's name."""
    for name, kind in kinds.items():
        if _has_text(mapping(holder).get(name)):
            yield kind


def _has_text(value: Any) -> bool:
    """A script is a text, or a list of lines."""
    lines = value[:MAX_ROWS] if isinstance(value, list) else [value]
    return any(isinstance(line, str) and not line.isspace() and line for line in lines)
