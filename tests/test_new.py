"""`python -m tests new`: in a copy of the tree each kind is begun, listed, importable, and what is empty is named."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.catalogues import BLANK, CATALOGUES, ROOT, Catalogue

NAME = "example_of_a_new_one"
CODE = NAME.replace("_", "-")
HAVE_A_SCAFFOLD = [one for one in CATALOGUES if (ROOT / "tests/new" / f"{one.kind}.entry.txt").exists()]
PARTS = ("console", "tests/new", "tests/core", "tests/sandbox", "tests/peers", "tests/npm", "pyproject.toml")
PLAIN_PYTEST = ("-q", "-n", "0", "-p", "no:django", "-p", "no:randomly", "-c", "/dev/null", "--rootdir", ".")
ASKED = """
import json, sys
from tests.catalogues import CATALOGUES, empty_fields, left_blank, listed, unproved
one = next(one for one in CATALOGUES if one.kind == sys.argv[1])
codes = [getattr(entry, one.key) for entry in listed(one)]
print(json.dumps([codes, empty_fields(one), left_blank(one), unproved(one)]))
"""


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """A copy for tests that change nothing in it."""
    return copied_to(tmp_path_factory.mktemp("untouched"))


@pytest.fixture
def copy(untouched):
    """The same, put in order afterwards: in a new one every process would compile all that it reads."""
    before = contents(untouched)
    yield untouched
    for path, content in contents(untouched).items():
        if path not in before:
            path.unlink()
        elif content != before[path]:
            path.write_bytes(before[path])
    assert contents(untouched) == before


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}


def copied_to(folder: Path) -> Path:
    """The tree without what no entry needs: pages, the other tests, what tools have left."""
    skipped = shutil.ignore_patterns("__pycache__", "migrations")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=skipped)
        else:
            shutil.copy(source, folder / part)
    for path in (ROOT / "tests").glob("*.py"):
        shutil.copy(path, folder / "tests")
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )


def begin(folder: Path, catalogue: Catalogue) -> subprocess.CompletedProcess[str]:
    stage = "signature/" if catalogue.is_proved_by_rows else ""
    return run(folder, "-m", "tests", "new", catalogue.kind, f"{stage}{NAME}")


def ask(folder: Path, catalogue: Catalogue) -> list[list[str]]:
    """Codes that are listed; empty fields; lines left blank; entries without a test."""
    told = run(folder, "-c", ASKED, catalogue.kind)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def written(told: subprocess.CompletedProcess[str], folder: Path) -> list[Path]:
    return [folder / line.partition(": ")[2] for line in told.stdout.splitlines() if line.startswith("written: ")]


@pytest.mark.parametrize("catalogue", HAVE_A_SCAFFOLD, ids=lambda one: one.kind)
def test_a_new_entry_is_listed_its_test_fails_and_what_is_still_empty_is_named(copy, catalogue):
    before = ask(copy, catalogue)[0]
    told = begin(copy, catalogue)
    assert told.returncode == 0, told.stderr + told.stdout
    files = written(told, copy)
    codes, empty, blank, without_test = ask(copy, catalogue)
    assert sorted(codes) == sorted([*before, CODE])
    assert (empty, without_test) == ([], [])
    assert {copy / line.partition(":")[0] for line in blank} == set(files[:2])
    assert all(BLANK in line for line in blank)
    linted = run(copy, "-m", "ruff", "check", "--quiet", *map(str, files))
    assert (linted.returncode, linted.stdout) == (0, "")
    assert run(copy, "-m", "ruff", "format", "--check", *map(str, files)).returncode == 0
    only_it = ("-k", CODE) if catalogue.is_proved_by_rows else ()
    tested = run(copy, "-m", "pytest", *PLAIN_PYTEST, str(files[1]), *only_it)
    assert (tested.returncode, tested.stderr) == (1, "")  # 1: tests ran and failed; anything wrong with the file is 2
    for path in files[:2]:
        path.write_text(path.read_text("utf-8").replace(BLANK, "Said in words."), "utf-8")
    assert ask(copy, catalogue)[1:] == [[], [], []]


def test_an_entry_without_its_test_is_named(copy):
    check = next(one for one in CATALOGUES if one.kind == "check")
    _, test, _ = written(begin(copy, check), copy)
    test.write_text('"""The check example-of-a-new-one."""\n\n\ndef test_nothing():\n    pass\n', "utf-8")
    where = str(test.relative_to(copy))
    assert ask(copy, check)[3] == [
        f"console.core.checks.{NAME}: {where} asserts nothing",
        f"{CODE}: {where} does not name it",
    ]
    test.unlink()
    assert ask(copy, check)[3] == [f"console.core.checks.{NAME}: no {where}"]


def test_a_cause_without_a_row_is_named(copy):
    cause = next(one for one in CATALOGUES if one.kind == "cause")
    _, test, _ = written(begin(copy, cause), copy)
    text = test.read_text("utf-8")
    assert text.count(f'"{CODE}"') == 4
    test.write_text(text.replace(f'("{CODE}", "pasted", ', '("signature-invalid", "pasted", '), "utf-8")
    assert ask(copy, cause)[3] == [f"{CODE}: no row in MISSING of tests.core.diagnosis.test_signature"]


REFUSED = [
    ((), "usage: "),
    (("check",), "usage: "),
    (("page", NAME), "usage: "),
    (("check", "Audience"), "'Audience' is no name"),
    (("check", "class"), "'class' is no name"),
    (("check", "../x"), "A check has no stage."),
    (("check", "audience"), "console/core/checks/audience.py is there already."),
    (("cause", NAME), "A cause belongs to a stage: STAGE/NAME with one of api, authorization, "),
    (("cause", f"nowhere/{NAME}"), "A cause belongs to a stage"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_what_cannot_be_begun_is_told_and_nothing_is_written(untouched, arguments, words):
    before = contents(untouched)
    told = run(untouched, "-m", "tests", "new", *arguments)
    assert (told.returncode, told.stderr) == (2, "")
    assert told.stdout.startswith(words)
    assert contents(untouched) == before
