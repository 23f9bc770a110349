"""Singular queries of RFC 9535: what they find, and one sentence for what is none."""

import pytest

from console.core.collections.json_path import MISSING, JsonPath, read_start

ORDERS = {"orders": [{"id": 7, "line items": ["a", "b"]}, {"id": 8}], "a'b": 1, 'c"d': 2, "": 3, "ä": 4, "null": None}


def path(text) -> JsonPath:
    start = read_start(text)
    assert not isinstance(start, str), start
    return start.path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$", ORDERS),
        ("$.orders[0].id", 7),
        ("$['orders'][1][\"id\"]", 8),
        ("$.orders[-1].id", 8),
        ("$.orders[0]['line items'][-2]", "a"),
        ("$['a\\'b']", 1),
        ('$["a\'b"]', 1),
        ("$['c\"d']", 2),
        ('$["c\\"d"]', 2),
        ("$['c\\u0022d']", 2),
        ("$['']", 3),
        ("$.ä", 4),
        ("$.null", None),
        ("$.orders[ 1 ].id", 8),
        ("$.orders[2].id", MISSING),
        ("$.orders[-3]", MISSING),
        ("$.orders.id", MISSING),
        ("$.orders['0']", MISSING),
        ("$.null.more", MISSING),
        ("$[0]", MISSING),
        ("$.nothing", MISSING),
    ],
)
def test_a_path_finds_one_value_at_most(text, found):
    value = path(text).find(ORDERS)
    assert value is MISSING if found is MISSING else value == found


@pytest.mark.parametrize("text", ["$.orders exists", "$.orders\texists"])
def test_a_path_ends_at_a_blank_that_no_quotes_hold(text):
    start = read_start(text)
    assert not isinstance(start, str)
    assert (start.path.text, start.rest) == ("$.orders", "exists")


@pytest.mark.parametrize("text", ["$..id", "$.*", "$.orders[*].id", "$.orders[?@.id==7]", "$.orders[0:2]"])
def test_what_could_mean_several_values_is_told_so(text):
    assert "could mean several values" in str(read_start(text))


@pytest.mark.parametrize(
    "text", ["orders", "", "$orders", "$.", "$.my-name", "$[01]", "$[-0]", "$['open", "$['a\\q']", "$[1e3]", "$.a."]
)
def test_what_is_no_path_is_one_sentence(text):
    told = read_start(text)
    assert isinstance(told, str)
    assert told.endswith(".")


def test_a_path_has_a_longest_length():
    assert not isinstance(read_start("$" + ".a" * 32), str)
    assert "too long" in str(read_start("$" + ".a" * 33))
    assert "too long" in str(read_start("$." + "a" * 499))
