"""The provider's word about a token on the profile's page: asked for, shown beside ours, and the token revoked."""

import time

import pytest

from console.services import tokens
from tests.services.builders import person
from tests.services.grant_side import SECRET, granted, profile_for, side
from tests.web.people import signed_in

__all__ = ["side"]  # a fixture
pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def client(actor):
    return signed_in(actor)


@pytest.fixture
def profile(actor, side):
    """With a stored token."""
    made = profile_for(actor, side, "client_credentials", scope="orders")
    side.lay("/token", granted(access_token=side.id_token(int(time.time()), aud="api", client_id="c")))
    assert tokens.obtain(actor, made.id).access_token is not None
    return made


def ask(client, profile, what):
    answer = client.post(f"/profiles/{profile.id}/token/{what}/")
    return answer.status_code, answer.content.decode()


def test_the_page_offers_what_the_provider_can_be_asked(client, profile):
    page = client.post(f"/profiles/{profile.id}/token/").content.decode()
    assert 'id="introspect-token"' in page and 'id="revoke-token"' in page


def test_what_the_provider_says_stands_with_its_verdict(client, side, profile):
    side.lay("/introspect", {"active": True, "aud": "api", "username": "<b>ina</b>"})
    status, page = ask(client, profile, "introspect")
    assert status == 200
    assert "The provider says: active" in page and "username" in page
    assert "<b>ina" not in page and SECRET not in page


def test_where_the_two_disagree_both_sides_stand_beside_each_other(client, side, profile):
    side.lay("/introspect", {"active": False})
    page = ask(client, profile, "introspect")[1]
    assert "The two disagree" in page
    assert "has not ended" in page and "was revoked" in page


def test_a_provider_that_refuses_to_tell_is_shown_with_its_words(client, side, profile):
    side.lay("/introspect", (400, {"error": "unsupported_token_type", "error_description": "Not for JWTs."}))
    page = ask(client, profile, "introspect")[1]
    assert "The provider did not do it" in page and "Not for JWTs." in page


def test_a_revoked_token_is_gone_from_the_page(client, side, profile):
    side.lay("/revoke", {})
    page = ask(client, profile, "revoke")[1]
    assert "The token was revoked" in page
    assert "No token is stored" in page
    assert 'id="revoke-token"' not in page


def test_a_token_that_was_not_revoked_stays(client, side, profile):
    side.lay("/revoke", (503, {}))
    page = ask(client, profile, "revoke")[1]
    assert "The provider did not do it" in page
    assert 'id="revoke-token"' in page


def test_without_a_token_it_is_said_what_to_do(client, actor, side):
    bare = profile_for(actor, side, "client_credentials", scope="orders")
    status, page = ask(client, bare, "introspect")
    assert status == 404
    assert "Get a token first." in page
