"""The embedded sandbox, wired to one person's workspace: where it is, how it answers, which fault it has."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.conf import settings

from console.adapters import clock, random, signing_keys
from console.core.actor import Actor
from console.core.api import Api, Expectation
from console.core.audit.actions import Action
from console.core.credential import Secret
from console.core.errors import Misconfigured, NotFound, Unavailable
from console.core.exchange import Failure, Header, Request, Response
from console.core.policy.engine.model import MetadataView
from console.core.providers import provider_of
from console.sandbox.defaults import SampleCatalogue, sample_catalogue
from console.sandbox.faults import fault
from console.sandbox.faults.base import Fault, Thumbprints
from console.sandbox.gateway import metadata_views
from console.sandbox.handler import handle
from console.sandbox.keys import SandboxKeys
from console.sandbox.policy_text import BASE, fill, unfill
from console.sandbox.state import GatewayApi, State
from console.services import sandbox_workspace
from console.services.sandbox_workspace import Place
from console.store import audit
from console.store import sandbox as store

CLIENTS = "{sandbox-clients}"  # in an Api's expectation: every client registered in the workspace
SAVE_ATTEMPTS = 5

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


@dataclass(frozen=True, slots=True)
class Workspace:
    """One person's sandbox as its page shows it."""

    base: str
    state: State


def base_for(actor: Actor) -> str:
    """The base URL of the actor's workspace, without a slash at its end."""
    return _base(_segment(actor))


def place_of(actor: Actor, provider: str) -> str:
    """What separates stored tokens of the sandbox by workspace and address; "" for providers in the outside world."""
    return base_for(actor) if provider_of(provider).is_embedded else ""


def filler(actor: Actor) -> Callable[[Api], Api]:
    """What replaces `{sandbox}` in an Api by the actor's workspace; looks it up once, when an Api needs it.

    Where the key ring does not open the sandbox, the placeholder stays: pages show the Api, and no call leaves.
    """
    found: list[Workspace] = []

    def filled(api: Api) -> Api:
        if not settings.CONSOLE_SANDBOX or not api.base_url.startswith(BASE):
            return api
        try:
            found.extend([] if found else [workspace(actor)])
        except Misconfigured:
            return api
        return _fill_in(api, found[0])

    return filled


def fill_in(actor: Actor, api: Api) -> Api:
    return filler(actor)(api)


def _fill_in(api: Api, space: Workspace) -> Api:
    def filled(text: str) -> str:
        return fill(text, base=space.base, state=space.state)

    wanted = api.expectation
    clients = tuple(client.id for client in space.state.clients)
    parties = tuple(one for text in wanted.authorized_parties for one in (clients if text == CLIENTS else (text,)))
    return replace(
        api,
        base_url=filled(api.base_url),
        metadata_url=filled(api.metadata_url),
        policy=filled(api.policy),
        expectation=replace(wanted, issuers=tuple(map(filled, wanted.issuers)), authorized_parties=parties),
    )


def placeholder(actor: Actor, text: str) -> str:
    """The opposite of `fill_in` for one address, so that what is bound to it survives another port or host."""
    return text.replace(base_for(actor), BASE) if settings.CONSOLE_SANDBOX else text


def filled_text(actor: Actor, text: str) -> str:
    """A text with `{sandbox}` and `{sandbox-clients}` as they are in the actor's workspace, or as they stand where the
    key ring does not open it."""
    if not settings.CONSOLE_SANDBOX or (BASE not in text and CLIENTS not in text):
        return text
    try:
        space = workspace(actor)
    except Misconfigured:
        return text
    return fill(text, base=space.base, state=space.state)


def unfilled_text(actor: Actor, text: str) -> str:
    """The opposite of `filled_text`: address and clients of the actor's workspace as placeholders again."""
    if not settings.CONSOLE_SANDBOX:
        return text
    space = workspace(actor)
    return unfill(text, base=space.base, state=space.state)


def unfilled_expectation(actor: Actor, wanted: Expectation) -> Expectation:
    """The opposite of `fill_in` for an expectation: the workspace's address and clients as placeholders again."""
    clients = {client.id for client in workspace(actor).state.clients}
    parties = (CLIENTS,) if clients and set(wanted.authorized_parties) == clients else wanted.authorized_parties
    issuers = tuple(placeholder(actor, issuer) for issuer in wanted.issuers)
    return replace(wanted, issuers=issuers, authorized_parties=parties)


def metadata(actor: Actor) -> dict[str, MetadataView]:
    """Issuer and keys of the workspace's own provider, by metadata address; nothing is fetched.

    Empty where the sandbox is switched off or not set up.
    """
    if not settings.CONSOLE_SANDBOX or store.installation() is None:
        return {}
    space = workspace(actor)
    return metadata_views(space.base, space.state, SandboxKeys(sandbox_workspace.installation().private_pem))


def client_fault(actor: Actor, provider: str) -> ClientFault:
    if not provider_of(provider).is_embedded:
        return ClientFault()
    state = workspace(actor).state
    return ClientFault(fault(state.fault), state)


def local_handlers(actor: Actor) -> dict[str, Handler]:
    """Answers requests to the actor's workspace in process, by address; its segment may be spelled in small letters."""
    segment = _segment(actor)
    return {f"{_base(one)}/": lambda request: answer(segment, request) for one in (segment, segment.lower())}


def answer(segment: str, request: Request) -> Response | Failure:
    """One request to a workspace, named in any letter case; raises NotFound for a workspace that does not exist."""
    for _ in range(SAVE_ATTEMPTS):
        place = sandbox_workspace.load(segment)
        keys = SandboxKeys(place.installation.private_pem)
        fresh = replace(place.state, entropy=random.token(16))
        asked = _spelled(request, place.segment)
        response, after = handle(asked, fresh, clock.now(), keys=keys, bases=(_base(place.segment),))
        if _is_same(after, place.state) or sandbox_workspace.save(place, replace(after, entropy="")):
            return response
    raise Unavailable("The sandbox is busy.", do="Try again in a moment.", who="You can do this.")


def _spelled(request: Request, segment: str) -> Request:
    """The request with the segment as it is kept: issuers compare by letter case, and some clients change it."""
    if f"/sandbox/{segment}" in request.url:
        return request
    known = re.compile(f"(/sandbox/){re.escape(segment)}(?=[/?#]|$)", re.IGNORECASE)
    return replace(request, url=known.sub(lambda found: found[1] + segment, request.url, count=1))


def _is_same(after: State, before: State) -> bool:
    """Whether nothing happened that must be kept; `handle` changes these alone."""
    return after.used_assertions is before.used_assertions and after.operations is before.operations


def workspace(actor: Actor) -> Workspace:
    place = sandbox_workspace.load(_segment(actor))
    return Workspace(_base(place.segment), place.state)


def gateway_api(actor: Actor, api: Api) -> GatewayApi | None:
    """What the workspace's own gateway serves at the address of an Api; None for any other Api."""
    return gateway_apis(actor).get(api.base_url.rstrip("/"))


def gateway_apis(actor: Actor) -> dict[str, GatewayApi]:
    """What the workspace's own gateway serves, by base URL, in its order; empty where the sandbox is not set up."""
    if not settings.CONSOLE_SANDBOX:
        return {}
    try:
        space = workspace(actor)
    except Misconfigured:
        return {}
    return {f"{space.base}/gateway/{one.path}": one for one in space.state.gateway_apis}


def change(actor: Actor, edit: Callable[[State], State], *, told: str) -> State:
    """Applies an edit to the actor's workspace and saves it; the edit may run again when somebody saved meanwhile.

    `told` is what the audit trail says of it.
    """
    segment = _segment(actor)
    for _ in range(SAVE_ATTEMPTS):
        place = sandbox_workspace.load(segment)
        after = edit(place.state)
        if after == place.state or _saved(actor, place, after, told=told):
            return after
    raise Unavailable("The sandbox is busy.", do="Try again in a moment.", who="You can do this.")


def _saved(actor: Actor, place: Place, after: State, *, told: str) -> bool:
    with audit.together():
        is_saved = sandbox_workspace.save(place, after)
        if is_saved:
            audit.append(
                actor,
                Action.SANDBOX_CHANGED,
                object_kind="sandbox",
                object_id=place.segment,
                result="done",
                now=clock.now(),
                detail=told,
            )
    return is_saved


def set_fault(actor: Actor, code: str | None) -> None:
    """Switches one fault on, or all off with None; raises NotFound for an unknown code."""
    if code is not None and fault(code) is None:
        raise NotFound("There is no such fault.")
    change(actor, lambda state: replace(state, fault=code), told=f"fault: {code or 'none'}")


def samples() -> SampleCatalogue:
    """What every workspace of this installation starts with, the sample secret and key among it."""
    return sample_catalogue(sandbox_workspace.installation().seed)


def ensure_installation() -> None:
    """Makes the sandbox's tenant and signing key once."""
    if store.installation() is not None:
        return
    seed = random.token(32)
    made = sandbox_workspace.Installation(seed, signing_keys.new_rsa_pem())
    secret = Secret(msgspec.json.encode(made).decode())
    tenant = sample_catalogue(seed).state.tenant_id
    store.create_installation(store.SandboxInstallation(tenant, secret, catalogue="{}"), now=clock.now())


def _base(segment: str) -> str:
    return f"{settings.CONSOLE_PUBLIC_URL}/sandbox/{segment}"


def _segment(actor: Actor) -> str:
    return store.workspace_of(actor, new_segment=random.label())
