"""A grant of the token endpoint: the mirror of core/grants, from the other side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.sandbox.idp.client_auth import Authenticated
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.issue import Issue
from console.sandbox.keys import SandboxKeys
from console.sandbox.state import State
from console.sandbox.urls import TenantUrls


@dataclass(frozen=True, slots=True)
class Asked:
    """A request whose client has proven itself. `form` holds the last of each field; `state.entropy` is fresh."""

    form: Mapping[str, str]
    client: Authenticated
    state: State
    provider: TenantUrls
    keys: SandboxKeys
    now: int


@dataclass(frozen=True, slots=True)
class SandboxGrant:
    """`answer(asked)` gives the token to be signed and the state after it, or the first error."""

    grant_type: str
    answer: Callable[[Asked], tuple[Issue, State] | EntraError]
