"""The catalogues of the house, one row a kind, and what must hold for each entry.

Read by `tests/test_architecture.py`, which fails, and by `python -m tests new`, which begins an entry.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
BLANK = "(to be written)"  # what `python -m tests new` leaves to its author, in an entry and in its test
TABLES_OF_A_STAGE = ("MATCHES", "NEAR_MISSES", "MISSING", "MESSAGES")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`listing` is the explicit tuple of the package, `constant` what the file of an entry declares: one entry, or a
    tuple of them. `key` identifies an entry; `fields` are read by people.

    An entry is proved by a test module of its own name in the mirrored folder; with `is_proved_by_rows`, by a row in
    each table of its stage's test module.
    """

    kind: str
    package: str
    listing: str
    constant: str
    key: str
    fields: tuple[str, ...]
    is_proved_by_rows: bool = False

    @property
    def tests(self) -> str:
        """The package of its tests, which mirrors it."""
        return self.package.replace("console.", "tests.", 1)


CATALOGUES = (
    Catalogue("check", "console.core.checks", "CHECKS", "CHECK", "code", ("title", "source", "why")),
    Catalogue("client_auth", "console.core.client_auth", "CLIENT_AUTHS", "CLIENT_AUTH", "code", ("title", "source")),
    Catalogue("grant", "console.core.grants", "GRANTS", "GRANT", "code", ("title", "grant_type", "source")),
    Catalogue("sandbox_grant", "console.sandbox.idp.grants", "GRANTS", "GRANT", "grant_type", ()),
    Catalogue("provider", "console.core.providers", "PROVIDERS", "PROVIDER", "code", ("title",)),
    Catalogue("policy", "console.core.policy.policies", "POLICIES", "POLICY", "name", ("title", "source")),
    Catalogue("cause", "console.core.diagnosis", "CAUSES", "CAUSE", "slug", ("title", "what", "do", "who"), True),
    Catalogue("run", "console.core.runs", "RUNS", "KIND", "code", ("title",)),
    Catalogue("preflight", "console.core.preflight", "STAGES", "STAGE", "code", ("title", "explains")),
    Catalogue("snippet", "console.core.snippets", "SNIPPETS", "SNIPPET", "code", ("title", "needs", "file_name")),
    Catalogue("finder", "console.services.finder", "FINDERS", "FINDER", "code", ("title",)),
    Catalogue("fault", "console.sandbox.faults", "FAULTS", "FAULTS", "code", ("title", "explanation")),
)


def listed(catalogue: Catalogue) -> tuple[Any, ...]:
    entries = getattr(importlib.import_module(catalogue.package), catalogue.listing)
    return tuple(entries.values()) if isinstance(entries, dict) else tuple(entries)


def declared(catalogue: Catalogue) -> dict[str, tuple[Any, ...]]:
    """What each module of the package declares, a tuple of several entries taken apart."""
    found = {}
    package = importlib.import_module(catalogue.package)
    for module in pkgutil.walk_packages(package.__path__, f"{catalogue.package}."):
        if not module.ispkg:
            value = vars(importlib.import_module(module.name)).get(catalogue.constant)
            if value is not None:
                found[module.name] = value if isinstance(value, tuple) else (value,)
    return found


def empty_fields(catalogue: Catalogue) -> list[str]:
    return [
        f"{getattr(entry, catalogue.key)}.{field}"
        for entry in listed(catalogue)
        for field in catalogue.fields
        if not str(getattr(entry, field)).strip()
    ]


def left_blank(catalogue: Catalogue) -> list[str]:
    """Each line that its author has still to write, as `file:line: text`."""
    files = {path_of(module) for module in declared(catalogue)} | {
        test for module in declared(catalogue) if (test := path_of(_test_of(catalogue, module))).exists()
    }
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted(files)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if BLANK in line
    ]


def unproved(catalogue: Catalogue) -> list[str]:
    """Each entry without a test of its own, with what is missing."""
    find = _missing_rows if catalogue.is_proved_by_rows else _missing_test
    return [problem for module, entries in declared(catalogue).items() for problem in find(catalogue, module, entries)]


def _test_of(catalogue: Catalogue, module: str) -> str:
    name = module.removeprefix(f"{catalogue.package}.").split(".")[0 if catalogue.is_proved_by_rows else -1]
    return f"{catalogue.tests}.test_{name}"


def path_of(module: str) -> Path:
    """The file of a module that is no package."""
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def _missing_rows(catalogue: Catalogue, module: str, entries: tuple[Any, ...]) -> Iterator[str]:
    test = _test_of(catalogue, module)
    tables = vars(importlib.import_module(test))
    for entry in entries:
        slug = getattr(entry, catalogue.key)
        for table in TABLES_OF_A_STAGE:
            if slug not in {row[0] for row in tables[table]}:
                yield f"{slug}: no row in {table} of {test}"


def _missing_test(catalogue: Catalogue, module: str, entries: tuple[Any, ...]) -> Iterator[str]:
    """A test module that only has the right name proves nothing: it must assert, and be about this entry.

    It is when it imports the entry's module; where a module declares several entries, when a text of it names each.
    """
    test = path_of(_test_of(catalogue, module))
    if not test.exists():
        yield f"{module}: no {test.relative_to(ROOT)}"
        return
    tree = ast.parse(test.read_text("utf-8"))
    if not any(isinstance(node, ast.Assert) for node in ast.walk(tree)):
        yield f"{module}: {test.relative_to(ROOT)} asserts nothing"
    is_imported = len(entries) == 1 and _imports(tree, module)
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    if (title := ast.get_docstring(tree, clean=False)) is not None:
        texts.remove(title)  # it says what is tested, and tests nothing
    for entry in entries:
        key = getattr(entry, catalogue.key)
        if not is_imported and not any(re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text) for text in texts):
            yield f"{key}: {test.relative_to(ROOT)} does not name it"


def _imports(tree: ast.AST, module: str) -> bool:
    package, _, name = module.rpartition(".")
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module == module or (node.module == package and name in {one.name for one in node.names}))
        for node in ast.walk(tree)
    )
