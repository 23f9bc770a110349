"""Where one played OAuth provider differs from another, and a token request as its grants get it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from console.sandbox.people import MadeUpPerson
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.oauth.errors import OAuthRefusal
from console.sandbox.registered import OAuthClient, Registrations
from console.sandbox.routes import Answered
from console.sandbox.state import Authorization, State

Part = dict[str, Any]
Form = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Minting:
    """What tokens are made for. `person` is None for a client's own; `audience` is empty without a resource.

    `subject`, of an exchanged token alone, are the claims of the token it was exchanged for.
    """

    client: OAuthClient
    authorization: Authorization
    person: MadeUpPerson | None
    audience: tuple[str, ...]
    cnf: dict[str, str]
    family: str = ""
    subject: Part | None = None


@dataclass(frozen=True, slots=True)
class TokenAsk:
    """A token request of a client that has proven itself. `cnf` is what its tokens are bound to, empty for nothing."""

    visit: ProviderVisit
    rules: "Rules"
    form: Form
    client: OAuthClient
    cnf: dict[str, str]
    state: State


Granted = tuple[Part | OAuthRefusal, State]


@dataclass(frozen=True, slots=True)
class Rules:
    """`segment` is the provider's path segment. Times are seconds; `authorization_s` 0 is without an end.

    `levels` are the `acr` values from low to high. `assertion_life_s` is the most that a client assertion may live and
    `skew_s` what is forgiven to clocks. `names_endpoint` is whether its audience may be the endpoint in place of the
    issuer. `demands_nonce`: a DPoP proof must bear one of the server's. `guards_introspection`: it needs a scope.
    """

    segment: str
    title: str
    clients: Callable[[Registrations], tuple[OAuthClient, ...]]
    grants: Mapping[str, Callable[[TokenAsk], Granted]]
    access_claims: Callable[[ProviderVisit, Minting], Part]
    id_claims: Callable[[ProviderVisit, Minting], Part]
    person_claims: Callable[[MadeUpPerson, OAuthClient, tuple[str, ...]], Part]
    access_type: str
    levels: tuple[tuple[str, str], ...]
    access_s: int
    refresh_s: int
    authorization_s: int
    pushed_s: int
    pushed_prefix: str
    assertion_life_s: int
    skew_s: int
    names_endpoint: bool
    needs_pkce: bool
    needs_openid: bool
    demands_nonce: bool
    guards_introspection: bool
    gives_refresh: Callable[[OAuthClient, tuple[str, ...]], bool]

    def client(self, state: State, client_id: str) -> OAuthClient | None:
        return next((one for one in self.clients(state.registered) if one.id == client_id), None)


def by(answer: Callable[[ProviderVisit, Rules], Answered], rules: Rules) -> Callable[[ProviderVisit], Answered]:
    """An endpoint that both providers have, by the rules of one."""

    def answer_by(visit: ProviderVisit) -> Answered:
        return answer(visit, rules)

    return answer_by
