"""How a client proves to the token endpoint who it is (RFC 6749 section 2.3, OpenID Connect Core section 9)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from console.core.credential import Certificate, Credential, CredentialKind, Secret
from console.core.exchange import Header
from console.core.oauth.assertion_style import AssertionStyle
from console.core.oauth.fresh import Fresh
from console.core.oauth.setting import Setting

Form = tuple[tuple[str, str], ...]
Json = dict[str, Any]
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def as_it_is(header: Json) -> Json:
    return header


@dataclass(frozen=True, slots=True)
class Client:
    """Who proves itself. `style` is how its assertions look, None with a credential that signs none; `issuer` is the
    authorization server's, "" when it is not known.

    `alter_header` changes the header of an assertion before it is signed: a fault of the sandbox, else nothing.
    """

    id: str
    credential: Credential
    style: AssertionStyle | None = None
    issuer: str = ""
    alter_header: Callable[[Json], Json] = as_it_is


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """What is added to a request. `form` and `headers` carry secrets in clear; `secrets` are those, for redaction.

    `certificate` is shown while the connection is made (RFC 8705), with a proof that its key is there.
    """

    form: Form = ()
    headers: tuple[Header, ...] = ()
    secrets: tuple[Secret, ...] = ()
    certificate: Certificate | None = None

    @property
    def assertion(self) -> str:
        """The client assertion (RFC 7523 section 2.2); "" when the client proves itself otherwise."""
        return dict(self.form).get("client_assertion", "")


@dataclass(frozen=True, slots=True)
class ClientAuth:
    """`code` is the method's name in metadata (token_endpoint_auth_methods_supported, RFC 8414 section 2), where it has
    one of its own.

    `credentials` are the kinds that it proves with, and `prove(client, endpoint, fresh)` needs one of them.
    `is_for_audience` when a proof is good at one endpoint only: it is made when the endpoint is known.
    With `shows_certificate` the proof is in the connection (RFC 8705), which may lead to an endpoint of its own.
    """

    code: str
    title: str
    source: str
    credentials: frozenset[CredentialKind]
    is_for_audience: bool
    prove: Callable[[Client, str, Fresh], Proof]
    settings: tuple[Setting, ...] = ()
    shows_certificate: bool = False
