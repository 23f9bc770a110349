"""A JSON text as a tree of bounded size: one level is read at a time, and what is not opened is only measured.

Values are shown as they are written, digit for digit. A part is named by positions ("0.3"), so that an address of a
page holds nothing of the body.
"""

from collections import deque
from dataclasses import dataclass, field

import msgspec
from msgspec import Raw

MAX_NODES = 600
MAX_MEMBERS = 100  # of one object or array that are shown at once
MAX_COMMAS = 600_000  # of a text that is made a tree: each value of the opened level is held
_MAX_DEPTH = 64
_OPEN_LEVELS = 3
_LONGEST_VALUE, _LONGEST_NAME = 400, 120
_KINDS = {"{": "object", "[": "array", '"': "string", "t": "boolean", "f": "boolean", "n": "null"}

Path = tuple[int, ...]


@dataclass(slots=True)
class TreeNode:
    """`name` is of the member, None for an item and the root; `text` of a value as it is written, cut.

    An object or array has `count` members once it was read, else None; `nodes` are those shown, from number `first`.
    """

    path: Path
    name: str | None
    kind: str
    text: str = ""
    size_bytes: int = 0
    count: int | None = None
    first: int = 0
    nodes: list["TreeNode"] = field(default_factory=list)

    @property
    def is_container(self) -> bool:
        return self.kind in ("object", "array")

    @property
    def rest(self) -> int:
        """How many members behind those that are shown."""
        return (self.count or 0) - self.first - len(self.nodes)


@dataclass(frozen=True, slots=True)
class BodyTree:
    """`above` are the nodes on the way to the root of what is shown, outermost first, as (path, name or position)."""

    root: TreeNode
    above: tuple[tuple[Path, str], ...] = ()


def is_too_large(text: bytes) -> bool:
    return text.count(b",") > MAX_COMMAS


def tree_of(text: bytes, at: Path = (), first: int = 0) -> BodyTree | None:
    """The tree of the part at that path, its members from number `first` on; None for what is no JSON, or too large,
    and the whole for a path that leads nowhere. `text` is UTF-8.
    """
    if is_too_large(text):
        return None
    try:
        whole = msgspec.json.decode(text, type=Raw)
        _members(whole) if _kind(whole) in ("object", "array") else msgspec.json.decode(whole)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    found = _followed(whole, at[:_MAX_DEPTH])
    if found is None:
        return tree_of(text) if at else None
    raw, name, above = found
    root = _node(raw, at[:_MAX_DEPTH], name)
    _open(root, raw, max(0, first))
    return BodyTree(root, above)


def _followed(whole: Raw, at: Path) -> tuple[Raw, str | None, tuple[tuple[Path, str], ...]] | None:
    raw, name = whole, None
    above: list[tuple[Path, str]] = []
    for depth, position in enumerate(at):
        members = _members(raw)
        if not 0 <= position < len(members):
            return None
        above.append((at[:depth], "whole" if not depth else name if name is not None else f"[{at[depth - 1]}]"))
        name, raw = members[position]
    return raw, name, tuple(above)


def _open(root: TreeNode, raw: Raw, first: int) -> None:
    """Level by level, so that what lies on the surface is shown before what lies deep."""
    left = MAX_NODES
    waiting = deque([(root, raw, 0)])
    while waiting and left > 0:
        node, inside, depth = waiting.popleft()
        members = _members(inside)
        node.count = len(members)
        node.first = min(first, max(0, len(members) - 1)) if node is root else 0
        shown = members[node.first : node.first + min(MAX_MEMBERS, left)]
        left -= len(shown)
        for position, (name, value) in enumerate(shown, node.first):
            child = _node(value, (*node.path, position), name)
            node.nodes.append(child)
            if child.is_container and depth < _OPEN_LEVELS:
                waiting.append((child, value, depth + 1))


def _members(raw: Raw) -> list[tuple[str | None, Raw]]:
    """Those of an object or array, in their order; [] for anything else, and for what no reader would take."""
    kind = _kind(raw)
    try:
        if kind == "object":
            return list(msgspec.json.decode(raw, type=dict[str, Raw]).items())
        if kind == "array":
            return [(None, item) for item in msgspec.json.decode(raw, type=list[Raw])]
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return []
    return []


def _node(raw: Raw, path: Path, name: str | None) -> TreeNode:
    view = memoryview(raw)
    kind = _kind(raw)
    node = TreeNode(path, None if name is None else _cut(name, _LONGEST_NAME), kind, size_bytes=view.nbytes)
    if not node.is_container:
        start = bytes(view[: 4 * _LONGEST_VALUE + 4]).decode("utf-8", "replace")
        whole = start if view.nbytes <= 4 * _LONGEST_VALUE + 4 else start + "…"
        node.text = _cut(whole, _LONGEST_VALUE)
    return node


def _kind(raw: Raw) -> str:
    view = memoryview(raw)
    start = bytes(view[:64]).lstrip()[:1].decode("latin-1")
    return _KINDS.get(start, "number")


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"
