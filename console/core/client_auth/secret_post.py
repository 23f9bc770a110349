"""The client secret as a field of the form (RFC 6749 section 2.3.1)."""

from console.core.client_auth.base import Client, ClientAuth, Proof
from console.core.credential import ClientSecret, CredentialKind
from console.core.oauth.fresh import Fresh


def prove(client: Client, endpoint: str, fresh: Fresh) -> Proof:  # noqa: ARG001 (the same secret everywhere)
    if not isinstance(client.credential, ClientSecret):
        raise TypeError("a client secret is needed")
    secret = client.credential.value
    return Proof((("client_id", client.id), ("client_secret", secret.reveal())), secrets=(secret,))


CLIENT_AUTH = ClientAuth(
    code="client_secret_post",
    title="Client secret in the form",
    source="RFC 6749 section 2.3.1",
    credentials=frozenset({CredentialKind.SECRET}),
    is_for_audience=False,
    prove=prove,
)
