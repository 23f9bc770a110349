"""Which way of proving a client fits a credential and a provider."""

import pytest

from console.core.client_auth import CLIENT_AUTHS, client_auth_for
from console.core.client_auth.base import Client, Proof
from console.core.credential import ClientSecret, CredentialKind, Secret
from tests.core.grants.asking import FRESH
from tests.core.oauth.test_assertion import RSA

AUDIENCE = "https://idp.example/t/token"


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
