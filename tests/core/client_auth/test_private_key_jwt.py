"""An assertion for one audience, signed with the certificate's key."""

from console.core.client_auth import private_key_jwt
from console.core.client_auth.base import Client
from console.core.credential import AssertionStyle, Secret
from console.core.oauth import assertion
from tests.core.grants.asking import FRESH, NOW, PLACE
from tests.core.oauth.test_assertion import RSA

AUDIENCE = PLACE.token_endpoint


def test_an_assertion_is_made_for_its_audience_and_moment():
    client = Client("c", RSA, AssertionStyle.RS256_X5T, sends_chain=True)
    proof = private_key_jwt.CLIENT_AUTH.prove(client, AUDIENCE, FRESH)
    form = dict(proof.form)
    assert (form["client_id"], form["client_assertion_type"]) == ("c", private_key_jwt.ASSERTION_TYPE)
    assert proof.secrets == (Secret(proof.assertion),)
    decoded = assertion.decode(proof.assertion)
    assert (decoded.header["alg"], "x5t" in decoded.header, "x5c" in decoded.header) == ("RS256", True, True)
    wanted = {"aud": AUDIENCE, "iss": "c", "sub": "c", "jti": FRESH.jti, "iat": NOW, "nbf": NOW, "exp": NOW + 600}
    assert decoded.claims == wanted


def test_the_header_of_an_assertion_can_be_altered_before_it_is_signed():
    client = Client("c", RSA, alter_header=lambda header: {**header, "x5t": "wrong"})
    proof = private_key_jwt.CLIENT_AUTH.prove(client, AUDIENCE, FRESH)
    assert assertion.decode(proof.assertion).header["x5t"] == "wrong"
