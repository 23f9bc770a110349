"""The client secret as a field of the form."""

from console.core.client_auth import secret_post
from console.core.credential import ClientSecret, Secret
from tests.core.client_auth.proving import ENDPOINT, client
from tests.core.grants.asking import FRESH


def test_a_secret_stands_in_the_form_beside_the_client_id():
    proof = secret_post.CLIENT_AUTH.prove(client(ClientSecret(Secret("s&+"))), ENDPOINT, FRESH)
    assert proof.form == (("client_id", "c"), ("client_secret", "s&+"))
    assert proof.secrets == (Secret("s&+"),)
    assert (proof.headers, proof.assertion, proof.certificate) == ((), "", None)
