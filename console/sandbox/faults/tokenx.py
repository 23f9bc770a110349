"""Faults of TokenX: access policies and registrations."""

from dataclasses import replace

from console.sandbox.faults.base import Fault, ShowsAt
from console.sandbox.registered import Application
from console.sandbox.state import State

PROVIDER = "tokenx"


def _with(state: State, applications: tuple[Application, ...]) -> State:
    side = replace(state.registered.tokenx, applications=applications)
    return replace(state, registered=replace(state.registered, tokenx=side))


def _closed(state: State, _now: int) -> State:
    return _with(state, tuple(replace(one, inbound=()) for one in state.registered.tokenx.applications))


FAULTS = (
    Fault(
        "tokenx-policy-closed",
        "Application not in the access policy",
        "No application at TokenX lists another in its inbound access policy.",
        "target-access-policy",
        shows_at=ShowsAt.TOKEN,
        provider=PROVIDER,
        world=_closed,
    ),
    Fault(
        "tokenx-client-unknown",
        "Application unknown at TokenX",
        "TokenX has not heard of the application that asks, as in the minutes after a first deployment.",
        "client-id-wrong",
        shows_at=ShowsAt.TOKEN,
        provider=PROVIDER,
        world=lambda state, _now: _with(state, ()),
    ),
)
