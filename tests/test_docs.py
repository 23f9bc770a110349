"""The pages for people who work on the house name what is there: files, addresses, classes, the version."""

import ast
import re
import tomllib

import pytest

from tests.__main__ import STATIC
from tests.catalogues import ROOT

DOCS = sorted([*(ROOT / "console/docs").rglob("*.md"), ROOT / "README.md"])
LINK = re.compile(r"\[[^\]]+\]\(([^)#:]*)(?:#([\w-]+))?\)")
FILE = re.compile(r"`((?:[\w.]+/)+[\w.]*\.(?:py|js|css|yaml|toml)|[\w]+/)`")
PLACES = ("", "console", "console/core", "console/docs")  # what a path in a page may begin in
CLASS = re.compile(r"`([A-Z][a-z]\w+)`")
pages = pytest.mark.parametrize("doc", DOCS, ids=lambda path: str(path.relative_to(ROOT)))


@pages
def test_every_link_leads_somewhere(doc):
    for target, part in LINK.findall(doc.read_text("utf-8")):
        found = (doc.parent / target) if target else doc
        assert found.exists(), target
        if part:
            headings = re.findall(r"^#+ (.+)$", found.read_text("utf-8"), re.M)
            assert part in {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}


@pages
def test_every_file_that_is_named_is_there(doc):
    named = FILE.findall(doc.read_text("utf-8"))
    assert [name for name in named if not any((ROOT / place / name).exists() for place in PLACES)] == []


def test_every_decision_is_found_from_the_list_of_questions():
    folder = ROOT / "console/docs/decisions"
    linked = {target for target, _ in LINK.findall((folder / "README.md").read_text("utf-8"))}
    assert {path.name for path in folder.glob("*.md")} - {"README.md"} == {name for name in linked if "/" not in name}


def test_each_word_of_the_glossary_that_is_a_class_is_one():
    words = set(CLASS.findall((ROOT / "console/docs/glossary.md").read_text("utf-8")))
    classes = {
        node.name if isinstance(node, ast.ClassDef) else getattr(node.targets[0], "id", "")
        for path in (ROOT / "console").rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef | ast.Assign)
    }
    assert len(words) > 30
    assert sorted(words - classes) == []


def test_the_changelog_begins_with_the_version():
    text = (ROOT / "console/docs/changelog.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert re.search(r"^## (\S+?),? ", text, re.M)[1] == project["version"]


def test_the_licence_is_named_and_there():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "MIT"
    assert [(ROOT / name).read_text("utf-8").splitlines()[0] for name in project["license-files"]] == ["# MIT License"]


def test_the_hooks_before_a_commit_are_the_static_steps_and_fetch_nothing():
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"repo: (\S+)", text) == ["local"]
    entries = re.findall(r"entry: (\w[\w-]*)", text)
    assert set(re.findall(r"language: (\w+)", text)) == {"system"}
    assert entries == [step[0] for step in STATIC if step[0] != "python"]
