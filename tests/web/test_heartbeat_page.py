"""The page of a heartbeat, and its mark on the home page and the profile."""

import pytest
from django.urls import reverse

from console.adapters import clock
from console.core.heartbeat import DAY_S, HeartbeatState, Measured, Standing
from console.models import Profile
from console.services import heartbeats, profiles
from console.store import heartbeats as store
from tests.services.builders import with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
EVERY = 900


@pytest.fixture
def ina():
    return with_samples()


@pytest.fixture
def profile(ina):
    return profiles.list_profiles(ina)[0]


@pytest.fixture
def at_work(ina):
    return signed_in(ina)


def page(at_work, profile, name="profile-heartbeat"):
    return at_work.get(reverse(name, args=[profile.id])).text


def measured(profile, *, state=HeartbeatState.UP, good=True, failures=0, ago=60, turned=3 * DAY_S):
    """As if it had been measured."""
    now = clock.now()
    store.switch(profile.id, every_s=EVERY, now=now)
    one = Measured(now - ago, good, 2, "" if good else "call", "" if good else "Fails at “Call”: <b>refused</b>")
    standing = Standing(state, now - turned, failures, now - ago)
    store.note(profile.id, one, standing, next_at=now + 300, has_turned=False)


def test_it_is_off_at_first_says_what_it_would_send_and_is_switched_on_and_off_without_scripts(at_work, profile):
    text = page(at_work, profile)
    assert all(words in text for words in ("The heartbeat is off", "GET /", "never a method that changes something"))
    address = reverse("profile-heartbeat", args=[profile.id])
    answer = at_work.post(address, {"every": "900"}, follow=True)
    assert "The heartbeat is on." in answer.text
    assert "every 15 minutes" in answer.text
    assert "Up for" in answer.text
    assert "1 of 1 that were measured" in answer.text
    answer = at_work.post(address, {"every": "0"}, follow=True)
    assert "The heartbeat is off" in answer.text
    assert at_work.post(address, {"every": "7"}).status_code == 422


def test_a_production_profile_is_warned_of_real_calls(at_work, profile):
    assert "real calls" not in page(at_work, profile)
    Profile.objects.filter(pk=profile.id).update(environment="Production")
    assert "real calls" in page(at_work, profile)


def test_red_is_told_on_home_profile_and_page_with_what_failed(at_work, profile):
    measured(profile, state=HeartbeatState.DOWN, good=False, failures=2)
    text = page(at_work, profile)
    assert all(words in text for words in ("Red for 3 d", "Last 1 heartbeats: 0 good, 1 failed", "&lt;b&gt;refused"))
    assert "heartbeat red for 3 d" in at_work.get("/").text
    assert "its heartbeat red for 3 d" in at_work.get("/").text
    assert "red for 3 d" in page(at_work, profile, "profile")


def test_a_first_failure_is_in_doubt_and_nobody_looking_is_unknown(at_work, profile):
    measured(profile, good=False, failures=1)
    assert "to confirm it before anybody is told" in page(at_work, profile)
    measured(profile, ago=2 * 3600)
    text = page(at_work, profile)
    assert "Unknown, last measured 2 h ago" in text
    assert "heartbeat unknown, last measured 2 h ago" in at_work.get("/").text


def test_stopped_is_told_with_the_sentence(at_work, profile):
    measured(profile)
    store.stop(profile.id, why="The API <i>leads elsewhere</i> now.")
    text = page(at_work, profile)
    assert "The heartbeat has stopped" in text
    assert "leads elsewhere&lt;/i&gt; now." in text
    assert "Switch it on again" in text
    assert "heartbeat stopped" in at_work.get("/").text


def test_who_hears_of_it_chooses(at_work, profile, ina):
    address = reverse("profile-heartbeat-mails", args=[profile.id])
    at_work.post(address, {"on": "1"})
    assert heartbeats.of_profile(ina, profile.id).record is None
    measured(profile)
    assert heartbeats.of_profile(ina, profile.id).wants_mail
    assert "You get no mail" in at_work.post(address, {"on": "0"}, follow=True).text
    assert not heartbeats.of_profile(ina, profile.id).wants_mail
    at_work.post(address, {"on": "1"})
    assert heartbeats.of_profile(ina, profile.id).wants_mail
