"""A new access token without the person: what is sent, and which refresh token counts afterwards."""

import pytest

from console.core.credential import Secret
from console.core.grants import GRANTS
from console.core.grants.base import Need, Post
from console.core.grants.refresh_token import GRANT
from console.core.oauth.token_response import TokenError
from tests.core.grants.answers import answered, granted
from tests.core.grants.asking import PLACE, ask

GIVEN = {Need.REFRESH_TOKEN: Secret("RT-1")}


def test_the_refresh_token_goes_to_the_token_endpoint_with_the_clients_proof():
    move = GRANT.begin(ask(given=GIVEN, scope="openid orders"))
    assert GRANT in GRANTS
    assert isinstance(move, Post)
    assert (move.endpoint, move.auth_audience) == (PLACE.token_endpoint, PLACE.token_endpoint)
    assert move.form == (("grant_type", "refresh_token"), ("refresh_token", "RT-1"), ("scope", "openid orders"))
    assert move.secrets == (Secret("RT-1"),)


@pytest.mark.parametrize(("resource", "sent"), [("urn:a", "urn:a"), ("urn:a urn:b", None), ("", None)])
def test_the_resource_stays_the_one_that_was_asked_for(resource, sent):
    move = GRANT.begin(ask(given=GIVEN, settings={"resource": resource}))
    assert dict(move.form).get("resource") == sent


def test_without_a_refresh_token_nothing_is_sent():
    assert GRANT.begin(ask()).result.kind == "not_begun"


@pytest.mark.parametrize(("told", "counts"), [({"refresh_token": "RT-2"}, "RT-2"), ({}, "RT-1")])
def test_a_rotated_refresh_token_takes_the_place_of_the_old_one_and_else_that_goes_on(told, counts):
    kept = GRANT.begin(ask(given=GIVEN)).keep
    assert GRANT.go_on(ask(given=GIVEN), kept, granted(**told)).result.refresh_token == Secret(counts)


def test_a_refusal_is_the_providers_own():
    result = GRANT.go_on(ask(given=GIVEN), {}, answered(400, error="invalid_grant")).result
    assert isinstance(result, TokenError)
    assert result.error == "invalid_grant"
