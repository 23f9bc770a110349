"""A token of another issuer stands in the assertion's place, as it is."""

from console.core.client_auth import federated_assertion
from console.core.client_auth.base import ASSERTION_TYPE
from console.core.credential import FederatedAssertion, Secret
from tests.core.client_auth.proving import ENDPOINT, FEDERATED, client
from tests.core.grants.asking import FRESH


def test_it_is_sent_unchanged_and_is_a_secret():
    proof = federated_assertion.CLIENT_AUTH.prove(client(FederatedAssertion(Secret(FEDERATED))), ENDPOINT, FRESH)
    assert dict(proof.form) == {
        "client_id": "c",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": FEDERATED,
    }
    assert (proof.assertion, proof.secrets, proof.headers) == (FEDERATED, (Secret(FEDERATED),), ())
