"""What a reader of one format is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from console.core.call_imports.draft import ImportDraft


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads a format that is text of its own. `knows` says whether a text is of it."""

    code: str
    title: str
    knows: Callable[[str], bool]
    read: Callable[[str, ImportDraft], None]


@dataclass(frozen=True, slots=True)
class ValueReader:
    """Reads a format that is JSON or YAML: what is handed over is the outermost object."""

    code: str
    title: str
    knows: Callable[[dict[str, Any]], bool]
    read: Callable[[dict[str, Any], ImportDraft], None]
