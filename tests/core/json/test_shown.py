"""What a page shows of a foreign value is bounded by what came in."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.json.shown import MAX_SHOWN, cut, first_rows, indented_body, indented_size, shown_json
from console.core.json.text import json_text
from console.core.json.values import NumberText

DEEP = '{"a":' * 62 + "[" + "0," * 85_000 + "0]" + "}" * 62


def test_indentation_that_would_multiply_is_not_made():
    assert indented_body(DEEP.encode()) == ""
    assert indented_size(DEEP) > 10_000_000
    text, form = shown_json(json.loads(DEEP))
    assert (text, form) == (DEEP, "On one line: indented it would be too large to show.")


def test_what_is_too_large_even_on_one_line_is_cut_with_its_length():
    text, form = shown_json(["x" * MAX_SHOWN])
    assert form == "Cut: the whole has 262,148 characters, which is too large to show."
    assert text.endswith("… (too large to show: the first 262,144 of 262,148 characters)")
    assert cut("short") == "short"


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_the_size_is_never_told_too_small(value):
    text = json.dumps(value)
    assert len(msgspec.json.format(text.encode(), indent=2).decode()) <= indented_size(text)


@given(
    st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)),
    st.integers(1, 300),
)
def test_a_value_is_indented_where_that_fits_and_only_there(value, limit):
    text, form = shown_json(value, limit=limit)
    assert (form == "") == (indented_size(json_text(value)) <= limit)
    if form == "":
        assert text == json_text(value, indent=2)
        assert len(text) <= limit


@pytest.mark.parametrize(
    "value", [{"half": "\ud800", "é": "\u202e\x7f"}, [NumberText("1.10"), NumberText("NaN"), {}, []]]
)
def test_digits_and_half_characters_are_indented_as_they_are_written(value):
    assert shown_json(value) == (json_text(value, indent=2), "")


@pytest.mark.parametrize(
    ("body", "shown"),
    [(b'{"n": 1.0}', '{\n  "n": 1.0\n}'), (b"[1]", "[\n  1\n]"), (b"7", ""), (b"{", ""), (b"\xff", ""), (b"", "")],
)
def test_a_body_is_indented_digit_for_digit_or_not_at_all(body, shown):
    assert indented_body(body) == shown


def test_very_long_tables_show_their_beginning_and_say_so():
    assert first_rows([1, 2], "claims", limit=2) == ([1, 2], "")
    rows, told = first_rows([1, 2, 3], "claims", limit=2)
    assert (rows, told) == (
        [1, 2],
        "Shown are the first 2 of 3 claims; the copied token or JSON holds all of them.",
    )
