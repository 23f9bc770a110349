"""What a sign-in is to be repeated with: read from challenges and refusals, and nothing of another form."""

import base64
import json

import pytest

from console.core.challenge import parse_challenges
from console.core.oauth.step_up import LONGEST_CLAIMS, of_challenges, of_error, read
from console.core.oauth.token_response import TokenError

CLAIMS = {"access_token": {"acrs": {"essential": True, "value": "c1"}}}


def asked(header):
    return of_challenges(parse_challenges(header))


def compact(text):
    return json.loads(text)


def test_a_stronger_and_fresher_sign_in_is_read_from_the_challenge_of_rfc_9470():
    found = asked('Bearer error="insufficient_user_authentication", acr_values="high substantial", max_age="5"')
    assert found.wanted == {"acr_values": "high substantial", "max_age": "5"}
    assert "at the level high substantial" in found.why and "at most 5 seconds" in found.why


@pytest.mark.parametrize(
    "encode",
    [
        lambda raw: base64.b64encode(raw).decode(),
        lambda raw: base64.b64encode(raw).decode().rstrip("="),
        lambda raw: base64.urlsafe_b64encode(raw).decode(),
        lambda raw: raw.decode().replace('"', '\\"'),
    ],
)
def test_claims_are_read_in_whatever_form_they_come(encode):
    told = encode(json.dumps(CLAIMS).encode())
    found = asked(f'Bearer realm="", error="insufficient_claims", claims="{told}"')
    assert compact(found.wanted["claims"]) == CLAIMS


@pytest.mark.parametrize(
    "told", ["", "!!!", "e30x", base64.b64encode(b"[1]").decode(), base64.b64encode(b"\xff").decode()]
)
def test_claims_that_are_none_are_left_out_and_a_sign_in_is_offered_all_the_same(told):
    found = asked(f'Bearer error="insufficient_claims", claims="{told}"')
    assert found.wanted == {}
    assert "sign in again" in found.why


@pytest.mark.parametrize("header", ["", "Bearer", 'Bearer error="invalid_token"', 'Basic realm="insufficient_claims"'])
def test_another_refusal_asks_for_no_sign_in(header):
    assert asked(header) is None


def test_the_second_challenge_counts_too():
    assert asked('Basic realm="x", Bearer error="insufficient_user_authentication", max_age=0').wanted == {
        "max_age": "0"
    }


@pytest.mark.parametrize(
    ("error", "claims", "wanted"),
    [
        ("interaction_required", json.dumps(CLAIMS), {"claims"}),
        ("interaction_required", "", set()),
        ("interaction_required", "5", set()),
        ("login_required", "", {"prompt"}),
        ("consent_required", "", {"prompt"}),
    ],
)
def test_a_refusal_of_the_provider_is_read_too(error, claims, wanted):
    assert set(of_error(TokenError(error, "", 400, claims=claims)).wanted) == wanted


@pytest.mark.parametrize("error", ["invalid_grant", "invalid_client", "access_denied", ""])
def test_a_refusal_that_no_sign_in_would_help_offers_none(error):
    assert of_error(TokenError(error, "", 400)) is None


@pytest.mark.parametrize(
    "given",
    [
        {"acr_values": "a&redirect_uri=https://evil.example\r\nX: y"},
        {"acr_values": "a  b"},
        {"acr_values": 'a"b'},
        {"acr_values": "a" * 201},
        {"max_age": "-1"},
        {"max_age": "9999999999"},
        {"max_age": "1e3"},
        {"claims": "{"},
        {"claims": "[]"},
        {"claims": json.dumps({"x": "y" * LONGEST_CLAIMS})},
        {"prompt": "none"},
        {"redirect_uri": "https://evil.example"},
        {},
    ],
)
def test_what_has_not_its_form_is_left_out(given):
    assert read(given) == {}


def test_what_has_its_form_stays():
    given = {"acr_values": " urn:x:high ", "max_age": "300", "claims": '{"a": 1}', "prompt": "login"}
    assert read(given) == {"acr_values": "urn:x:high", "max_age": "300", "claims": '{"a":1}', "prompt": "login"}
