"""JSON is compared by place: order of members and of named objects says nothing, types do."""

from itertools import islice

import pytest

from console.core.json.changes import json_changes

CASES = [
    ({"a": 1, "b": [1, 2]}, {"b": [1, 2], "a": 1.0}, []),
    ({"a": 1}, {"a": True}, ["a is another"]),
    ({"a": 1}, {"a": "1"}, ["a is another"]),
    ({"a": None}, {}, ["a is missing"]),
    ({}, {"a b": 0}, ['["a b"] is new']),
    ([1, 2], [1, 3, 4], ["[1] is another", "[2] is new"]),
    ([{"id": 1, "x": 1}, {"id": 2}], [{"id": 2}, {"id": 1, "x": 2}], ["[id=1].x is another"]),
    ([{"id": 1}, {"id": 1}], [{"id": 1}, {"id": 2}], ["[1].id is another"]),
    ({"a": {"b": [{}]}}, {"a": {"b": [[]]}}, ["a.b[0] is another"]),
    ("x", ["x"], ["the whole is another"]),
]


@pytest.mark.parametrize(("before", "after", "words"), CASES, ids=range(len(CASES)))
def test_what_differs_is_told_by_its_place(before, after, words):
    assert [one.words for one in json_changes(before, after)] == words
    assert not list(json_changes(after, after))


def test_both_sides_are_short_and_none_is_absent():
    found = next(json_changes({"a": "x" * 10_000}, {}, place="body"))
    assert (found.place, found.name, found.after) == ("body.a", "a", None)
    assert len(found.before) < 400


def test_what_is_nested_without_end_is_compared_as_a_whole_and_of_very_much_the_first_is_taken():
    deep = other = 1
    for _ in range(100):
        deep, other = [deep], [other]
    other = [other]
    assert len(list(json_changes(deep, other))) == 1
    many = {str(number): number for number in range(100_000)}
    assert len(list(islice(json_changes(many, {}), 3))) == 3
