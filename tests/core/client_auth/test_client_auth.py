"""How a client proves itself: with its secret in the form, or with an assertion for one audience."""

import pytest

from console.core.client_auth import CLIENT_AUTHS, client_auth_for, private_key_jwt, secret_post
from console.core.client_auth.base import Client, Proof
from console.core.credential import AssertionStyle, ClientSecret, CredentialKind, Secret
from console.core.oauth import assertion
from tests.core.grants.asking import FRESH, NOW
from tests.core.oauth.test_assertion import RSA

AUDIENCE = "https://idp.example/t/token"


def test_a_secret_stands_in_the_form_beside_the_client_id():
    proof = secret_post.CLIENT_AUTH.prove(Client("c", ClientSecret(Secret("s&+"))), AUDIENCE, FRESH)
    assert proof.form == (("client_id", "c"), ("client_secret", "s&+"))
    assert proof.secrets == (Secret("s&+"),)
    assert (proof.headers, proof.assertion) == ((), "")


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


@pytest.mark.parametrize("auth", CLIENT_AUTHS, ids=lambda auth: auth.code)
def test_nothing_proves_with_a_credential_of_another_kind(auth):
    other = ClientSecret(Secret("s")) if auth.credential is CredentialKind.CERTIFICATE else RSA
    with pytest.raises(TypeError):
        auth.prove(Client("c", other), AUDIENCE, FRESH)


def test_what_is_secret_in_a_proof_is_not_in_its_repr():
    assert "canary" not in repr(Proof((("client_secret", "canary"),), secrets=(Secret("canary"),)))


@pytest.mark.parametrize(
    ("kind", "codes", "found"),
    [
        (CredentialKind.SECRET, ("private_key_jwt", "client_secret_post"), "client_secret_post"),
        (CredentialKind.CERTIFICATE, ("private_key_jwt", "client_secret_post"), "private_key_jwt"),
        (CredentialKind.SECRET, ("private_key_jwt",), None),
        (CredentialKind.NONE, ("private_key_jwt", "client_secret_post"), None),
    ],
)
def test_the_way_to_prove_follows_from_the_credential_and_from_what_the_provider_takes(kind, codes, found):
    auth = client_auth_for(kind, codes)
    assert (auth.code if auth else None) == found
