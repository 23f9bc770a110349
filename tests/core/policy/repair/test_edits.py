"""Edits of a policy text, one after the other, on texts as people write them."""

import pytest

from console.core.policy.repair import edits
from console.core.policy.text.element import Element
from tests.core.policy.repair.builders import read


def first(text: str, name: str) -> Element:
    return next(element for element in read(text).walk() if element.name == name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a><list/></a>", "<a><list><x>1</x></list></a>"),
        ("<a>\n  <list />\n</a>", "<a>\n  <list>\n      <x>1</x>\n  </list>\n</a>"),
        ("<a>\n  <list></list>\n</a>", "<a>\n  <list>\n      <x>1</x>\n  </list>\n</a>"),
        ("<a>\n  <list>\n  </list>\n</a>", "<a>\n  <list>\n      <x>1</x>\n  </list>\n</a>"),
        (
            "<a>\n  <list><!-- none yet --></list>\n</a>",
            "<a>\n  <list><!-- none yet -->\n      <x>1</x>\n  </list>\n</a>",
        ),
        ("<a><list><x>0</x></list></a>", "<a><list><x>0</x><x>1</x></list></a>"),
        (
            "<a>\n\t<list>\n\t\t<x>0</x>\n\n\t</list>\n</a>",
            "<a>\n\t<list>\n\t\t<x>0</x>\n\t\t<x>1</x>\n\n\t</list>\n</a>",
        ),
    ],
)
def test_a_child_is_added_as_its_siblings_stand(text, expected):
    assert edits.with_child(text, first(text, "list"), "<x>1</x>") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a/>", '<a n="1 &lt; 2"/>'),
        ("<a  b='2' />", "<a  b='2'  n=\"1 &lt; 2\" />"),
        ("<a\n   b='2'\n   c='3'>x</a>", "<a\n   b='2'\n   c='3'\n   n=\"1 &lt; 2\">x</a>"),
        ("<a n='old' b='2'/>", "<a n='1 &lt; 2' b='2'/>"),
        ('<a c="@(x == "n=" || y)" b="2"/>', '<a c="@(x == "n=" || y)" b="2" n="1 &lt; 2"/>'),
    ],
)
def test_an_attribute_is_set_with_the_quotation_marks_and_blanks_of_the_others(text, expected):
    assert edits.with_attribute(text, first(text, "a"), "n", "1 < 2") == expected


@pytest.mark.parametrize(("quote", "expected"), [('"', "a&quot;b'c"), ("'", 'a"b&apos;c'), ("", "a\"b'c")])
def test_quotation_marks_are_escaped_where_they_would_end_the_value(quote, expected):
    assert edits.escaped("a\"b'c", quote) == expected


def test_an_attribute_goes_away_with_the_blanks_before_it():
    text = '<a b="1"\n   c="2" d="3"/>'
    assert edits.without_attribute(text, first(text, "a"), "c") == '<a b="1" d="3"/>'
    assert edits.without_attribute(text, first(text, "a"), "x") == text


def test_an_attribute_gives_way_to_another():
    text = "<a b='1' c='2'/>"
    assert edits.with_renamed_attribute(text, first(text, "a"), "b", "name", "v") == "<a name='v' c='2'/>"


def test_the_raw_value_keeps_named_values_and_escapes():
    text = '<a b="{{x}}&amp;y"/>'
    assert edits.raw_attribute(text, first(text, "a"), "b") == "{{x}}&amp;y"
    assert edits.raw_attribute(text, first(text, "a"), "c") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a>\n  <b/>\n  <c/>\n</a>", "<a>\n  <c/>\n</a>"),
        ("<a><b/><c/></a>", "<a><c/></a>"),
        ("<a>\r\n  <b>\r\n  </b>\r\n  <c/>\r\n</a>", "<a>\r\n  <c/>\r\n</a>"),
    ],
)
def test_an_element_goes_away_with_its_line(text, expected):
    assert edits.without(text, first(text, "b")) == expected


def test_an_element_moves_behind_another_with_its_own_indentation():
    text = "<a>\n  <b x='1'>\n    <y/>\n  </b>\n  <c/>\n  <d/>\n</a>"
    moved = edits.moved_behind(text, first(text, "b"), first(text, "c"))
    assert moved == "<a>\n  <c/>\n  <b x='1'>\n    <y/>\n  </b>\n  <d/>\n</a>"


def test_a_sibling_of_several_lines_is_indented_as_its_neighbour():
    text = "<a>\n  <b/>\n</a>"
    block = "<n>\n    <m/>\n</n>"
    assert edits.with_sibling(text, first(text, "b"), block) == "<a>\n  <b/>\n  <n>\n      <m/>\n  </n>\n</a>"
    assert edits.with_sibling_before(text, first(text, "b"), block) == "<a>\n  <n>\n      <m/>\n  </n>\n  <b/>\n</a>"
