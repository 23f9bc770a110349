"""Every warning that can be given is explained, and nothing else is."""

import ast
import pathlib

from console.core.policy import lint
from console.core.policy.lint import EXPLAINED, RULES
from console.core.policy.lint.of_a_call import OF_A_CALL

FOLDER = pathlib.Path(lint.__file__).parents[1]
SENTENCE_ENDS = (".", ")")


def codes_in(tree):
    """The literal codes of the Warned(...) calls in a file, through a conditional expression or a name of the file."""
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Warned":
            code = next((word.value for word in node.keywords if word.arg == "code"), None) or node.args[0]
            code = named.get(code.id, code) if isinstance(code, ast.Name) else code
            yield from (one.value for one in ast.walk(code) if isinstance(one, ast.Constant))


def emitted():
    found = {}
    for path in FOLDER.rglob("*.py"):
        for code in codes_in(ast.parse(path.read_text("utf-8"))):
            found.setdefault(code, path.name)
    return found


def test_every_warning_that_a_call_brings_up_is_explained():
    assert {code: where for code, where in emitted().items() if code not in EXPLAINED} == {}


def test_nothing_is_explained_that_nobody_gives():
    assert set(OF_A_CALL) - set(emitted()) == set()


def test_a_warning_is_explained_in_one_place():
    codes = [rule.code for rule in RULES]
    assert sorted(set(codes)) == sorted(codes)
    assert set(codes) & set(OF_A_CALL) == set()
    assert set(EXPLAINED) == {*codes, *OF_A_CALL}


def test_an_explanation_is_one_sentence_each():
    names = ("cors", "on-error", "require-", "token-")
    entries = EXPLAINED.values()
    assert [one.title for one in entries if not (one.title[0].isupper() or one.title.startswith(names))] == []
    assert [one.title for one in entries if one.title.endswith(".")] == []
    sentences = [sentence for one in entries for sentence in (one.why, one.do)]
    assert [one for one in sentences if not one.endswith(".") or ". " in one.replace("e.g. ", "")] == []
    assert [one.title for one in entries if not one.who] == []


def test_titles_are_all_different():
    assert len({entry.title for entry in EXPLAINED.values()}) == len(EXPLAINED)
