"""A token passed on in a person's name: what is sent, and that nothing is without one."""

from console.core.credential import Secret
from console.core.grants import GRANTS
from console.core.grants.base import Need, Post
from console.core.grants.on_behalf_of import GRANT
from console.core.oauth.token_response import TokenError, TokenResponse
from tests.core.grants.answers import answered, granted
from tests.core.grants.asking import PLACE, ask

GIVEN = {Need.SUBJECT_TOKEN: Secret("USER-TOKEN")}


def test_the_token_goes_as_assertion_and_says_what_for():
    assert GRANT in GRANTS
    move = GRANT.begin(ask(given=GIVEN, scope="api://orders/.default"))
    assert isinstance(move, Post)
    assert (move.endpoint, move.auth_audience) == (PLACE.token_endpoint, PLACE.token_endpoint)
    assert dict(move.form) == {
        "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "requested_token_use": "on_behalf_of",
        "assertion": "USER-TOKEN",
        "scope": "api://orders/.default",
    }
    assert move.secrets == (Secret("USER-TOKEN"),)


def test_claims_that_were_challenged_for_go_along():
    move = GRANT.begin(ask(given=GIVEN, settings={"claims": '{"access_token":{}}'}))
    assert dict(move.form)["claims"] == '{"access_token":{}}'


def test_without_a_token_nothing_is_sent():
    assert GRANT.begin(ask()).result.kind == "not_begun"


def test_the_answer_ends_it():
    assert isinstance(GRANT.go_on(ask(), {}, granted()).result, TokenResponse)
    refused = GRANT.go_on(ask(), {}, answered(400, error="interaction_required", claims="{}")).result
    assert isinstance(refused, TokenError)
    assert refused.body["claims"] == "{}"
