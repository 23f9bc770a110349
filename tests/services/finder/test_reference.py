"""Entries of the reference."""

import pytest

from console.core.looked_for import Fit
from console.services.finder.reference import FINDER
from tests.services.finder.looking import hits
from tests.store import builders

pytestmark = pytest.mark.django_db


def test_a_code_is_exactly_that_and_words_of_it_are_not():
    actor = builders.person("somebody")
    first = hits(FINDER, actor, "aadsts700016")[0]
    assert (first.fit, first.number, first.key) == (Fit.EXACT, "AADSTS700016", ("codes", "AADSTS700016"))
    assert hits(FINDER, actor, "audience of a token")[0].fit is Fit.BESIDE


def test_a_whole_error_text_finds_what_printed_it():
    text = "IDX10214: Audience validation failed. Audiences: 'api://x'. Did not match: " + "ValidAudience: 'y'. " * 20
    assert hits(FINDER, builders.person("somebody"), text)[0].number == "IDX10214"
