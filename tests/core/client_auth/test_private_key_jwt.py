"""An assertion for one audience, signed with the client's key."""

from dataclasses import replace

from console.core.client_auth import private_key_jwt
from console.core.client_auth.base import ASSERTION_TYPE
from console.core.credential import Secret
from console.core.oauth import assertion
from console.core.oauth.habits import AssertionAudience, KeyName
from tests.core.client_auth.proving import ENDPOINT, STYLE, client
from tests.core.grants.asking import FRESH, NOW
from tests.core.oauth.test_assertion import EC_KEY, RSA

prove = private_key_jwt.CLIENT_AUTH.prove


def test_an_assertion_is_made_for_its_audience_and_moment():
    proof = prove(client(RSA, style=STYLE), ENDPOINT, FRESH)
    form = dict(proof.form)
    assert (form["client_id"], form["client_assertion_type"]) == ("c", ASSERTION_TYPE)
    assert proof.secrets == (Secret(proof.assertion),)
    decoded = assertion.decode(proof.assertion)
    assert (decoded.header["alg"], decoded.header["x5t"]) == ("RS256", RSA.facts.x5t)
    wanted = {"aud": ENDPOINT, "iss": "c", "sub": "c", "jti": FRESH.jti, "iat": NOW, "nbf": NOW, "exp": NOW + 600}
    assert decoded.claims == wanted


def test_a_key_without_certificate_signs_for_the_issuer():
    style = replace(STYLE, alg="ES256", key_names=(KeyName.KID,), audience=AssertionAudience.ISSUER)
    decoded = assertion.decode(prove(client(EC_KEY, style=style, issuer="https://idp/"), ENDPOINT, FRESH).assertion)
    assert (decoded.header["kid"], decoded.claims["aud"]) == ("k1", "https://idp/")


def test_the_header_of_an_assertion_can_be_altered_before_it_is_signed():
    altered = client(RSA, style=STYLE, alter_header=lambda header: {**header, "x5t": "wrong"})
    assert assertion.decode(prove(altered, ENDPOINT, FRESH).assertion).header["x5t"] == "wrong"
