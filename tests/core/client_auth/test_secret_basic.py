"""Client id and secret in the Authorization header, each form-encoded first."""

import base64
from dataclasses import replace
from urllib.parse import unquote_plus

import pytest

from console.core.client_auth import secret_basic
from console.core.credential import ClientSecret, Secret
from tests.core.client_auth.proving import ENDPOINT, client
from tests.core.grants.asking import FRESH


def sent(client_id, secret):
    proof = secret_basic.CLIENT_AUTH.prove(replace(client(ClientSecret(Secret(secret))), id=client_id), ENDPOINT, FRESH)
    assert proof.form == ()
    ((name, value),) = proof.headers
    scheme, _, encoded = value.partition(" ")
    assert (name, scheme) == ("Authorization", "Basic")
    return base64.b64decode(encoded).decode("ascii"), proof


@pytest.mark.parametrize(
    ("client_id", "secret", "joined"),
    [
        ("c", "plain-secret_1.~", "c:plain-secret_1.~"),
        ("c", "a:b+c%d e", "c:a%3Ab%2Bc%25d+e"),
        ("dev-gcp:team:app", "s", "dev-gcp%3Ateam%3Aapp:s"),
        ("c", "blåbær", "c:bl%C3%A5b%C3%A6r"),
    ],
)
def test_both_are_form_encoded_before_they_are_joined(client_id, secret, joined):
    found, _ = sent(client_id, secret)
    assert found == joined
    assert [unquote_plus(part) for part in found.split(":")] == [client_id, secret]


def test_the_secret_is_hidden_in_every_form_in_which_it_is_sent():
    _, proof = sent("c", "a:b+c%d e")
    told = {secret.reveal() for secret in proof.secrets}
    assert told == {"a:b+c%d e", "a%3Ab%2Bc%25d+e", proof.headers[0][1].partition(" ")[2]}
