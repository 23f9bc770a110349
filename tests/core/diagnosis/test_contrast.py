"""Two values beside each other: nothing is lost, what differs is marked, and it is said in words too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.diagnosis.contrast import contrast

GUID = "4a41d081-77b5-4936-b87c-52b76b36dbc2"


def drawn(pieces):
    return "".join(f"[{one.text}]" if one.kind == "differs" else one.text for one in pieces)


@pytest.mark.parametrize(
    ("actual", "expected", "above", "below", "told"),
    [
        (f"api://{GUID}", GUID, f"[api://]{GUID}", f"······{GUID}", "the first has “api://” besides"),
        (GUID, f"api://{GUID}", f"······{GUID}", f"[api://]{GUID}", "the first lacks “api://”"),
        ("https://id.example/x", "https://id.example/x/", "https://id.example/x·", "https://id.example/x[/]", "lacks"),
        ("https://id.example/x/", "https://id.example/x", "https://id.example/x[/]", "https://id.example/x·", "has it"),
        ("Orders.Read", "Orders.Write", "Orders.[Read]·", "Orders.[Write]", "“Read” instead of “Write”"),
        ("Contoso/app", "contoso/App", "[C]ontoso/[a]pp", "[c]ontoso/[A]pp", "capital and small letters"),
        (GUID, "8f4a7b12-c5d6-4e39-b802-71fd36ea9c05", GUID, "8f4a7b12-c5d6-4e39-b802-71fd36ea9c05", ""),
        ("same", "same", "same", "same", ""),
        ("", "api://x", "", "api://x", ""),
    ],
)
def test_what_differs_is_marked_and_said(actual, expected, above, below, told):
    found = contrast(actual, expected)
    assert (drawn(found.actual), drawn(found.expected)) == (above, below)
    assert told in found.told
    assert bool(told) is bool(found.told)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_make_the_value_again_and_are_as_long_on_both_sides(actual, expected):
    found = contrast(actual, expected)
    for value, pieces in ((actual, found.actual), (expected, found.expected)):
        assert "".join(one.text for one in pieces if one.kind != "gap") == value
    if found.told:
        assert len(drawn_plain(found.actual)) == len(drawn_plain(found.expected))


def drawn_plain(pieces):
    return "".join(one.text for one in pieces)


def test_what_is_too_long_to_lie_under_each_other_is_shown_unmarked():
    long = "a" * 401
    assert [one.kind for one in contrast(long, "a" * 400).actual] == ["same"]
