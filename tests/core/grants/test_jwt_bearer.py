"""A signed JWT as the grant: the general form and Maskinporten's, claim by claim."""

import json
from dataclasses import replace

import pytest

from console.core.credential import Secret
from console.core.grants import GRANTS
from console.core.grants.base import Need
from console.core.grants.jwt_bearer import GRANT
from tests.core.grants.answers import answered, granted
from tests.core.grants.asking import NOW, PLACE, ask

ISSUER = "https://test.maskinporten.no/"
MASKINPORTEN = {"assertion_form": "scope_inside"}
TIMES = {"iat": NOW, "exp": NOW + 100, "jti": "jti-1"}


def signing(**changes):
    """The move, and the claims that were signed for it."""
    signed = []

    def sign(claims):
        signed.append(dict(claims))
        return "SIGNED"

    move = GRANT.begin(ask(**{"sign": sign, "place": replace(PLACE, issuer=ISSUER), "scope": "nav:x.read", **changes}))
    return move, signed[0] if signed else None


def test_the_general_form_names_the_subject_and_sends_the_scope_beside_it():
    move, claims = signing(settings={"resource": "https://api.example"})
    assert GRANT in GRANTS
    assert GRANT.needs == {Need.SIGNING_KEY}
    assert claims == {"aud": ISSUER, "iss": "c", "sub": "c", **TIMES}
    assert (move.endpoint, move.auth_audience) == (PLACE.token_endpoint, "")
    assert move.form == (
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("assertion", "SIGNED"),
        ("scope", "nav:x.read"),
        ("resource", "https://api.example"),
    )
    assert move.secrets == (Secret("SIGNED"),)


def test_maskinportens_form_has_everything_inside_and_two_fields():
    wants = {**MASKINPORTEN, "resource": "https://api.example", "consumer_org": "999888777", "pid": "17912099997"}
    move, claims = signing(settings=wants)
    assert claims == {
        "aud": ISSUER,
        "iss": "c",
        "scope": "nav:x.read",
        "resource": ["https://api.example"],
        "consumer_org": "999888777",
        "pid": "17912099997",
        **TIMES,
    }
    assert move.form == (("grant_type", GRANT.grant_type), ("assertion", "SIGNED"))


def test_what_is_not_wanted_is_no_claim():
    assert signing(settings=MASKINPORTEN)[1] == {"aud": ISSUER, "iss": "c", "scope": "nav:x.read", **TIMES}


@pytest.mark.parametrize(
    ("issuer", "chosen", "audience"),
    [(ISSUER, "", ISSUER), ("", "", PLACE.token_endpoint), (ISSUER, "https://other.example", "https://other.example")],
)
def test_the_audience_is_the_issuer_unless_something_else_is_chosen(issuer, chosen, audience):
    claims = signing(place=replace(PLACE, issuer=issuer), settings={"assertion_audience": chosen})[1]
    assert claims["aud"] == audience


def test_the_subject_may_be_a_person():
    assert signing(settings={"subject": "user@example.com"})[1]["sub"] == "user@example.com"


DETAILS = [{"type": "urn:altinn:systemuser", "systemuser_org": {"ID": "0192:999888777"}}]


def test_authorization_details_go_inside_or_beside():
    text = json.dumps(DETAILS)
    assert signing(settings={**MASKINPORTEN, "authorization_details": text})[1]["authorization_details"] == DETAILS
    move, claims = signing(settings={"authorization_details": text})
    assert "authorization_details" not in claims
    assert json.loads(dict(move.form)["authorization_details"]) == DETAILS


@pytest.mark.parametrize("text", ["{", '{"type": "x"}', "[1]", "null", '"x"'])
def test_details_that_cannot_be_read_are_told_and_nothing_is_sent(text):
    move, claims = signing(settings={"authorization_details": text})
    assert (move.result.kind, claims) == ("not_begun", None)


def test_without_a_key_nothing_is_sent():
    assert GRANT.begin(ask()).result.kind == "not_begun"


def test_the_answer_ends_it():
    assert GRANT.go_on(ask(), {}, granted()).result.access_token == Secret("AT")
    assert GRANT.go_on(ask(), {}, answered(400, error="invalid_grant")).result.error == "invalid_grant"
