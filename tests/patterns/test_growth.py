"""No pattern over foreign text takes time that grows faster than the text."""

import ast
import re

import pytest

from console.core.redaction import patterns as sweep_patterns
from console.core.redaction.names import SECRET_NAMES, TOKEN_NAMES
from tests.patterns.collect import Kept, kept_patterns, sources
from tests.patterns.growth import MOST, runs_of, worst_growth
from tests.patterns.seeds import alternatives, repeats, seeds

PARTS = 6  # so that several workers share them

# Functions that make a pattern from what is not foreign, and why each is none of the package's fixed patterns.
MAKERS = {
    ("console/core/diagnosis/gateways.py", "_gateway"): "called while its table is made; the table is walked",
    ("console/core/diagnosis/phrases.py", "phrases"): "called while its table is made; the table is walked",
    ("console/core/providers/known_error.py", "known"): "called while its table is made; the tables are walked",
    ("console/core/redaction/patterns.py", "_named"): "one for each name of a fixed list, tested below",
    ("console/core/policy/repair/hidden.py", "named_again"): "literal values as alternatives, tested below",
    ("console/sandbox/routes.py", "route"): "called while a table of addresses is made; the tables are walked",
    ("console/services/sandbox.py", "_spelled"): "one literal, the workspace's own segment, in any letter case",
}


def growth_of(pattern: re.Pattern, *, is_anchored: bool = False) -> tuple[float, tuple[str, str]]:
    """The first growth that is too much, else 0.0, with the text that shows it: (what comes first, what repeats)."""
    is_bytes = isinstance(pattern.pattern, bytes)
    for part, tree in filter(lambda one: repeats(one[1]), alternatives(pattern)):
        runs = runs_of(part, is_anchored=is_anchored, is_bytes=is_bytes)
        for first, repeated in seeds(tree, is_bytes=is_bytes):
            found = max(worst_growth(run, first, repeated) for run in runs)
            if found > MOST:
                return found, (first, repeated)
    return 0.0, ("", "")


def told(kept: Kept) -> str:
    growth, seed = growth_of(kept.pattern, is_anchored=kept.is_anchored)
    return f"{kept.places}: from N to 4N times {growth:.1f} on {seed}: {kept.pattern.pattern[:200]}" if growth else ""


@pytest.mark.parametrize("part", range(PARTS))
def test_no_kept_pattern_takes_time_that_grows_faster_than_its_text(part):
    kept = kept_patterns()
    assert len(kept) > 300  # the walk finds them: also those in tables, tuples, dataclasses and structs
    assert [one for one in map(told, kept[part::PARTS]) if one] == []


@pytest.mark.parametrize("name", sorted(TOKEN_NAMES | SECRET_NAMES)[::8])
def test_the_sweep_of_a_secret_name_grows_with_the_text_only(name):
    assert growth_of(sweep_patterns._named(name)) == (0.0, ("", ""))


def test_a_pattern_of_named_values_grows_with_the_text_only():
    values = sorted(["a" * 40, "a" * 20 + "b", "-a-a-a", "1.2.3"], key=len, reverse=True)
    assert growth_of(re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, values))})(?![\w-])")) == (0.0, ("", ""))


@pytest.mark.parametrize(
    "pattern",
    [
        r"<!--.*?-->",
        r"([\w-]+)\s*=\s*\"[^\"]*\"",
        r"<(a)\b([^>]*?)(?:/>|>(.*?)</\1\s*>)",
        r"<claim\b([^>]*?)(?:/>|>(.*?)</claim\s*>)",
        r"<set-header\b[^>]*\w\s*=\s*[\"']authorization[\"'][^>]*>",
        r"[a-z]+x",
        r"(?:a|aa)+$",
        r"(?:\w+\s?)+!",
        r"\s+$",
        r'"((?:\\.|[^"\\])*)"',
        r"(?:strip|drop)\w*.{0,40}authorization",
        r"<.*>",
        r"[\w.+-]+@\w+",
        r"-----BEGIN ([A-Z ]{1,40})-----(.*?)-----END \1-----",
    ],
)
def test_a_pattern_that_grows_faster_is_found(pattern):
    assert growth_of(re.compile(pattern, re.S if ".*?" in pattern else 0))[0] > MOST


def test_a_pattern_that_is_only_matched_at_a_beginning_is_judged_as_that():
    assert growth_of(re.compile(r"[a-z]+x"), is_anchored=True)[0] == 0.0
    assert growth_of(re.compile(r"(?:a|aa)+x"), is_anchored=True)[0] > MOST


def _in_functions(tree: ast.Module) -> list[tuple[str, int]]:
    """(function, line) of each use of `re` within one that makes a pattern."""
    found = []
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            name = getattr(function, "name", "lambda")
            found += [(name, call.lineno) for call in ast.walk(function) if _makes_pattern(call)]
    return found


def _makes_pattern(node: ast.AST) -> bool:
    makers = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in makers
    )


def test_patterns_stand_at_the_top_of_their_module_where_they_are_tested():
    found = {(path, name) for path, tree in sources("import re") for name, _ in _in_functions(tree)}
    assert found == set(MAKERS)


def test_nothing_else_of_the_module_re_is_imported():
    imports = [
        path
        for path, tree in sources("from re", "import re")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "re"
    ]
    assert imports == []
