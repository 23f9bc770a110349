"""One request to the sandbox: identity provider, gateway or nothing."""

from dataclasses import replace

from console.core.exchange import Request
from console.sandbox import gateway, providers
from console.sandbox.faults import fault
from console.sandbox.idp import endpoints
from console.sandbox.issued import MOST_TEXT, TooMuchToKeep
from console.sandbox.keys import SandboxKeys
from console.sandbox.not_served import is_gateway, not_served, too_much, unknown_address
from console.sandbox.routes import Answered, Route, Visit
from console.sandbox.state import HAPPENED, State
from console.sandbox.urls import split

# The first that fits answers: whoever has a fixed path below the workspace comes before those with a tenant in it.
ROUTES: tuple[Route, ...] = (*providers.ROUTES, *endpoints.ROUTES)


def handle(request: Request, state: State, now: int, *, keys: SandboxKeys, bases: tuple[str, ...] = ()) -> Answered:
    """The answer and the new state. A Failure stands for an answer that does not come in time.

    `request.url` is absolute; everything up to and including `/sandbox/{workspace}` is the base of this request.
    `bases` are further bases under which the same workspace is served; a client assertion may name any of them.
    `state.entropy` must be fresh for each request. The returned state differs only in what happened (`HAPPENED`), and
    is the given one when nothing did.
    """
    active = fault(state.fault)
    world = active.world(state, now) if active is not None and active.world is not None else state
    visit = Visit(request, split(request.url), world, keys, now, active, bases)
    try:
        answered, after = _route(visit)
    except TooMuchToKeep:
        return not_served(too_much(MOST_TEXT), visit.address.path, request, now=now, entropy=state.entropy), state
    return answered, state if after is world else _with_what_happened(state, world, after)


def is_unchanged(after: State, before: State) -> bool:
    """Whether nothing happened that must be kept."""
    return after is before or all(getattr(after, name) is getattr(before, name) for name in HAPPENED)


def _with_what_happened(state: State, world: State, after: State) -> State:
    """The state with what is new in `after`; what a fault only pretends never stays."""
    new = {
        name: getattr(after, name)
        for name in HAPPENED
        if getattr(after, name) is not getattr(world, name) and getattr(world, name) is getattr(state, name)
    }
    return replace(state, **new) if new else state


def _route(visit: Visit) -> Answered:
    path = visit.address.path
    if is_gateway(path):
        return _gateway(visit)
    for route in ROUTES:
        if (found := route.pattern.fullmatch(path)) is not None:
            return route.answer(visit, found)
    unknown = unknown_address()
    return not_served(unknown, path, visit.request, now=visit.now, entropy=visit.world.entropy), visit.world


def _gateway(visit: Visit) -> Answered:
    address = visit.address
    entry = gateway.Entry(
        visit.request,
        address.base,
        address.path.removeprefix("/gateway"),
        address.query,
        visit.keys,
        visit.now,
        visit.fault,
        visit.bases,
    )
    return gateway.answer(entry, visit.world)
