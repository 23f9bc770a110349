"""A grant of the token endpoint: the mirror of core/grants, from the other side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.sandbox.faults.base import ENTRA, Fault
from console.sandbox.idp import person_errors
from console.sandbox.idp.client_auth import Authenticated
from console.sandbox.idp.delegated import Wanted, missing, read_resource, read_scope
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.granted import EntraIssuing, Granted, RefusedWithTrace
from console.sandbox.keys import SandboxKeys
from console.sandbox.state import Authorization, State
from console.sandbox.urls import TenantUrls


@dataclass(frozen=True, slots=True)
class Asked:
    """A request whose client has proven itself, or is known to have no proof.

    `form` holds the last of each field; `state.entropy` is fresh. `version` is the endpoint's, 1 or 2. `bases` are
    others under which the provider is served.
    """

    form: Mapping[str, str]
    client: Authenticated
    state: State
    provider: TenantUrls
    keys: SandboxKeys
    now: int
    version: int = 2
    bases: tuple[str, ...] = ()
    fault: Fault | None = None

    @property
    def issuing(self) -> EntraIssuing:
        return EntraIssuing(self.provider, self.keys, self.now, self.version)

    def wanted(self, usual: Authorization | None = None) -> Wanted | EntraError:
        """What the token is asked for: the request's own scope or resource, else what was asked before."""
        scope = self.form.get("scope", "") or (usual.scope if usual else "")
        if self.version == 1:
            resource = self.form.get("resource", "") or (usual.detail("resource") if usual else "")
            return read_resource(resource, scope, self.state)
        if self.form.get("resource"):
            return person_errors.resource_on_v2()
        return read_scope(scope, self.state, self.client.client)

    def authorized(self, authorization: Authorization, grant_type: str) -> EntraError | None:
        """Why an authorization is not this client's, or a fault forbids it; None when it stands."""
        if authorization.provider != ENTRA or authorization.client_id != self.client.client.id:
            return person_errors.other_client()
        if self.state.person(authorization.person_id) is None:
            return person_errors.user_unknown(authorization.person_id)
        if self.fault is not None and self.fault.on_authorization is not None:
            return self.fault.on_authorization(grant_type, authorization)
        return None

    def unconsented(self, authorization: Authorization, wanted: Wanted) -> EntraError | None:
        """65001 when the person's consent does not cover what is wanted; None when it does."""
        client = self.client.client
        if missing(wanted, self.state, client.id, authorization.person_id):
            return person_errors.consent_missing(client.id, client.name)
        return None


GrantAnswer = Granted | RefusedWithTrace | EntraError


@dataclass(frozen=True, slots=True)
class SandboxGrant:
    """`answer(asked)` gives the tokens and the state after it, or the first error.

    `grant_types` are the names it is asked for by, the official one first. `allows_public`: a client without a proof
    may use it.
    """

    grant_types: tuple[str, ...]
    answer: Callable[[Asked], GrantAnswer]
    allows_public: bool = True
    is_advertised: bool = True

    @property
    def grant_type(self) -> str:
        return self.grant_types[0]
