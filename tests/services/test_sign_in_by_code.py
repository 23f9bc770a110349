"""The code flow through the services: a person is sent away and comes back, and the token is theirs or not kept."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from console.adapters import clock
from console.core.credential import Secret
from console.core.grants.base import Need, SendPerson
from console.core.oauth.token_response import TokenResponse
from console.services import keys, token_requests
from console.services.token_requests import Using
from console.store import attempts
from tests.services.builders import person
from tests.services.grant_side import (
    CODE,
    REFRESH,
    SECRET,
    TOKEN,
    came_back,
    granted,
    kept_texts,
    profile_for,
    side,
    tried,
)

__all__ = ["side"]  # a fixture
pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return person()


def begun(actor, side, **settings):
    """The profile and where its person is sent."""
    profile = profile_for(actor, side, "authorization_code", **settings)
    move = tried(actor, profile).result.outcome
    assert isinstance(move, SendPerson)
    return profile, move


def nonce_of(move):
    return move.keep["nonce"].reveal()


def back(actor, profile, move, **told):
    return came_back(actor, profile, move, **{"state": move.expects_state, **told})


def test_a_person_signs_in_and_the_token_comes_with_all_that_belongs_to_it(actor, side, settings):
    profile, move = begun(actor, side, acr_values="high")
    asked = dict(parse_qsl(urlsplit(move.url).query))
    assert asked["redirect_uri"] == f"{settings.CONSOLE_PUBLIC_URL}/back/" == token_requests.redirect_uri()
    assert (asked["acr_values"], asked["code_challenge_method"]) == ("high", "S256")
    token = side.id_token(clock.now(), nonce=nonce_of(move), acr="high")
    side.lay("/token", granted(refresh_token=REFRESH, id_token=token))
    got = back(actor, profile, move, code=CODE, iss=side.url)
    assert isinstance(got.result.outcome, TokenResponse)
    assert (got.result.response.refresh_token, got.result.response.id_token) == (Secret(REFRESH), Secret(token))
    assert got.result.response.notes == ()
    (form,) = side.forms()
    assert form["code_verifier"] == move.keep["verifier"].reveal()
    assert (form["client_id"], form["client_secret"], form["code"]) == ("c", SECRET, CODE)
    assert [step.purpose for step in got.result.steps] == ["token", "metadata", "keys"]


def test_nothing_secret_of_it_is_in_the_history(actor, side):
    profile, move = begun(actor, side)
    token = side.id_token(clock.now(), nonce=nonce_of(move))
    side.lay("/token", granted(refresh_token=REFRESH, id_token=token))
    back(actor, profile, move, code=CODE)
    told = kept_texts(attempts.list_recent(actor))
    secrets = [SECRET, TOKEN, REFRESH, CODE, token, *(one.reveal() for one in move.keep.values())]
    assert "authorization_code" in told
    assert [text for text in secrets if text in told] == []


def test_a_pushed_request_is_a_step_of_its_own(actor, side):
    side.lay("/par", (201, {"request_uri": "urn:x:1", "expires_in": 60}))
    _, move = begun(actor, side, par="yes")
    (form,) = side.forms("/par")
    assert (form["state"], form["client_secret"]) == (move.expects_state, SECRET)
    assert dict(parse_qsl(urlsplit(move.url).query)) == {"client_id": "c", "request_uri": "urn:x:1"}


def test_nobody_is_sent_to_an_address_that_gives_the_clients_secret_back(actor, side):
    side.lay("/par", (201, {"request_uri": f"urn:x:{SECRET}", "expires_in": 60}))
    profile = profile_for(actor, side, "authorization_code", par="yes")
    ended = tried(actor, profile).result
    assert (ended.error.kind, SECRET in repr(ended)) == ("secret_given_back", False)


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ({"state": "another", "code": CODE}, "authorization-response-invalid"),
        ({"iss": "https://evil.example", "code": CODE}, "authorization-response-invalid"),
        ({"error": "access_denied"}, "consent-declined"),
        ({"error": "login_required"}, "interaction-required"),
    ],
)
def test_a_wrong_way_back_ends_in_its_cause_and_redeems_nothing(actor, side, told, cause):
    profile, move = begun(actor, side)
    ended = back(actor, profile, move, **told)
    assert (ended.result.error is not None, ended.cause) == (True, cause)
    assert side.forms() == [], "the code went somewhere"


@pytest.mark.parametrize(
    ("claims", "cause"),
    [
        ({"nonce": "another"}, "authorization-response-invalid"),
        ({"iss": "https://evil.example"}, "authorization-response-invalid"),
        ({"exp": 1}, "token-response-malformed"),
    ],
)
def test_a_wrong_id_token_ends_in_its_cause_and_nothing_is_kept(actor, side, claims, cause):
    profile, move = begun(actor, side)
    token = side.id_token(clock.now(), **{"nonce": nonce_of(move), **claims})
    side.lay("/token", granted(refresh_token=REFRESH, id_token=token))
    ended = back(actor, profile, move, code=CODE)
    assert (ended.result.response, ended.cause) == (None, cause)


def test_an_id_token_that_somebody_else_signed_is_not_taken(actor, side):
    profile, move = begun(actor, side)
    foreign = rsa.generate_private_key(65537, 2048)
    token = side.id_token(clock.now(), key=foreign, nonce=nonce_of(move))
    side.lay("/token", granted(id_token=token))
    ended = back(actor, profile, move, code=CODE)
    assert (ended.result.response, ended.result.error.kind) == (None, "bad_signature")
    assert ended.cause == "signature-invalid"


def test_keys_that_cannot_be_had_are_noted(actor, side, monkeypatch):
    profile, move = begun(actor, side)
    token = side.id_token(clock.now(), nonce=nonce_of(move))
    side.lay("/token", granted(id_token=token))
    unknown = keys.FoundKeys(None, "", None, "No keys.")
    monkeypatch.setattr(keys, "find", lambda *_, **__: unknown)
    got = back(actor, profile, move, code=CODE)
    assert got.result.response is not None
    assert any("could not be checked" in note for note in got.result.response.notes)


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        ((400, {"error": "invalid_grant", "error_description": "AADSTS54005: already redeemed"}),
         "authorization-code-redeemed"),
        ((400, {"error": "invalid_grant", "error_description": "AADSTS50011: The redirect URI does not match"}),
         "redirect-uri-mismatch"),
        ((200, "<html><body>Please sign in</body></html>"), "token-response-malformed"),
    ],
)  # fmt: skip
def test_a_refused_redemption_ends_in_its_cause(actor, side, answer, cause):
    profile, move = begun(actor, side)
    side.lay("/token", answer)
    ended = back(actor, profile, move, code=CODE)
    assert (ended.result.response, ended.cause) == (None, cause)


def test_a_lifetime_as_text_is_noted_and_no_failure(actor, side):
    profile, move = begun(actor, side, **{})
    side.lay("/token", granted(expires_in="3600", id_token=side.id_token(clock.now(), nonce=nonce_of(move))))
    got = back(actor, profile, move, code=CODE)
    assert got.result.response.expires_in_s == 3600
    assert any("the text" in note for note in got.result.response.notes)


def test_a_refresh_token_is_redeemed_by_the_profile_that_it_belongs_to(actor, side):
    profile = profile_for(actor, side, "authorization_code")
    rotated = "canary-rotated-token-22334455"
    side.lay("/token", granted(refresh_token=rotated))
    result = tried(actor, profile, Using("refresh_token", {Need.REFRESH_TOKEN: Secret(REFRESH)})).result
    assert result.response.refresh_token == Secret(rotated)
    (form,) = side.forms()
    assert (form["grant_type"], form["refresh_token"], form["client_secret"]) == ("refresh_token", REFRESH, SECRET)
    told = kept_texts(attempts.list_recent(actor))
    assert [text for text in (REFRESH, rotated, TOKEN) if text in told] == []


def test_what_one_sign_in_wants_beyond_its_profile_goes_along_with_it_alone(actor, side):
    profile, usual = begun(actor, side, acr_values="low")
    move = tried(actor, profile, Using(settings={"acr_values": "high", "max_age": "0"})).result.outcome
    asked = dict(parse_qsl(urlsplit(move.url).query))
    assert (asked["acr_values"], asked["max_age"]) == ("high", "0")
    assert dict(parse_qsl(urlsplit(usual.url).query))["acr_values"] == "low"
