"""The embedded sandbox: how a workspace answers, how its owner changes it, and what is made once."""

import re
from collections.abc import Callable
from dataclasses import replace

import msgspec

from console.adapters import clock, random, signing_keys
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.credential import Secret
from console.core.errors import NotFound, Unavailable
from console.core.exchange import Failure, Request, Response
from console.sandbox.defaults import SampleCatalogue, sample_catalogue
from console.sandbox.faults import fault
from console.sandbox.handler import handle, is_unchanged
from console.sandbox.keys import SandboxKeys
from console.sandbox.state import State, with_entropy
from console.services import sandbox_workspace
from console.services.sandbox_workspace import OpenWorkspace
from console.store import audit
from console.store import sandbox as store

SAVE_ATTEMPTS = 5


def workspace(actor: Actor) -> OpenWorkspace:
    """The actor's own sandbox, as it is now."""
    return sandbox_workspace.of_actor(actor)


def answer(segment: str, request: Request) -> Response | Failure:
    """One request to a workspace, named in any letter case; raises NotFound for a workspace that does not exist."""
    return answered(sandbox_workspace.load(segment), request)[0]


def answered(space: OpenWorkspace, request: Request) -> tuple[Response | Failure, OpenWorkspace]:
    """The answer of a workspace as it was loaded, and the workspace after it."""
    for _ in range(SAVE_ATTEMPTS):
        fresh = with_entropy(space.state, random.token(16))
        asked, keys = _spelled(request, space.segment), SandboxKeys(space.installation.private_pem)
        response, after = handle(asked, fresh, clock.now(), keys=keys, bases=(space.base,))
        if is_unchanged(after, fresh):
            return response, space
        if saved := sandbox_workspace.save(space, replace(after, entropy="")):
            return response, saved
        space = sandbox_workspace.load(space.segment)
    raise Unavailable("The sandbox is busy.", do="Try again in a moment.", who="You can do this.")


def _spelled(request: Request, segment: str) -> Request:
    """The request with the segment as it is kept: issuers compare by letter case, and some clients change it."""
    if f"/sandbox/{segment}" in request.url:
        return request
    known = re.compile(f"(/sandbox/){re.escape(segment)}(?=[/?#]|$)", re.IGNORECASE)
    return replace(request, url=known.sub(lambda found: found[1] + segment, request.url, count=1))


def change(actor: Actor, edit: Callable[[State], State], *, told: str) -> State:
    """Applies an edit to the actor's workspace and saves it; the edit may run again when somebody saved meanwhile.

    `told` is what the audit trail says of it.
    """
    for _ in range(SAVE_ATTEMPTS):
        space = workspace(actor)
        before = space.state
        after = edit(before)
        if after == before or _saved(actor, space, after, told=told):
            return after
    raise Unavailable("The sandbox is busy.", do="Try again in a moment.", who="You can do this.")


def _saved(actor: Actor, space: OpenWorkspace, after: State, *, told: str) -> bool:
    with audit.together():
        is_saved = sandbox_workspace.save(space, after) is not None
        if is_saved:
            audit.append(
                actor,
                Action.SANDBOX_CHANGED,
                object_kind="sandbox",
                object_id=space.segment,
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
