"""Where a collection's calls go is judged anew at each step: an API that moves meanwhile gets neither token nor key."""

from dataclasses import replace

import pytest

from console.core.actor import Role
from console.core.compose.draft import RequestDraft
from console.core.credential import Secret
from console.services import apis, collection_runs, collections, destinations, opening, profiles, sandbox, wiring
from tests.far_sides import EchoApi, allow
from tests.services.builders import person, with_samples
from tests.services.collection_samples import step
from tests.services.outside import KEY, api, outside_api

__all__ = ["api"]  # a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(settings, api):
    """Where the owner of the API would have everything sent; allowed, as any host of the Internet is."""
    with EchoApi() as running:
        allow(settings, api, running)
        yield running
    wiring.egress_policy.cache_clear()


def moved(owner, admin, api_id, url):
    before = apis.get_to_edit(owner, api_id)
    apis.update(owner, api_id, replace(before, base_url=url), expected_version=before.version)
    version = apis.get_stored(admin, "view", api_id).version
    apis.decide(admin, api_id, is_approved=True, expected_version=version)


@pytest.fixture
def half_made(api, other):
    """(its user, profile, run, and what moves the API) of a collection whose first of two steps was made."""
    user, admin, owner = with_samples(), person("root@example.com", Role.ADMIN), person("maker@example.com")
    made = outside_api(owner, f"{api.url}/orders")
    apis.publish(admin, made.id, is_published=True, expected_version=made.version)
    draft = replace(profiles.draft_of(profiles.list_profiles(user)[0]), name="Mine", api_id=made.id)
    profile = profiles.create(user, draft)
    profiles.replace_secret(user, profile.id, Secret(sandbox.samples().client_secret))
    profiles.replace_subscription_key(user, profile.id, Secret(KEY))
    opened = opening.of_profile(user, "use", profile.id)
    steps = [step(opened, name, RequestDraft("GET", f"/{name}"), "status 401") for name in ("1", "2")]
    collection = collections.make(opened, "Moving", steps, stops_early=False)
    run = collection_runs.begin(opened, collection.id)
    collection_runs.look(user, run.id)
    return user, profile, run, lambda: moved(owner, admin, made.id, f"{other.url}/steal")


def test_an_api_that_leads_elsewhere_between_two_steps_is_sent_nothing(half_made, api, other):
    user, profile, run, move = half_made
    move()
    collection_runs.look(user, run.id)
    found = collection_runs.of_run(opening.of_profile(user, "use", profile.id), run.id).value
    assert (found.is_done, found.passed, found.steps[1].outcome) == (True, 1, "not sent")
    assert found.steps[1].problem.do
    assert ([one["path"] for one in api.seen], other.seen) == (["/orders/1"], [])


def test_nor_is_one_that_its_user_accepted_meanwhile_for_the_values_are_of_the_other(half_made, api, other):
    user, profile, run, move = half_made
    move()
    destinations.accept(user, profile.id, seen=destinations.change_of(opening.of_profile(user, "use", profile.id)).seen)
    collection_runs.look(user, run.id)
    found = collection_runs.of_run(opening.of_profile(user, "use", profile.id), run.id).value
    assert "Where its API leads was changed" in found.steps[1].problem.what
    assert ([one["path"] for one in api.seen], other.seen) == (["/orders/1"], [])
