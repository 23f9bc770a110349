"""An assertion signed with the key of the client's certificate (RFC 7523 section 2.2)."""

from console.core.client_auth.base import Client, ClientAuth, Proof
from console.core.credential import Certificate, CredentialKind, Secret
from console.core.oauth import assertion
from console.core.oauth.fresh import Fresh

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def prove(client: Client, audience: str, fresh: Fresh) -> Proof:
    """A new assertion for that audience; `fresh.jti` must not have been used before."""
    if not isinstance(client.credential, Certificate):
        raise TypeError("a certificate is needed")
    text = assertion.build(
        client.credential,
        client_id=client.id,
        audience=audience,
        style=client.style,
        sends_chain=client.sends_chain,
        now=fresh.now,
        jti=fresh.jti,
        header_override=client.alter_header,
    )
    form = (("client_id", client.id), ("client_assertion_type", ASSERTION_TYPE), ("client_assertion", text))
    return Proof(form, secrets=(Secret(text),))


CLIENT_AUTH = ClientAuth(
    code="private_key_jwt",
    title="Assertion signed with a certificate",
    source="RFC 7523 section 2.2",
    credential=CredentialKind.CERTIFICATE,
    is_for_audience=True,
    prove=prove,
)
