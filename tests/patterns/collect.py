"""Every compiled pattern that the package keeps, and how the package applies each one."""

import ast
import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from types import ModuleType

import msgspec

import console

ROOT = Path(console.__file__).parent
# Importing these does something: they are entry points, and hold no pattern (the lint below reads them all the same).
_ENTRY_POINTS = ("console.wsgi", "console.migrations", "console.management.commands")
ANCHORED = frozenset({"match", "fullmatch"})
_METHODS = ANCHORED | {"search", "finditer", "findall", "sub", "subn", "split", "scanner"}


@dataclass(slots=True)
class Kept:
    """A pattern, where it was found, and the methods it is called by; without any it is taken to be searched with."""

    pattern: re.Pattern
    places: list[str] = field(default_factory=list)
    methods: set[str] = field(default_factory=set)

    @property
    def is_anchored(self) -> bool:
        return bool(self.methods) and self.methods <= ANCHORED


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(console.__path__, "console."):
        if not found.name.startswith(_ENTRY_POINTS):
            yield importlib.import_module(found.name)


@cache
def kept_patterns() -> tuple[Kept, ...]:
    """Each pattern once, however many names it has."""
    found: dict[int, Kept] = {}
    used = methods_by_name()
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _inside(value, set()):
                kept = found.setdefault(id(pattern), Kept(pattern))
                kept.places.append(f"{module.__name__}.{name}")
                kept.methods |= (
                    used.get(key(module.__name__, name), set())
                    if value is pattern
                    else _of_table(used.get(key(module.__name__, name), set()))
                )
    return tuple(found.values())


def _of_table(used: set[str]) -> set[str]:
    """A table is handed on as a value in many ways; only one that is applied where it is chosen from is anchored."""
    return used if used and used <= ANCHORED else {"search"}


def _inside(value: object, seen: set[int]) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    if id(value) in seen or isinstance(value, str | bytes | type):
        return
    seen.add(id(value))
    for part in _parts(value):
        yield from _inside(part, seen)


def _parts(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, tuple | list | set | frozenset):
        return list(value)
    if isinstance(value, partial):
        return [*value.args, *value.keywords.values()]
    if dataclasses.is_dataclass(value):
        return [getattr(value, one.name, None) for one in dataclasses.fields(value)]
    if isinstance(value, msgspec.Struct):
        return [getattr(value, name) for name in value.__struct_fields__]
    return []


def sources(*holding: str) -> Iterator[tuple[str, ast.Module]]:
    """Each module that holds one of these texts; without any, each module."""
    for path in sorted(ROOT.rglob("*.py")):
        text = path.read_text()
        if not holding or any(one in text for one in holding):
            yield path.relative_to(ROOT.parent).as_posix(), ast.parse(text)


def methods_by_name() -> dict[tuple[str, str], set[str]]:
    """The methods called on each name, by (module, name); a public name is one for all modules, "" in place of theirs.

    A pattern that is passed on as a value counts as searched with.
    """
    used: dict[tuple[str, str], set[str]] = {}
    for path, tree in sources():
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        called, nodes = set(), list(ast.walk(tree))
        for node in nodes:
            if isinstance(node, ast.Compare):  # NAME in TABLE looks at the names of a table
                called.update(one for one in node.comparators if isinstance(one, ast.Name))
            if not isinstance(node, ast.Attribute) or node.attr == "get":
                continue
            for name in _chosen_from(node.value):
                called.add(name)
                if node.attr in _METHODS:
                    used.setdefault(key(module, name.id), set()).add(node.attr)
        for node in nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in called:
                used.setdefault(key(module, node.id), set()).add("search")
    return used


def _chosen_from(node: ast.expr) -> list[ast.Name]:
    """The names a pattern comes from: NAME, or TABLE[...] and TABLE.get(..., NAME) of tables that hold patterns."""
    if isinstance(node, ast.Name):
        return [node]
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        return [node.value]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        return [part for part in (node.func.value, *node.args[1:]) if isinstance(part, ast.Name)]
    return []


def key(module: str, name: str) -> tuple[str, str]:
    return (module if name.startswith("_") else "", name)
