"""A token for a token (RFC 8693): each parameter as the profile wants it, and an answer that says what it is."""

import pytest

from console.core.credential import Secret
from console.core.grants import GRANTS
from console.core.grants.base import Need
from console.core.grants.token_exchange import GRANT, TYPE
from tests.core.grants.answers import answered, granted
from tests.core.grants.asking import PLACE, ask

GIVEN = {Need.SUBJECT_TOKEN: Secret("USER-TOKEN")}


def form(**changes):
    return GRANT.begin(ask(**{"given": GIVEN, "scope": "", **changes})).form


def test_the_least_that_the_standard_demands_is_sent():
    move = GRANT.begin(ask(given=GIVEN, scope=""))
    assert GRANT in GRANTS
    assert (move.endpoint, move.auth_audience) == (PLACE.token_endpoint, PLACE.token_endpoint)
    assert move.form == (
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", "USER-TOKEN"),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
    )
    assert move.secrets == (Secret("USER-TOKEN"),)


def test_what_the_profile_wants_goes_along():
    wants = {
        "audience": "dev-gcp:team:app",
        "resource": "https://a.example https://b.example",
        "subject_token_type": f"{TYPE}jwt",
        "requested_token_type": f"{TYPE}jwt",
    }
    sent = form(settings=wants, scope="orders")
    assert sent[2:] == (
        ("subject_token_type", f"{TYPE}jwt"),
        ("audience", "dev-gcp:team:app"),
        ("resource", "https://a.example"),
        ("resource", "https://b.example"),
        ("scope", "orders"),
        ("requested_token_type", f"{TYPE}jwt"),
    )


def test_without_a_token_nothing_is_sent():
    assert GRANT.begin(ask()).result.kind == "not_begun"


@pytest.mark.parametrize(("told", "notes"), [({"issued_token_type": f"{TYPE}access_token"}, 0), ({}, 1)])
def test_an_answer_that_does_not_say_what_it_is_gets_a_note(told, notes):
    result = GRANT.go_on(ask(), {}, granted(**told)).result
    assert len(result.notes) == notes
    assert result.issued_token_type == told.get("issued_token_type", "")


def test_a_refusal_is_the_providers_own():
    assert GRANT.go_on(ask(), {}, answered(400, error="invalid_target")).result.error == "invalid_target"
