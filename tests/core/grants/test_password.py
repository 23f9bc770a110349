"""Name and password through the client: sent as the old clients do, under a warning."""

from console.core.credential import Secret
from console.core.grants import GRANTS
from console.core.grants.base import Need
from console.core.grants.password import GRANT
from tests.core.grants.answers import answered, granted, id_token
from tests.core.grants.asking import PLACE, ask

GIVEN = {Need.PASSWORD: Secret("PASSWORD-1")}


def test_name_and_password_go_to_the_token_endpoint():
    assert GRANT in GRANTS
    move = GRANT.begin(ask(given=GIVEN, settings={"username": "ina"}, scope="orders"))
    assert (move.endpoint, move.auth_audience) == (PLACE.token_endpoint, PLACE.token_endpoint)
    assert move.form == (
        ("grant_type", "password"),
        ("username", "ina"),
        ("password", "PASSWORD-1"),
        ("scope", "orders"),
    )
    assert move.secrets == (Secret("PASSWORD-1"),)


def test_without_a_password_nothing_is_sent():
    assert GRANT.begin(ask()).result.kind == "not_begun"


def test_the_answer_ends_it_and_an_identity_in_it_is_checked():
    assert GRANT.go_on(ask(), {}, granted()).result.access_token == Secret("AT")
    assert GRANT.go_on(ask(), {}, granted(id_token=id_token(nonce=..., aud="other"))).result.kind == "foreign_answer"
    assert GRANT.go_on(ask(), {}, answered(400, error="invalid_grant")).result.error == "invalid_grant"


def test_it_says_why_nobody_should_use_it():
    assert "RFC 9700" in GRANT.warning
