"""The strict JSON reader: agreement with public vectors, digits, duplicates, depth."""

import json
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.json.strict import MAX_DEPTH, read, read_text
from console.core.json.text import json_text, plain, visible
from console.core.json.values import Member, NumberText

SUITE = pathlib.Path(__file__).parents[4] / "shared" / "vectors" / "jsontestsuite" / "test_parsing"
NOT_JSON = {"not-json", "not-utf8", "nan", "byte-order-mark", "too-deep"}
FILES = sorted(SUITE.glob("*.json"))


@pytest.mark.skipif(not FILES, reason="JSONTestSuite is not beside this checkout")
def test_every_clear_vector_of_jsontestsuite_is_judged_as_it_says():
    wrong = []
    for file in FILES:
        reading = read(file.read_bytes())
        refused = bool(NOT_JSON & {defect.code for defect in reading.defects})
        if (file.name[0] == "n" and not refused) or (file.name[0] == "y" and refused):
            wrong.append(file.name)
    assert wrong == []
    assert len(FILES) > 280


@pytest.mark.parametrize(
    "text",
    [
        '{"a":"x","a":1}',
        '{"a":1,"a":{"b":"c"}}',
        '{"a":{"b":["c","d"]},"a":"e"}',
        '{"a":{},"a":{}}',
        '{"a":[{"b":true,"b":"b"}],"c":"c"}',
        '["a",9007199254740993]',
        '["a",1.50]',
    ],
)
def test_the_quick_reader_leaves_to_the_careful_one_what_it_would_lose(text):
    escaped = text.replace("a", "\\u0061")  # no quick reading is tried of a text with escapes
    quick, careful = read_text(text), read_text(escaped)
    assert "\\u" in escaped
    assert (quick.value, quick.repeated, quick.defects) == (careful.value, careful.repeated, careful.defects)
    assert quick.defects or NumberText("1.50") in quick.value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a":1,"a":2}', "duplicate-member"),
        ('{"b":{"a":1,"a":2}}', "duplicate-member"),
        ('[{"a":1,"a":2}]', "duplicate-member"),
        ("[NaN]", "nan"),
        ("[-Infinity]", "nan"),
        ("[1e400]", "number-not-finite"),
        ("[9007199254740993]", "number-precision"),
        ("[0.12345678901234567890]", "number-precision"),
        ("[" + "9" * 5000 + "]", "number-not-finite"),
        ("\ufeff{}", "byte-order-mark"),
        ("{'a':1}", "not-json"),
        ("", "not-json"),
        ('["\\ud800"]', "lone-surrogate"),
        ('["\\u202e"]', "hidden-characters"),
        ('{"\\u200b":1}', "hidden-characters"),
        ('["\\u0000"]', "control-characters"),
        ('["\x7f"]', "control-characters"),
    ],
)
def test_a_strict_readers_complaint_has_a_stable_code(text, code):
    assert code in [defect.code for defect in read_text(text).defects]


@pytest.mark.parametrize(
    "text", ["{}", '{"a":[1,-2.5,true,null,"é\\n"]}', " [ ] ", '{"exp":1900000000}', '"a"', "[1.5]"]
)
def test_ordinary_json_has_no_defects(text):
    reading = read_text(text)
    assert reading.is_json
    assert reading.defects == ()


@pytest.mark.parametrize(("levels", "refused"), [(MAX_DEPTH - 1, False), (MAX_DEPTH, False), (MAX_DEPTH + 1, True)])
@pytest.mark.parametrize(("opening", "closing"), ["[]", ('{"a":', "}")])
def test_depth_is_limited_before_parsing(levels, refused, opening, closing):
    reading = read_text(opening * levels + "1" + closing * levels)
    assert ("too-deep" in [defect.code for defect in reading.defects]) is refused
    assert reading.is_json is not refused


def test_brackets_inside_strings_do_not_count_as_depth():
    assert read_text(json.dumps(["[{" * 200, '\\"[' * 200])).is_json


def test_a_hundred_thousand_brackets_are_refused():
    assert read_text("[" * 100_000).defects[0].code == "too-deep"


def test_all_values_of_a_duplicate_are_kept_and_the_last_one_counts():
    reading = read_text('{"sub":"alice","in":{"x":1,"x":2},"sub":"bob"}')
    assert reading.value == {"sub": "bob", "in": {"x": 2}}
    assert type(reading.value) is dict
    assert type(reading.value["in"]) is dict
    assert reading.repeated == (
        Member("sub", "alice"),
        Member("in", (Member("x", 1), Member("x", 2))),
        Member("sub", "bob"),
    )
    assert json_text(reading.repeated) == '{"sub":"alice","in":{"x":1,"x":2},"sub":"bob"}'


@pytest.mark.parametrize(
    "digits", ["1.10", "1e2", "-0.0", "123456789012345678901234567890", "0.1000000000000000055511151231257827"]
)
def test_a_number_is_written_back_digit_for_digit(digits):
    assert json_text(read_text(f"[{digits}]").value) == f"[{digits}]"


@pytest.mark.parametrize(
    ("digits", "value"),
    [("1.5", 1.5), ("1e400", "1e400"), ("NaN", "NaN"), ("9" * 31, "9" * 31)],
)
def test_programs_get_a_number_where_it_fits_and_its_text_elsewhere(digits, value):
    assert plain(NumberText(digits)) == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON, st.sampled_from([None, 2]))
def test_what_python_writes_is_read_and_written_back_the_same(value, indent):
    reading = read_text(json.dumps(value))
    assert reading.is_json
    assert json.loads(json_text(reading.value, indent=indent)) == value


@given(st.text(st.characters()))
def test_visible_text_always_encodes_and_hides_nothing(text):
    shown = visible(text)
    shown.encode("utf-8")
    assert not set(shown) & {"\u202e", "\u200b", "\x00", "\x1b", "\ud800"}
    assert visible(shown) == shown


def test_a_hidden_character_is_shown_by_its_code_point():
    assert visible("photo\u202egpj.exe") == "photo‹U+202E›gpj.exe"
    assert visible("a\ud83d\x00\U000e0041b\r\nc\td") == "a‹U+D83D›‹U+0000›‹U+E0041›b\nc\td"


def test_a_member_named_in_a_message_cannot_smuggle_hidden_characters():
    message = read_text('{"\\u202e":1,"\\u202e":2}').defects[0].message
    assert "‹U+202E›" in message
    assert "\u202e" not in message
