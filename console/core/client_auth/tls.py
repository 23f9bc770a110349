"""A certificate of an authority, shown while the connection is made (RFC 8705 section 2.1)."""

from console.core.client_auth.base import Client, ClientAuth, Proof
from console.core.credential import Certificate, CredentialKind
from console.core.oauth import mtls
from console.core.oauth.fresh import Fresh


def prove(client: Client, endpoint: str, fresh: Fresh) -> Proof:  # noqa: ARG001 (the handshake is the proof)
    """The form names the client all the same: the server looks up whose certificate it expects."""
    if not isinstance(client.credential, Certificate):
        raise TypeError("a certificate is needed")
    return Proof((("client_id", client.id),), certificate=client.credential)


CLIENT_AUTH = ClientAuth(
    code="tls_client_auth",
    title="Mutual TLS with a certificate of an authority",
    source="RFC 8705 section 2.1",
    credentials=frozenset({CredentialKind.CERTIFICATE}),
    is_for_audience=False,
    prove=prove,
    shows_certificate=True,
    settings=(mtls.SETTING,),
)
