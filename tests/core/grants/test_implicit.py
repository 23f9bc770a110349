"""The token in the address: what is asked, and what of an answer is taken."""

from dataclasses import replace

import pytest

from console.core.credential import Secret
from console.core.grants import GRANTS
from console.core.grants.base import Done, Need
from console.core.grants.implicit import GRANT
from console.core.oauth.token_response import TokenError
from tests.core.grants.answers import answered, id_token, query_of
from tests.core.grants.asking import NOW, PLACE, ask

KEPT = {"state": Secret("state-1"), "nonce": Secret("nonce-1")}
BACK = {"state": "state-1", "access_token": "AT", "token_type": "bearer", "expires_in": "3600"}


def asked(**changes):
    place = replace(PLACE, authorization_endpoint="https://login.example/authorize?p=1")
    return ask(**{"place": place, "scope": "orders", "redirect_uri": "https://console.example/back/", **changes})


def came_back(told, **changes):
    move = GRANT.go_on(asked(**changes), KEPT, told)
    assert isinstance(move, Done)
    return move.result


def test_the_person_is_sent_for_a_token():
    assert GRANT in GRANTS
    assert GRANT.needs == {Need.USER, Need.REDIRECT}
    move = GRANT.begin(asked(settings={"resource": "urn:a"}))
    assert query_of(move.url) == {
        "p": "1",
        "response_type": "token",
        "client_id": "c",
        "redirect_uri": "https://console.example/back/",
        "scope": "orders",
        "state": "state-1",
        "resource": "urn:a",
    }
    assert move.expects_state == "state-1"


def test_with_openid_an_id_token_and_a_nonce_are_asked_for():
    sent = query_of(GRANT.begin(asked(scope="openid orders")).url)
    assert (sent["response_type"], sent["nonce"]) == ("id_token token", "nonce-1")


def test_without_a_place_to_sign_in_nobody_is_sent_anywhere():
    assert GRANT.begin(ask()).result.kind == "not_begun"


def test_the_token_is_taken_with_a_lifetime_that_an_address_can_only_give_as_text():
    got = came_back({**BACK, "refresh_token": "never"})
    assert (got.access_token, got.expires_in_s, got.obtained_at) == (Secret("AT"), 3600, NOW)
    assert (got.notes, got.refresh_token) == ((), None)


@pytest.mark.parametrize("life", ["", "soon", "9" * 40])
def test_an_odd_lifetime_costs_no_good_token(life):
    assert came_back({**BACK, "expires_in": life}).expires_in_s is None


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"state": "another"}, "foreign_answer"),
        ({"iss": "https://evil.example"}, "foreign_answer"),
        ({"access_token": ""}, "not_a_token_response"),
        ({"access_token": "a b"}, "not_a_token_response"),
    ],
)
def test_what_is_no_answer_to_this_is_refused(changes, kind):
    assert came_back({**BACK, **changes}).kind == kind


def test_an_error_is_the_providers_own():
    got = came_back({"state": "state-1", "error": "access_denied"})
    assert isinstance(got, TokenError)
    assert (got.error, got.kind) == ("access_denied", "oauth")


def test_the_identity_that_comes_along_is_checked():
    good = came_back({**BACK, "id_token": id_token()}, scope="openid")
    assert good.access_token == Secret("AT")
    assert came_back({**BACK, "id_token": id_token(nonce="another")}, scope="openid").kind == "foreign_answer"


def test_an_answer_of_a_server_is_none_here():
    assert came_back(answered(200, access_token="AT")).kind == "bad_http"


def test_it_says_why_nobody_should_use_it():
    assert "RFC 9700" in GRANT.warning
