"""How well a thing fits what somebody looks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.looked_for import MAX_TEXT, MAX_WORDS, Fit, fit, looked_for

NAME = "Orders client (test)"
FITS = (
    ("orders client (TEST)", Fit.EXACT),
    ("  Orders   client (test) ", Fit.EXACT),
    ("4a41d081", Fit.EXACT),
    ("ord", Fit.BEGINS),
    ("orders cl", Fit.BEGINS),
    ("client", Fit.WORDS_BEGIN),
    ("test ord", Fit.WORDS_BEGIN),
    ("rders", Fit.INSIDE),
    ("lient ord", Fit.INSIDE),
    ("4a41", Fit.BESIDE),
    ("orders 4a41", Fit.BESIDE),
    ("invoices", None),
    ("orders invoices", None),
)
texts = st.text(min_size=1, max_size=30)


@pytest.mark.parametrize(("typed", "how"), FITS)
def test_the_nearer_the_better(typed, how):
    assert fit(looked_for(typed), NAME, ("4A41D081",)) is how


@given(texts, texts)
def test_no_name_fits_better_than_the_one_that_was_typed(name, other):
    wanted = looked_for(name)
    if not wanted.words:
        return
    best, theirs = fit(wanted, name), fit(wanted, other)
    assert best is Fit.EXACT
    assert theirs is None or theirs >= best


@given(texts, texts, texts)
def test_what_begins_with_it_is_before_what_only_holds_it(typed, before, behind):
    wanted = looked_for(typed)
    if wanted.words:
        begins, holds = fit(wanted, f"{wanted.text}{behind}"), fit(wanted, f"{before}{wanted.text}{behind}")
        assert begins is not None
        assert holds is not None
        assert begins <= Fit.BEGINS
        assert begins <= holds or holds is Fit.EXACT


@given(texts, texts)
def test_letter_case_and_spaces_change_nothing(typed, name):
    if typed.swapcase().casefold() == typed.casefold():
        assert fit(looked_for(typed), name) == fit(looked_for(f"  {typed.swapcase()} "), name)


@given(texts, st.lists(texts, max_size=3))
def test_a_thing_that_fits_has_every_word(typed, names):
    wanted = looked_for(typed)
    for name in names:
        if fit(wanted, name) is not None:
            assert all(word in " ".join(name.casefold().split()) for word in wanted.words)


@pytest.mark.parametrize(
    "text", ["", "  ", "x" * (MAX_TEXT + 1), " ".join(f"w{number}" for number in range(MAX_WORDS + 1))]
)
def test_nothing_and_a_long_text_are_no_name(text):
    assert not looked_for(text).is_name


def test_a_text_of_any_length_is_taken():
    assert len(looked_for("word " * 1_000_000).text) <= MAX_TEXT * 4
