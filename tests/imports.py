"""Who imports whom in the house, read from its text, and where that runs in a circle."""

import ast
from collections.abc import Iterable
from pathlib import Path

Edges = dict[str, set[str]]


def imports_of(files: Iterable[Path], root: Path) -> Edges:
    """Each module with the modules of `files` that it imports, at the top or inside a function, for types or to run."""
    modules = {_module(path, root): path for path in files}
    return {name: _imported(path, modules) - {name} for name, path in modules.items()}


def circles(edges: Edges) -> list[list[str]]:
    """Groups of modules of which each imports, by way of others, each other one; none is what we want.

    A module that nothing imports, or that imports nothing, is in no circle: what is left when all of these are taken
    away, again and again, are the circles and the ways between them.
    """
    left = {name: set(targets) for name, targets in edges.items()}
    while True:
        imported = {target for targets in left.values() for target in targets}
        ends = {name for name, targets in left.items() if not targets or name not in imported}
        if not ends:
            break
        left = {name: targets - ends for name, targets in left.items() if name not in ends}
    reached = {name: _reached(name, left) for name in left}
    groups = {tuple(sorted(other for other in reached[name] if name in reached[other])) for name in left}
    return [list(group) for group in sorted(groups) if group]


def _reached(start: str, edges: Edges) -> set[str]:
    found: set[str] = set()
    waiting = set(edges[start])
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= edges[name] - found
    return found


def _module(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _imported(path: Path, modules: dict[str, Path]) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                found.add(inside if inside in modules else node.module)
    return found & modules.keys()
