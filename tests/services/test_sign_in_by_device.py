"""The device flow through the services: it waits for a person, slows down when told to, and ends."""

from base64 import b64encode

import pytest

from console.core.credential import Secret
from console.core.grants.base import Wait
from console.store import attempts
from tests.services.builders import person
from tests.services.grant_side import REFRESH, SECRET, TOKEN, came_back, granted, kept_texts, profile_for, side, tried

__all__ = ["side"]  # a fixture
pytestmark = pytest.mark.django_db
DEVICE_CODE = "canary-device-code-5d6e7f80"
GIVEN_BACK = (
    "The provider wrote a secret of this client into what a person is to open or to type, so nothing of it is shown."
)


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


@pytest.mark.parametrize("spelled", [SECRET, SECRET.upper(), b64encode(SECRET.encode()).decode()])
@pytest.mark.parametrize("name", ["user_code", "verification_uri"])
def test_a_code_or_address_that_gives_the_clients_secret_back_is_withheld_with_a_sentence(actor, side, name, spelled):
    codes = {"device_code": DEVICE_CODE, "user_code": "WDJB-MJHT", "verification_uri": f"{side.url}/device"}
    side.lay("/device_authorization", {**codes, name: f"{side.url}/?of={spelled}" if "uri" in name else spelled})
    ended = tried(actor, profile_for(actor, side, "device_code", scope="orders"))
    error = ended.result.error
    assert (error.kind, error.error_description) == ("secret_given_back", GIVEN_BACK)
    told = kept_texts(attempts.list_recent(actor)) + repr(ended.result)
    assert [text for text in (SECRET, spelled, DEVICE_CODE) if text in told] == []


def test_an_address_with_the_code_that_gives_the_secret_back_is_left_out_and_the_sign_in_goes_on(actor, side):
    codes = {"device_code": DEVICE_CODE, "user_code": "WDJB-MJHT", "verification_uri": f"{side.url}/device"}
    side.lay("/device_authorization", {**codes, "verification_uri_complete": f"{side.url}/device?of={SECRET}"})
    move = tried(actor, profile_for(actor, side, "device_code", scope="orders")).result.outcome
    assert (move.user_code, move.verification_uri, move.uri_with_code) == ("WDJB-MJHT", f"{side.url}/device", "")


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
