"""Which way of proving a client fits a credential and a provider."""

import pytest

from console.core.client_auth import CLIENT_AUTHS, client_auth_for
from console.core.client_auth.base import Proof
from console.core.credential import (
    Certificate,
    ClientSecret,
    CredentialKind,
    FederatedAssertion,
    NoCredential,
    Secret,
    SigningKey,
)
from tests.core.client_auth.proving import ENDPOINT, EVERY_KIND, client
from tests.core.grants.asking import FRESH

KINDS = {
    NoCredential: CredentialKind.NONE,
    ClientSecret: CredentialKind.SECRET,
    Certificate: CredentialKind.CERTIFICATE,
    SigningKey: CredentialKind.KEY,
    FederatedAssertion: CredentialKind.ASSERTION,
}
MANY = ("private_key_jwt", "client_secret_post", "client_secret_basic", "tls_client_auth", "none")


@pytest.mark.parametrize("auth", CLIENT_AUTHS, ids=lambda auth: auth.code)
def test_nothing_proves_with_a_credential_of_another_kind(auth):
    others = [one for one in EVERY_KIND if KINDS[type(one)] not in auth.credentials]
    assert len(others) >= 3
    for other in others:
        with pytest.raises(TypeError):
            auth.prove(client(other), ENDPOINT, FRESH)


def test_what_is_secret_in_a_proof_is_not_in_its_repr():
    assert "canary" not in repr(Proof((("client_secret", "canary"),), secrets=(Secret("canary"),)))


@pytest.mark.parametrize(
    ("kind", "codes", "found"),
    [
        (CredentialKind.SECRET, ("private_key_jwt", "client_secret_post"), "client_secret_post"),
        (CredentialKind.SECRET, ("client_secret_basic", "client_secret_post"), "client_secret_basic"),
        (CredentialKind.CERTIFICATE, ("private_key_jwt", "client_secret_post"), "private_key_jwt"),
        (CredentialKind.KEY, MANY, "private_key_jwt"),
        (CredentialKind.SECRET, ("private_key_jwt",), None),
        (CredentialKind.NONE, MANY, None),  # an empty profile is no public client
        (CredentialKind.NONE, ("none",), "none"),
        (CredentialKind.SECRET, ("client_secret_jwt",), None),  # a method that nobody here knows
    ],
)
def test_the_way_to_prove_follows_from_the_credential_and_from_what_the_provider_takes(kind, codes, found):
    auth = client_auth_for(kind, codes)
    assert (auth.code if auth else None) == found


@pytest.mark.parametrize(
    ("kind", "chosen", "found"),
    [
        (CredentialKind.SECRET, "client_secret_basic", "client_secret_basic"),
        (CredentialKind.CERTIFICATE, "tls_client_auth", "tls_client_auth"),
        (CredentialKind.NONE, "none", "none"),
        (CredentialKind.SECRET, "tls_client_auth", None),
        (CredentialKind.SECRET, "federated_assertion", None),  # chosen, and the provider does not take it
    ],
)
def test_what_was_chosen_is_done_or_nothing(kind, chosen, found):
    auth = client_auth_for(kind, MANY, chosen)
    assert (auth.code if auth else None) == found
