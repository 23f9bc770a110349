"""A public client: it names itself and proves nothing (RFC 6749 section 2.1); PKCE binds the code to its request."""

from console.core.client_auth.base import Client, ClientAuth, Proof
from console.core.credential import CredentialKind, NoCredential
from console.core.oauth.fresh import Fresh


def prove(client: Client, endpoint: str, fresh: Fresh) -> Proof:  # noqa: ARG001 (there is nothing to prove with)
    if not isinstance(client.credential, NoCredential):
        raise TypeError("a public client has no credential")
    return Proof((("client_id", client.id),))


CLIENT_AUTH = ClientAuth(
    code="none",
    title="None: a public client, with PKCE",
    source="RFC 6749 section 2.1, RFC 7636",
    credentials=frozenset({CredentialKind.NONE}),
    is_for_audience=False,
    prove=prove,
)
