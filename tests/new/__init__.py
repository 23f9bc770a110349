"""`python -m tests new KIND NAME`: begins an entry of a catalogue: its file, its test, its line in the explicit tuple.

What it writes is complete Python: it imports, passes the linters, and is run by the house. What only its author knows
stands as BLANK and is named, line by line, by `tests/test_architecture.py`; the entry's own test fails until the rule
is there. A kind is a row of `tests/catalogues.py` and its two templates in this folder; one that is proved by rows has
`KIND.rows.txt` in place of `KIND.test.txt`.
"""

import ast
import importlib
import keyword
import re
import subprocess
import sys
from pathlib import Path
from string import Template

from tests.catalogues import BLANK, CATALOGUES, ROOT, Catalogue

HERE = Path(__file__).parent
RUFF = Path(sys.executable).parent / "ruff"
USES = re.compile(r"# uses ([\w.]+): ([\w ]+)\n")
USAGE = "python -m tests new {kinds} NAME (for a cause STAGE/NAME; letters, digits and _)"


def main(arguments: list[str]) -> int:
    """0 when the entry was begun; 2 with the reason when nothing was written."""
    kinds = {one.kind: one for one in CATALOGUES if _template(one, "entry").exists()}
    if len(arguments) != 2 or arguments[0] not in kinds:
        print("usage:", USAGE.format(kinds="|".join(kinds)))
        return 2
    catalogue, (stage, _, name) = kinds[arguments[0]], arguments[1].replace("-", "_").rpartition("/")
    if problem := _problem(catalogue, stage, name):
        print(problem)
        return 2
    written = begin(catalogue, stage, name)
    print("\n".join(f"written: {path.relative_to(ROOT)}" for path in written))
    print(f'Replace each "{BLANK}", write the rule, and move the new line of the tuple where its order matters. Then:')
    print(f"pytest -n 0 {written[1].relative_to(ROOT)} tests/test_architecture.py")
    return 0


def begin(catalogue: Catalogue, stage: str, name: str) -> tuple[Path, ...]:
    """Writes entry, test and list line; gives the three files in this order."""
    package = f"{catalogue.package}.{stage}" if stage else catalogue.package
    words = {
        "module": name,
        "code": name.replace("_", "-"),
        "stage": stage.upper(),
        "package": package,
        "tests": catalogue.tests,
        "room": catalogue.tests.rpartition(".")[0],
        "blank": BLANK,
    }
    folder = _folder(package)
    entry, listing = folder / f"{name}.py", folder / "__init__.py"
    entry.write_text(_filled(catalogue, "entry", words), "utf-8")
    if catalogue.is_proved_by_rows:
        test = _folder(catalogue.tests) / f"test_{stage}.py"
        for row in _filled(catalogue, "rows", words).splitlines():
            table, _, text = row.partition(": ")
            _add_to(test, table, text)
    else:
        test = _folder(catalogue.tests) / f"test_{name}.py"
        test.write_text(_filled(catalogue, "test", words), "utf-8")
    star = "*" if catalogue.constant == catalogue.listing else ""
    _add_to(listing, catalogue.listing, f"{star}{name}.{catalogue.constant}")
    _import(listing, f"from {package} import {name}")
    for command in (["check", "--quiet", "--select", "I", "--fix"], ["format", "--quiet"]):
        subprocess.run([RUFF, *command, entry, test, listing], cwd=ROOT, check=True)
    return entry, test, listing


def _problem(catalogue: Catalogue, stage: str, name: str) -> str:
    """Why nothing of this name can be begun; "" when it can."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        return f"{name!r} is no name: small letters, digits and _, and no word of Python."
    package = _folder(catalogue.package)
    stages = sorted(path.stem.removeprefix("test_") for path in _folder(catalogue.tests).glob("test_*.py"))
    stages = [one for one in stages if (package / one).is_dir()] if catalogue.is_proved_by_rows else []
    if stages and stage not in stages:
        return f"A {catalogue.kind} belongs to a stage: STAGE/NAME with one of {', '.join(stages)}."
    if stage and not stages:
        return f"A {catalogue.kind} has no stage."
    taken = package / stage / f"{name}.py"
    return f"{taken.relative_to(ROOT)} is there already." if taken.exists() else ""


def _template(catalogue: Catalogue, part: str) -> Path:
    return HERE / f"{catalogue.kind}.{part}.txt"


def _filled(catalogue: Catalogue, part: str, words: dict[str, str]) -> str:
    """The template with its words. Its first line may name a neighbour: from where that one has the names it uses,
    this one imports them, so that no template knows where a module lies.
    """
    text = _template(catalogue, part).read_text("utf-8")
    imports = ""
    if uses := USES.match(text):
        text = text[uses.end() :]
        neighbour = importlib.import_module(f"{catalogue.package}.{uses[1]}")
        imports = "\n".join(f"from {vars(neighbour)[name].__module__} import {name}" for name in uses[2].split())
    return Template(text).substitute(words, imports=imports)


def _folder(package: str) -> Path:
    return ROOT.joinpath(*package.split("."))


def _add_to(path: Path, name: str, text: str) -> None:
    """Puts `text` at the end of the tuple or list `name`."""
    source = path.read_text("utf-8")
    value = next(
        node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and name in {one.id for one in getattr(node, "targets", [getattr(node, "target", None)]) if hasattr(one, "id")}
    )
    assert isinstance(value, ast.Tuple | ast.List), f"{name} of {path} is no tuple and no list"
    lines = source.encode().splitlines(keepends=True)
    end = sum(map(len, lines[: value.end_lineno - 1])) + value.end_col_offset - 1  # ast counts bytes
    before, after = source.encode()[:end].decode().rstrip(), source.encode()[end:].decode()
    comma = "" if before.endswith((",", "(", "[")) else ","
    path.write_text(f"{before}{comma}\n    {text},\n{after}", "utf-8")


def _import(path: Path, line: str) -> None:
    """Puts the import behind the docstring; the linter sorts and joins it."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    first = ast.parse("".join(lines)).body[0]
    at = first.end_lineno if isinstance(first, ast.Expr) else 0
    path.write_text("".join([*lines[:at], f"\n{line}\n", *lines[at:]]), "utf-8")
