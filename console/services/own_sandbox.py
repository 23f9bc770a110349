"""The sandbox that a use case acts in, as it has it open: where it is, what it fills in, how it answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from console.core.actor import Actor
from console.core.api import Api, Expectation
from console.core.errors import Misconfigured
from console.core.exchange import Failure, Header, Request, Response
from console.core.policy.engine.model import MetadataView
from console.core.profile import Profile
from console.core.providers import provider_of
from console.sandbox.faults import fault
from console.sandbox.faults.base import Fault, Thumbprints
from console.sandbox.gateway import metadata_views
from console.sandbox.keys import SandboxKeys
from console.sandbox.policy_text import BASE, fill, unfill
from console.sandbox.state import GatewayApi, State
from console.services import sandbox, sandbox_workspace
from console.services.sandbox_workspace import OpenWorkspace
from console.store import sandbox as sandbox_store

CLIENTS = "{sandbox-clients}"  # in an Api's expectation: every client registered in the workspace

Handler = Callable[[Request], Response | Failure]


@dataclass(frozen=True, slots=True)
class ClientFault:
    """What the console itself sends wrongly while a fault of the client's kind is switched on; usually nothing."""

    fault: Fault | None = None
    state: State | None = None

    def on_secret(self, text: str, client_id: str) -> str:
        hook = self.fault.on_secret if self.fault else None
        return hook(text, self.state, client_id) if hook and self.state else text

    def on_assertion_header(self, header: dict[str, Any], certificate: Thumbprints) -> dict[str, Any]:
        hook = self.fault.on_assertion_header if self.fault else None
        return hook(header, certificate) if hook else header

    def on_call_headers(self, headers: tuple[Header, ...]) -> tuple[Header, ...]:
        hook = self.fault.on_call_headers if self.fault else None
        return hook(headers) if hook else headers


class OwnSandbox:
    """A workspace for one use case: loaded once, when something first asks for it, and handed down.

    It is the actor's own; with a profile, that of the profile's owner, whoever uses it (docs/decisions/sharing.md).
    `actor` is who acts in either. It follows what the use case itself changes in the workspace; what others change
    meanwhile it sees when it saves.
    """

    def __init__(self, actor: Actor, owner: Actor | None = None, *, segment: str = "") -> None:
        self.actor = actor
        self._owner = owner or actor
        self._segment = segment
        self._workspace: OpenWorkspace | None = None

    @property
    def workspace(self) -> OpenWorkspace:
        if self._workspace is None:
            self._workspace = sandbox_workspace.of_actor(self._owner)
        return self._workspace

    @property
    def base(self) -> str:
        """The base URL of the workspace, without a slash at its end; known without its keys."""
        return sandbox_workspace.base_of(self._segment) if self._segment else self.workspace.base

    def fill_in(self, api: Api) -> Api:
        """The Api with `{sandbox}` replaced by the workspace.

        Where the key ring does not open the sandbox, the placeholder stays: pages show the Api, and no call leaves.
        """
        state = self._readable_state() if api.base_url.startswith(BASE) else None
        return _filled(api, self.base, state) if state is not None else api

    def filled_text(self, text: str) -> str:
        """A text with `{sandbox}` and `{sandbox-clients}` as they are here, or as they stand where nothing opens."""
        state = self._readable_state() if BASE in text or CLIENTS in text else None
        return fill(text, base=self.base, state=state) if state is not None else text

    def placeholder(self, text: str) -> str:
        """The opposite of `fill_in` for one address, so that what is bound to it survives another port or host."""
        return text.replace(self.base, BASE) if settings.CONSOLE_SANDBOX else text

    def unfilled_text(self, text: str) -> str:
        """The opposite of `filled_text`: address and clients of the workspace as placeholders again."""
        if not settings.CONSOLE_SANDBOX:
            return text
        return unfill(text, base=self.base, state=self.workspace.state)

    def unfilled_expectation(self, wanted: Expectation) -> Expectation:
        """The opposite of `fill_in` for an expectation: the workspace's address and clients as placeholders again."""
        clients = {client.id for client in self.workspace.state.clients}
        parties = (CLIENTS,) if clients and set(wanted.authorized_parties) == clients else wanted.authorized_parties
        return replace(wanted, issuers=tuple(map(self.placeholder, wanted.issuers)), authorized_parties=parties)

    def metadata(self) -> dict[str, MetadataView]:
        """Issuer and keys of the workspace's own provider, by metadata address; nothing is fetched.

        Empty where the sandbox is switched off or not set up.
        """
        if not settings.CONSOLE_SANDBOX or not self.workspace.is_set_up:
            return {}
        space = self.workspace
        return metadata_views(space.base, space.state, SandboxKeys(space.installation.private_pem))

    def client_fault(self, profile: Profile) -> ClientFault:
        if not provider_of(profile.provider).is_played(profile.settings):
            return ClientFault()
        state = self.workspace.state
        return ClientFault(fault(state.fault), state)

    def gateway_apis(self) -> dict[str, GatewayApi]:
        """What the workspace's own gateway serves, by base URL, in its order; empty where the sandbox is not set up."""
        state = self._readable_state()
        return {f"{self.base}/gateway/{one.path}": one for one in state.gateway_apis} if state is not None else {}

    def handlers(self) -> dict[str, Handler]:
        """Answers requests to the workspace in process, by address; its segment may be spelled in small letters."""
        segment = self.workspace.segment
        return {f"{sandbox_workspace.base_of(one)}/": self._answer for one in (segment, segment.lower())}

    def _answer(self, request: Request) -> Response | Failure:
        response, self._workspace = sandbox.answered(self.workspace, request)
        return response

    def _readable_state(self) -> State | None:
        """None where the sandbox is switched off or does not open."""
        try:
            return self.workspace.state if settings.CONSOLE_SANDBOX else None
        except Misconfigured:
            return None


def of_owners(own: OwnSandbox, owners: Iterable[int]) -> dict[int, OwnSandbox]:
    """The workspaces of these people (ids), `own` among them, for the same actor: one query for all others.

    Others who never had one are left out: nothing was ever got or sent there.
    """
    mine = own.actor.user_id or 0
    segments = sandbox_store.segments_of({*owners} - {mine}) if settings.CONSOLE_SANDBOX else {}
    others = {id_: OwnSandbox(own.actor, Actor(id_, ""), segment=segment) for id_, segment in segments.items()}
    return {mine: own, **others}


def place_of(own: OwnSandbox, profile: Profile) -> str:
    """What separates stored tokens of the sandbox by workspace and address; "" for providers in the outside world."""
    return own.base if provider_of(profile.provider).is_played(profile.settings) else ""


def _filled(api: Api, base: str, state: State) -> Api:
    def filled(text: str) -> str:
        return fill(text, base=base, state=state)

    wanted = api.expectation
    clients = tuple(client.id for client in state.clients)
    parties = tuple(one for text in wanted.authorized_parties for one in (clients if text == CLIENTS else (text,)))
    return replace(
        api,
        base_url=filled(api.base_url),
        metadata_url=filled(api.metadata_url),
        policy=filled(api.policy),
        expectation=replace(wanted, issuers=tuple(map(filled, wanted.issuers)), authorized_parties=parties),
    )
