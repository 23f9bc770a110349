"""A person signs in on another device: the code is shown, the server is asked again in time, and it ends."""

from dataclasses import replace

import pytest

from console.core.credential import Secret
from console.core.exchange import Exchange, Failure, FailureKind, Request, Response
from console.core.grants import GRANTS
from console.core.grants.base import Done, Post, Wait
from console.core.grants.device_code import GRANT
from console.core.oauth.token_response import TokenError, TokenResponse
from tests.core.grants.answers import answered, drop, granted, id_token
from tests.core.grants.asking import FRESH, NOW, PLACE, ask

DEVICE = "https://idp.example/t/device_authorization"
CODES = {
    "device_code": "DEVICE-CODE",
    "user_code": "WDJB-MJHT",
    "verification_uri": "https://idp.example/device",
    "expires_in": 900,
    "interval": 5,
}


def asked(now=NOW, **changes):
    place = replace(PLACE, device_authorization_endpoint=DEVICE)
    return ask(**{"place": place, "fresh": replace(FRESH, now=now), **changes})


def shown(**changes):
    return GRANT.go_on(asked(), {}, answered(**drop({**CODES, **changes})))


def looked(exchange, wait=None, now=NOW):
    return GRANT.go_on(asked(now), (wait or shown()).keep, exchange)


def pending(error="authorization_pending"):
    return answered(400, error=error)


def test_it_begins_at_the_device_endpoint_with_the_clients_proof():
    assert GRANT in GRANTS
    move = GRANT.begin(asked(scope="openid orders"))
    assert (move.endpoint, move.auth_audience) == (DEVICE, PLACE.token_endpoint)
    assert move.form == (("scope", "openid orders"),)
    assert GRANT.begin(asked(scope="")).form == ()


def test_without_such_an_endpoint_nothing_is_sent():
    assert GRANT.begin(ask()).result.kind == "not_begun"


def test_the_person_is_shown_code_and_address_and_how_long_they_count():
    move = shown(verification_uri_complete="https://idp.example/device?user_code=WDJB-MJHT")
    assert isinstance(move, Wait)
    assert (move.user_code, move.verification_uri) == ("WDJB-MJHT", "https://idp.example/device")
    assert (move.until, move.interval_s) == (NOW + 900, 5)
    assert move.uri_with_code == "https://idp.example/device?user_code=WDJB-MJHT"
    assert move.keep["device_code"] == Secret("DEVICE-CODE")


@pytest.mark.parametrize(
    ("changes", "until", "interval_s"),
    [
        ({"interval": ...}, NOW + 900, 5),
        ({"interval": "10"}, NOW + 900, 10),
        ({"interval": 0}, NOW + 900, 5),
        ({"interval": -1}, NOW + 900, 5),
        ({"interval": 9000}, NOW + 900, 60),
        ({"expires_in": "300"}, NOW + 300, 5),
        ({"expires_in": ...}, NOW + 600, 5),
        ({"expires_in": "soon"}, NOW + 600, 5),
    ],
)
def test_odd_times_are_read_as_what_they_can_mean(changes, until, interval_s):
    move = shown(**changes)
    assert (move.until, move.interval_s) == (until, interval_s)


@pytest.mark.parametrize(
    "changes",
    [
        {"device_code": ...},
        {"device_code": 5},
        {"user_code": ""},
        {"verification_uri": ...},
        {"verification_uri": "javascript:alert(1)"},
        {"verification_uri": "data:text/html,x"},
    ],
)
def test_an_answer_without_what_a_person_needs_ends_it(changes):
    move = shown(**changes)
    assert isinstance(move, Done)
    assert move.result.kind == "not_a_token_response"


def test_an_address_with_the_code_that_is_none_is_left_out():
    assert shown(verification_uri_complete="javascript:alert(1)").uri_with_code == ""


def test_the_older_name_of_the_address_is_read_too():
    move = shown(verification_uri=..., verification_url="https://old.example/device")
    assert move.verification_uri == "https://old.example/device"


def test_a_refusal_at_the_beginning_is_the_providers_own():
    move = GRANT.go_on(asked(), {}, answered(401, error="invalid_client"))
    assert (move.result.error, move.result.status) == ("invalid_client", 401)
    html = Exchange(Request("POST", DEVICE), Response(200, body=b"<html>"), None, 0.0, 0)
    assert GRANT.go_on(asked(), {}, html).result.kind == "not_json"


def test_after_a_wait_the_server_is_asked_with_the_device_code():
    move = looked(None)
    assert isinstance(move, Post)
    assert (move.endpoint, move.auth_audience) == (PLACE.token_endpoint, PLACE.token_endpoint)
    assert dict(move.form) == {"grant_type": GRANT.grant_type, "device_code": "DEVICE-CODE"}
    assert move.secrets == (Secret("DEVICE-CODE"),)


@pytest.mark.parametrize(("now", "is_over"), [(NOW + 899, False), (NOW + 900, True), (NOW + 901, True)])
def test_a_code_that_ran_out_is_not_asked_for_any_more(now, is_over):
    move = looked(None, now=now)
    assert isinstance(move, Done if is_over else Post)
    assert not is_over or move.result.kind == "device_code_expired"


def test_while_the_person_is_not_done_it_waits_on_and_keeps_everything():
    move = looked(pending())
    assert isinstance(move, Wait)
    assert replace(move, keep={}) == replace(shown(), keep={})
    assert move.keep["device_code"] == Secret("DEVICE-CODE")


def test_slow_down_adds_five_seconds_for_good():
    first = looked(pending("slow_down"))
    assert first.interval_s == 10
    second = looked(pending("slow_down"), first)
    assert second.interval_s == 15
    assert looked(pending(), second).interval_s == 15


def test_a_timeout_doubles_the_wait_and_another_failure_ends_it():
    def failed(kind):
        return Exchange(Request("POST", PLACE.token_endpoint), None, Failure(kind, "x"), 0.0, 0)

    assert looked(failed(FailureKind.TIMEOUT)).interval_s == 10
    assert isinstance(looked(failed(FailureKind.REFUSED)).result, Failure)


@pytest.mark.parametrize("error", ["access_denied", "expired_token", "authorization_declined", "invalid_grant"])
def test_what_the_provider_refuses_ends_it(error):
    move = looked(pending(error))
    assert isinstance(move.result, TokenError)
    assert move.result.error == error


def test_when_the_person_is_done_the_token_comes_with_their_identity_checked():
    good = looked(granted(refresh_token="RT", id_token=id_token(nonce=...)))
    assert isinstance(good.result, TokenResponse)
    assert good.result.refresh_token == Secret("RT")
    assert looked(granted(id_token=id_token(aud="other"))).result.kind == "foreign_answer"
