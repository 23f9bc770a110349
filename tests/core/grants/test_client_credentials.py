"""An application's own token: one form, one answer."""

import json

import pytest

from console.core.exchange import Exchange, Failure, FailureKind, Request, Response
from console.core.grants import GRANTS, grant_of
from console.core.grants.base import Done, Need, Post
from console.core.grants.client_credentials import GRANT
from console.core.oauth.token_response import TokenError, TokenResponse
from tests.core.grants.asking import NOW, PLACE, ask

TOKEN = json.dumps({"access_token": "AT", "token_type": "Bearer", "expires_in": 60}).encode()


def came_back(response=None, failure=None):
    return Exchange(Request("POST", PLACE.token_endpoint), response, failure, 0.0, 0)


def test_the_grant_is_listed_with_its_verbatim_type():
    assert GRANT in GRANTS
    assert grant_of("client_credentials") is GRANT
    assert (GRANT.grant_type, GRANT.needs) == ("client_credentials", {Need.CLIENT_AUTH})


def test_it_begins_with_a_form_to_the_token_endpoint_for_which_the_client_proves_itself():
    move = GRANT.begin(ask(scope="api://orders/.default"))
    assert isinstance(move, Post)
    assert (move.endpoint, move.auth_audience) == (PLACE.token_endpoint, PLACE.token_endpoint)
    assert move.form == (("grant_type", "client_credentials"), ("scope", "api://orders/.default"))


@pytest.mark.parametrize(
    ("exchange", "kind"),
    [
        (came_back(Response(200, body=TOKEN)), TokenResponse),
        (came_back(Response(401, body=b'{"error": "invalid_client"}')), TokenError),
        (came_back(failure=Failure(FailureKind.DNS, "No such name.")), Failure),
        (came_back(Response(200, body=TOKEN), Failure(FailureKind.ENDED_EARLY, "It broke off.")), Failure),
        (came_back(), Failure),
        (None, Failure),
        ({"code": "x"}, Failure),
    ],
)
def test_the_answer_ends_it(exchange, kind):
    move = GRANT.go_on(ask(), {}, exchange)
    assert isinstance(move, Done)
    assert isinstance(move.result, kind)


def test_a_token_counts_from_the_moment_of_its_answer():
    done = GRANT.go_on(ask(), {}, came_back(Response(200, body=TOKEN)))
    assert (done.result.obtained_at, done.result.expires_at) == (NOW, NOW + 60)
