"""A token for the client by another issuer, whom the provider trusts (RFC 7521 section 4.2, RFC 7523 section 2.2).

Nothing is signed here: the token of a Kubernetes service account or of another cloud stands in the client assertion's
place. In metadata it has no name of its own; servers list it under private_key_jwt.
"""

from console.core.client_auth.base import ASSERTION_TYPE, Client, ClientAuth, Proof
from console.core.credential import CredentialKind, FederatedAssertion
from console.core.oauth.fresh import Fresh


def prove(client: Client, endpoint: str, fresh: Fresh) -> Proof:  # noqa: ARG001 (its issuer chose its audience)
    if not isinstance(client.credential, FederatedAssertion):
        raise TypeError("a federated assertion is needed")
    value = client.credential.value
    form = (("client_id", client.id), ("client_assertion_type", ASSERTION_TYPE), ("client_assertion", value.reveal()))
    return Proof(form, secrets=(value,))


CLIENT_AUTH = ClientAuth(
    code="federated_assertion",
    title="Federated assertion: a token of another issuer",
    source="RFC 7523 section 2.2",
    credentials=frozenset({CredentialKind.ASSERTION}),
    is_for_audience=False,
    prove=prove,
)
