"""Long texts of a result cut to a readable length, after everything secret in them was masked.

Cutting first could leave half a secret that masking no longer finds.
"""

from typing import Any

from console.core.json.text import shorten

LIMITS = {
    "behind": 300,
    "here": 400,
    "need": 160,
    "passed_summary": 300,
    "quoted": 160,
    "rule": 80,
    "title": 160,
    "todo": 300,
    "weakness": 400,
    "what": 240,
}


def clipped(value: Any) -> Any:
    """The same with the texts under these names cut; a cut says how long the whole is."""
    if isinstance(value, dict):
        return {name: _text(item, LIMITS.get(name)) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [clipped(item) for item in value]
    return value


def _text(item: Any, limit: int | None) -> Any:
    if limit is not None and isinstance(item, str):
        return shorten(item, limit) if len(item) > limit else item
    return clipped(item)
