"""A form refuses what the core calls hidden: one set, in core/json/text.py, for forms, checks and pages."""

import re

import pytest
from django import forms

from console.core.compare import hidden_characters
from console.core.json.text import UNSEEN, visible
from console.web.forms.base import TidyCharField

FIELD = TidyCharField(max_length=200, widget=forms.Textarea)
HIDDEN = [char for char in map(chr, range(0xFFFF + 1)) if UNSEEN.fullmatch(char)]


@pytest.mark.parametrize(
    "char",
    ["\u00a0", "\u00ad", "\u034f", "\u1680", "\u180e", "\u200b", "\u2028", "\u202e", "\u2060", "\u3000", "\u3164",
     "\ufe0f", "\ufeff", "\U000e0041", "\x00", "\x7f", "\x85"],
)  # fmt: skip
def test_a_hidden_character_is_refused_by_the_form_and_named_as_pages_show_it(char):
    with pytest.raises(forms.ValidationError) as refused:
        FIELD.clean(f"a{char}b")

    assert refused.value.messages == [
        f"A hidden character is in the text (U+{ord(char):04X}), often from copying out of a mail or a document. "
        "Type the value again, or paste it as plain text."
    ] or (char == "\x00" and refused.value.messages == ["Null characters are not allowed."])
    assert f"U+{ord(char):04X}" in visible(f"a{char}b")


def test_what_the_form_accepts_hides_nothing_for_the_profiles_check():
    taken = []
    for char in HIDDEN:
        try:
            taken.append((char, FIELD.clean(f"a{char}b")))
        except forms.ValidationError:
            continue

    assert [char for char, _ in taken] == ["\r"]
    assert all(hidden_characters(f"a{char}b") for char in HIDDEN)


@pytest.mark.parametrize("text", ["two words", "first\r\nsecond", "first\nsecond\tthird", "Ærlig Øre AS", "顧客"])
def test_ordinary_text_and_line_ends_are_taken(text):
    assert FIELD.clean(text) == text
    assert not re.search(UNSEEN, text.replace("\r\n", "\n"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v"])
@pytest.mark.parametrize("widget", [forms.TextInput, forms.PasswordInput])
def test_a_field_of_one_line_takes_no_line_end_however_it_was_sent(widget, end):
    """A mail of the console that names it would have paragraphs of whoever wrote the name."""
    field = TidyCharField(max_length=200, is_name=True, widget=widget)
    assert field.clean(f"Orders client{end}") == "Orders client"
    with pytest.raises(forms.ValidationError):
        field.clean(f"Orders{end}Your account is locked")
