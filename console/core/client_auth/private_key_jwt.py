"""An assertion signed with the client's own key, with or without certificate (RFC 7523 section 2.2)."""

from dataclasses import replace

from console.core.client_auth.base import ASSERTION_TYPE, Client, ClientAuth, Proof
from console.core.credential import Certificate, CredentialKind, Secret, SigningKey
from console.core.oauth import assertion_style, client_assertion
from console.core.oauth.fresh import Fresh


def prove(client: Client, endpoint: str, fresh: Fresh) -> Proof:
    """A new assertion, for the issuer or that endpoint; `fresh.jti` must not have been used before."""
    credential, style = client.credential, client.style
    if not isinstance(credential, Certificate | SigningKey) or style is None:
        raise TypeError("a certificate or a signing key is needed")
    text = client_assertion.build(
        credential,
        style,
        client_id=client.id,
        audience=client_assertion.audience(style, issuer=client.issuer, endpoint=endpoint),
        fresh=fresh,
        alter_header=client.alter_header,
    )
    form = (("client_id", client.id), ("client_assertion_type", ASSERTION_TYPE), ("client_assertion", text))
    return Proof(form, secrets=(Secret(text),))


CLIENT_AUTH = ClientAuth(
    code="private_key_jwt",
    title="Assertion signed with the client's key",
    source="RFC 7523 section 2.2",
    credentials=frozenset({CredentialKind.CERTIFICATE, CredentialKind.KEY}),
    is_for_audience=True,
    prove=prove,
    # Without a choice it is what a key does, so its settings are asked for then too.
    settings=tuple(replace(one, when=("client_auth", ("", "private_key_jwt"))) for one in assertion_style.SETTINGS),
)
