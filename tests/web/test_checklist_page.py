"""The checklist's page tells each step with its evidence, and where to do it."""

import re

import pytest
from django.urls import reverse

from console.adapters import clock
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
    assert "An administrator of the tenant." in text


def marks(text):
    """Each mark of the line on the profile's page, and what is said of it."""
    (line,) = re.findall(r'<a class="button" id="checklist".*?</a>', text)
    return re.findall(r'<i class="(\w+)">', line), re.search(r">: (.*?)</span>", line)[1]


def test_the_profile_itself_shows_the_steps_in_a_line_that_follows_each_answer(client, integrator, time_machine):
    time_machine.move_to(clock.now(), tick=False)  # attempts of one second have no order
    profile = next(one for one in profiles.list_profiles(integrator) if "orders with a secret" in one.name)
    tones, said = marks(page(client, "profile", profile.id))
    assert (len(tones), "notice" in tones, "fail" in tones) == (7, True, False)
    assert said.startswith(f"{tones.count('pass')} of 7 steps done; next: ")
    call = {"method": "GET", "path": "/orders", "sends_token": "on", "sends_subscription_key": "on"}
    answer = client.post(f"/profiles/{profile.id}/call/", call, headers={"HX-Request": "true"}).content.decode()
    assert marks(answer) == (["pass"] * 7, "7 of 7 steps done")
    assert 'id="checklist" href="' in answer
    assert 'hx-swap-oob="true">Checklist' in answer
    time_machine.shift(5)
    sandbox.set_fault(integrator, "expired")
    tokens.obtain(integrator, profile.id, wants_fresh=True)
    client.post(f"/profiles/{profile.id}/call/", call)
    tones, said = marks(page(client, "profile", profile.id))
    assert "fail" in tones or "warning" in tones
    assert "next: " in said


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
