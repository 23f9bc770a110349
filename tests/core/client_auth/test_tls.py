"""The certificate is for the connection; the form only says whose it should be."""

from console.core.client_auth import tls
from tests.core.client_auth.proving import ENDPOINT, client
from tests.core.grants.asking import FRESH
from tests.core.oauth.test_assertion import RSA


def test_the_client_is_named_and_its_certificate_is_for_the_connection():
    proof = tls.CLIENT_AUTH.prove(client(RSA), ENDPOINT, FRESH)
    assert (proof.form, proof.headers, proof.secrets) == ((("client_id", "c"),), (), ())
    assert proof.certificate is RSA
