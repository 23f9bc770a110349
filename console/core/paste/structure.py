"""Named values of JSON inside a text: settings files, portal and command line output, exported environments."""

import json
from typing import Any

from console.core.paste.labels import LabelledValue, part_of

_TRIES = 5
_MOST_NODES = 5_000
_DECODER = json.JSONDecoder()


def read_json(text: str) -> tuple[list[LabelledValue], str]:
    """What the first JSON object in a text names, and the text without it. A text without JSON stays as it is."""
    start = -1
    for _ in range(_TRIES):
        start = text.find("{", start + 1)
        if start < 0:
            break
        try:
            value, end = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if value:
            return _named(value), f"{text[:start]}\n{text[end:]}"
    return [], text


def _named(value: Any) -> list[LabelledValue]:
    """Walks without recursion, in the order of the text."""
    found: list[LabelledValue] = []
    left: list[tuple[str, str, Any]] = [("", "", value)]
    for _ in range(_MOST_NODES):
        if not left:
            break
        parent, key, node = left.pop()
        if isinstance(node, list) and node and all(isinstance(item, str) for item in node):
            node = " ".join(node)
        if isinstance(node, dict):
            left += reversed(_members(key, node))
        elif isinstance(node, list):
            left += [(parent, key, item) for item in reversed(node)]
        elif isinstance(node, str) and (part := part_of(f"{parent} {key}") or part_of(key, is_json=True)):
            found.append(LabelledValue(part, node))
    return found


def _members(key: str, node: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """The members of an object; {"key": "client_id", "value": "…"} counts as one member."""
    name = node.get("key", node.get("name"))
    if isinstance(name, str) and isinstance(node.get("value"), str) and part_of(name):
        return [("", name, node["value"])]
    return [(key, str(member), item) for member, item in node.items()]
