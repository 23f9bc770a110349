"""Client id and secret in the Authorization header (RFC 6749 section 2.3.1).

Both are form-encoded before they are joined and encoded as base64 (appendix B of that document): a plain `:` `+` `%`
or blank in a secret is what most clients that send them unencoded fail at.
"""

from base64 import b64encode
from urllib.parse import quote_plus

from console.core.client_auth.base import Client, ClientAuth, Proof
from console.core.credential import ClientSecret, CredentialKind, Secret
from console.core.oauth.fresh import Fresh


def prove(client: Client, endpoint: str, fresh: Fresh) -> Proof:  # noqa: ARG001 (the same secret everywhere)
    if not isinstance(client.credential, ClientSecret):
        raise TypeError("a client secret is needed")
    secret = client.credential.value
    encoded = quote_plus(secret.reveal(), safe="")
    joined = f"{quote_plus(client.id, safe='')}:{encoded}"
    sent = b64encode(joined.encode("ascii")).decode("ascii")
    return Proof(headers=(("Authorization", f"Basic {sent}"),), secrets=(secret, Secret(encoded), Secret(sent)))


CLIENT_AUTH = ClientAuth(
    code="client_secret_basic",
    title="Client secret in the Authorization header (Basic)",
    source="RFC 6749 section 2.3.1",
    credentials=frozenset({CredentialKind.SECRET}),
    is_for_audience=False,
    prove=prove,
)
