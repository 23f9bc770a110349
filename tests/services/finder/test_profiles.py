"""Profiles are found by who may view them."""

import pytest

from console.core.looked_for import Fit
from console.services.finder.profiles import FINDER
from tests.services.finder.looking import hits, names
from tests.store import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return builders.person("owner")


def test_the_exact_name_comes_first_then_the_beginning_then_the_rest(owner):
    for name in ("My orders", "Reorders", "Orders of Oslo", "Orders", "Invoices"):
        builders.profile(owner, name=name)
    assert names(FINDER, owner, "orders") == ["Orders", "Orders of Oslo", "My orders", "Reorders"]


def test_one_is_found_by_its_client_id_and_its_environment(owner):
    builders.profile(owner, name="One", client_id="4a41d081-77b5", environment="production")
    builders.profile(owner, name="Two")
    (hit,) = hits(FINDER, owner, "4A41D081-77B5")
    assert (hit.fit, hit.name, hit.environment) == (Fit.EXACT, "One", "production")
    assert names(FINDER, owner, "one prod") == ["One"]


@pytest.mark.parametrize("typed", ["ÄRENDEN", "ärenden", "100%", "a_b", "\x00", "\ud800"])
def test_any_letters_are_looked_for_as_they_are(owner, typed):
    for name in ("Ärenden", "100% certain", "a_b", "100 certain", "axb"):
        builders.profile(owner, name=name)
    found = {"ÄRENDEN": "Ärenden", "ärenden": "Ärenden", "100%": "100% certain", "a_b": "a_b"}
    assert names(FINDER, owner, typed) == ([found[typed]] if typed in found else [])


def test_the_exact_one_is_found_among_very_many(owner):
    for number in range(70):
        builders.profile(owner, name=f"A {number}")
    builders.profile(owner, name="a")
    assert hits(FINDER, owner, "A")[0].name == "a"
