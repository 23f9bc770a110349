"""A public client names itself, and that is all."""

from console.core.client_auth import none
from console.core.client_auth.base import Proof
from console.core.credential import NoCredential
from tests.core.client_auth.proving import ENDPOINT, client
from tests.core.grants.asking import FRESH


def test_the_client_id_alone_is_sent():
    assert none.CLIENT_AUTH.prove(client(NoCredential()), ENDPOINT, FRESH) == Proof((("client_id", "c"),))
