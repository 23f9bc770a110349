"""The home page's facts: bounded work, and each person's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.adapters import clock
from console.core.call import ApiCall
from console.services import calls, checklist, home, opening, profiles
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db


def _queries(actor):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        home.of_actor(actor)
    return len(seen)


def test_more_profiles_and_calls_cost_no_more_queries():
    actor = with_samples()
    sample = profiles.list_profiles(actor)[0]
    calls.send(actor, sample.id, ApiCall("GET", "/invoices", sends_token=False))
    before = _queries(actor)
    for _ in range(3):
        copy = profiles.duplicate(actor, sample.id)
        calls.send(actor, copy.id, ApiCall("GET", "/invoices", sends_token=False))
    assert _queries(actor) == before


def test_nobody_sees_the_answers_of_somebody_else():
    actor, other = with_samples(), person("other@example.com")
    profile = profiles.list_profiles(actor)[0]
    calls.send(actor, profile.id, ApiCall("GET", "/nowhere", sends_token=False))
    assert len(home.of_actor(actor).troubles) == 1
    assert home.of_actor(other).states == ()
    assert home.of_actor(other).troubles == ()


def test_at_most_twenty_answers_of_a_profile_are_shown_the_newest_first():
    actor = with_samples()
    profile = profiles.list_profiles(actor)[0]
    for _ in range(22):
        calls.send(actor, profile.id, ApiCall("GET", "/invoices", sends_token=False))
    last = calls.send(actor, profile.id, ApiCall("GET", "/nowhere", sends_token=False))
    state = next(one for one in home.states_of(actor, profiles.list_held(actor)) if one.profile.id == profile.id)
    assert len(state.answers) == 20
    assert last.attempt_id in {one.id for one in state.answers}


def test_the_sample_to_begin_with_is_the_first_api_of_the_gateway_with_a_secret():
    actor = with_samples()
    sample = home.of_actor(actor).sample
    assert sample is not None
    assert sample.profile.name == "Sample: orders with a secret"


def test_the_profile_furthest_from_well_comes_with_its_checklist(monkeypatch):
    actor = with_samples()
    assert home.of_actor(actor).furthest is None
    profile = home.of_actor(actor).sample.profile
    calls.send(actor, profile.id, ApiCall("GET", "/orders"))
    assert home.of_actor(actor).furthest is None
    later = clock.now() + 60
    monkeypatch.setattr(clock, "now", lambda: later)
    calls.send(actor, profile.id, ApiCall("GET", "/orders", sends_token=False))
    furthest, found = home.of_actor(actor).furthest
    assert furthest.profile.id == profile.id
    assert found == checklist.of_profile(opening.of_profile(actor, "view", profile.id))
