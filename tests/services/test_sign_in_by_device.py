"""The device flow through the services: it waits for a person, slows down when told to, and ends."""

import pytest

from console.core.credential import Secret
from console.core.grants.base import Wait
from console.store import attempts
from tests.services.builders import person
from tests.services.grant_side import REFRESH, SECRET, TOKEN, came_back, granted, kept_texts, profile_for, side, tried

__all__ = ["side"]  # a fixture
pytestmark = pytest.mark.django_db
DEVICE_CODE = "canary-device-code-5d6e7f80"


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def waiting(actor, side):
    """The profile and its first move."""
    codes = {"device_code": DEVICE_CODE, "user_code": "WDJB-MJHT", "expires_in": 900}
    side.lay("/device_authorization", {**codes, "verification_uri": f"{side.url}/device"})
    profile = profile_for(actor, side, "device_code", scope="orders")
    return profile, tried(actor, profile).result.outcome


def test_it_waits_slows_down_and_gets_its_token(actor, side, waiting):
    profile, move = waiting
    assert isinstance(move, Wait)
    assert (move.user_code, move.verification_uri, move.interval_s) == ("WDJB-MJHT", f"{side.url}/device", 5)
    side.lay("/token", (400, {"error": "authorization_pending"}), (400, {"error": "slow_down"}))
    side.lay("/token", granted(refresh_token=REFRESH))
    second = came_back(actor, profile, move).result.outcome
    third = came_back(actor, profile, second).result.outcome
    assert (second.interval_s, third.interval_s) == (5, 10)
    got = came_back(actor, profile, third).result.response
    assert (got.access_token, got.refresh_token) == (Secret(TOKEN), Secret(REFRESH))
    assert [form["device_code"] for form in side.forms()] == [DEVICE_CODE] * 3
    told = kept_texts(attempts.list_recent(actor))
    assert [text for text in (DEVICE_CODE, SECRET, TOKEN, REFRESH) if text in told] == []


@pytest.mark.parametrize(
    ("error", "cause"), [("access_denied", "consent-declined"), ("expired_token", "device-code-expired")]
)
def test_what_the_provider_refuses_ends_in_its_cause(actor, side, waiting, error, cause):
    profile, move = waiting
    side.lay("/token", (400, {"error": error}))
    ended = came_back(actor, profile, move)
    assert (ended.result.error.error, ended.cause) == (error, cause)


def test_a_code_that_ran_out_is_not_asked_for_any_more(actor, side, waiting, monkeypatch):
    profile, move = waiting
    monkeypatch.setattr("console.adapters.clock.now", lambda: move.until)
    ended = came_back(actor, profile, move)
    assert (ended.result.error.kind, ended.cause) == ("device_code_expired", "device-code-expired")
    assert side.forms() == []
