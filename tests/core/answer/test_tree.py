"""A JSON text as a tree: bounded, digit for digit, named by positions."""

import json

import pytest

from console.core.answer import tree
from console.core.answer.tree import tree_of


def nodes_of(node):
    return 1 + sum(map(nodes_of, node.nodes))


def find(text, at=(), first=0):
    found = tree_of(text, at, first)
    assert found is not None
    return found


def test_values_are_shown_as_they_are_written():
    root = find(
        b' {"a": 1.50000000000000000001, "b\\u00e9": "x\\ny", "c": [null, true], "d": {}, "e": 12345678901234567890} '
    ).root
    assert [(one.name, one.kind, one.text, one.count) for one in root.nodes] == [
        ("a", "number", "1.50000000000000000001", None),
        ("b\u00e9", "string", '"x\\ny"', None),
        ("c", "array", "", 2),
        ("d", "object", "", 0),
        ("e", "number", "12345678901234567890", None),
    ]
    assert [one.path for one in root.nodes[2].nodes] == [(2, 0), (2, 1)]


def test_a_part_is_found_by_its_position_with_the_way_to_it():
    text = b'{"orders": [{"id": 1}, {"id": 2, "lines": [7, 8]}]}'
    found = find(text, (0, 1, 1))
    assert [one.text for one in found.root.nodes] == ["7", "8"]
    assert (found.root.name, found.above) == ("lines", (((), "whole"), ((0,), "orders"), ((0, 1), "[1]")))
    assert find(text, (0, 1, 0)).root.text == "2"
    assert find(text, (0, 9)).root.path == (), "a way that leads nowhere shows the whole"


def test_a_long_list_is_shown_by_the_hundred():
    text = json.dumps(list(range(250))).encode()
    first, second, last = (find(text, (), start).root for start in (0, 100, 200))
    assert (len(first.nodes), first.rest, len(second.nodes), second.rest) == (100, 150, 100, 50)
    assert (last.nodes[0].text, last.nodes[0].path, last.rest) == ("200", (200,), 0)
    assert find(text, (), 99_999).root.nodes[0].text == "249"


WIDE = json.dumps([{"id": number, "list": list(range(50)), "deep": {"a": {"b": {"c": {}}}}} for number in range(2_000)])


@pytest.mark.parametrize("text", [WIDE, "[" * 60 + "]" * 60, json.dumps({str(one): {"a": 1} for one in range(9_000)})])
def test_a_tree_is_bounded_whatever_it_is_of(text):
    root = find(text.encode()).root
    assert nodes_of(root) <= tree.MAX_NODES + 1
    assert all(len(one.nodes) <= tree.MAX_MEMBERS for one in [root, *root.nodes])


def test_what_lies_on_the_surface_comes_before_what_lies_deep():
    root = find(json.dumps([[list(range(30)) for _ in range(90)] for _ in range(90)]).encode()).root
    assert len(root.nodes) == 90
    assert len(root.nodes[0].nodes) == 90
    assert root.nodes[80].count is None, "what was not opened is not counted"
    assert root.nodes[80].size_bytes > 1_000


def test_long_names_and_values_are_cut():
    root = find(json.dumps({"n" * 5_000: "v" * 50_000}).encode()).root
    assert (len(root.nodes[0].name), len(root.nodes[0].text)) == (121, 401)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1,2", '{"a":1', "nul", "1 2", '"a', "[1,]", '{"a":tru}', "[" * 100_000, "[" * 5_000 + "]" * 5_000],
)
def test_what_is_no_json_has_no_tree(text):
    assert tree_of(text.encode()) is None


def test_too_many_values_have_no_tree():
    assert tree_of(b"[" + b"1," * tree.MAX_COMMAS + b"1]") is not None
    assert tree_of(b"[1," + b"1," * tree.MAX_COMMAS + b"1]") is None
    assert tree.is_too_large(b"," * (tree.MAX_COMMAS + 1))
