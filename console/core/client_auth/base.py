"""How a client proves to the token endpoint who it is (RFC 6749 section 2.3, OpenID Connect Core section 9)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from console.core.credential import AssertionStyle, Credential, CredentialKind, Secret
from console.core.exchange import Header
from console.core.oauth.fresh import Fresh

Form = tuple[tuple[str, str], ...]
Json = dict[str, Any]


def as_it_is(header: Json) -> Json:
    return header


@dataclass(frozen=True, slots=True)
class Client:
    """Who proves itself. `style` and `sends_chain` are for assertions signed with a certificate.

    `alter_header` changes the header of an assertion before it is signed: a fault of the sandbox, else nothing.
    """

    id: str
    credential: Credential
    style: AssertionStyle = AssertionStyle.PS256_X5T_S256
    sends_chain: bool = False
    alter_header: Callable[[Json], Json] = as_it_is


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """What is added to a request. `form` and `headers` carry secrets in clear; `secrets` are those, for redaction."""

    form: Form = ()
    headers: tuple[Header, ...] = ()
    secrets: tuple[Secret, ...] = ()

    @property
    def assertion(self) -> str:
        """The client assertion (RFC 7523 section 2.2); "" when the client proves itself otherwise."""
        return dict(self.form).get("client_assertion", "")


@dataclass(frozen=True, slots=True)
class ClientAuth:
    """`code` is the method's name in metadata (token_endpoint_auth_methods_supported, RFC 8414 section 2).

    `credential` is the kind that it proves with, and `prove(client, audience, fresh)` needs one of that kind.
    `is_for_audience` when a proof is good at one audience only: it is made when the endpoint is known.
    """

    code: str
    title: str
    source: str
    credential: CredentialKind
    is_for_audience: bool
    prove: Callable[[Client, str, Fresh], Proof]
