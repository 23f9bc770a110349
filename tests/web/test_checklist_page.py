"""The checklist's page tells each step with its evidence, and where to do it."""

import pytest
from django.urls import reverse

from console.core.call import ApiCall
from console.services import calls, profiles, sandbox, tokens
from tests.services.builders import PASSWORD, person, with_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def integrator(client):
    actor = with_samples()
    assert client.login(email=actor.email, password=PASSWORD)
    return actor


def page(client, name, item_id):
    return client.get(reverse(name, args=[item_id])).content.decode()


def test_a_new_profile_is_told_to_get_a_token_next(client, integrator):
    profile = profiles.list_profiles(integrator)[0]
    text = page(client, "profile-checklist", profile.id)
    assert 'aria-current="step"' in text
    assert f'href="/profiles/{profile.id}/#token"' in text


def test_after_token_and_call_every_step_is_done(client, integrator):
    profile = next(one for one in profiles.list_profiles(integrator) if "orders with a secret" in one.name)
    tokens.obtain(integrator, profile.id)
    calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    text = page(client, "profile-checklist", profile.id)
    assert "7 of 7 done" in text
    assert "Open the attempt" in text


def test_a_refused_call_is_the_next_thing_to_mend(client, integrator):
    profile = next(one for one in profiles.list_profiles(integrator) if "orders with a secret" in one.name)
    sandbox.set_fault(integrator, "missing-role")
    calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    text = page(client, "profile-checklist", profile.id)
    assert '<li class="fail" aria-current="step">' in text
    assert "Ask an administrator of the tenant." in text


def test_an_api_without_profiles_begins_with_making_one(client, integrator):
    other = person("otto@example.com")
    assert client.login(email=other.email, password=PASSWORD)
    api_id = profiles.list_profiles(integrator)[0].api_id
    text = page(client, "api-checklist", api_id)
    assert "No profile yet" in text
    assert f"/profiles/new/?api={api_id}" in text


def test_a_strangers_checklist_is_not_found(client, integrator):
    profile = profiles.list_profiles(integrator)[0]
    other = person("otto@example.com")
    assert client.login(email=other.email, password=PASSWORD)
    assert client.get(reverse("profile-checklist", args=[profile.id])).status_code == 404


def test_one_cause_that_holds_up_several_steps_is_explained_once(client, integrator):
    profile = next(one for one in profiles.list_profiles(integrator) if "orders with a secret" in one.name)
    sandbox.set_fault(integrator, "missing-role")
    calls.send(integrator, profile.id, ApiCall("GET", "/orders"))
    text = page(client, "profile-checklist", profile.id)
    assert "<h1>Next: Permission granted and consented</h1>" in text
    assert text.count("Ask an administrator of the tenant.") == 1
    assert text.count("What holds up “Permission granted and consented” holds this up too.") == 2
