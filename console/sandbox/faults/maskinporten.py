"""Faults of Maskinporten: what is registered with it is not as the client believes."""

from dataclasses import replace
from typing import Any

from console.sandbox.faults.base import Fault, Part, ShowsAt
from console.sandbox.state import State

PROVIDER = "maskinporten"


def _with(state: State, **changes: Any) -> State:
    side = replace(state.registered.maskinporten, **changes)
    return replace(state, registered=replace(state.registered, maskinporten=side))


def _closed(state: State, _now: int) -> State:
    scopes = state.registered.maskinporten.scopes
    return _with(state, scopes=tuple(replace(one, open_to=()) for one in scopes))


def _expired(state: State, now: int) -> State:
    clients = state.registered.maskinporten.clients
    old = (replace(one, keys=tuple(replace(key, until=now - 1) for key in one.keys)) for one in clients)
    return _with(state, clients=tuple(old))


def _without_slash(header: Part, claims: Part, _now: int) -> tuple[Part, Part]:
    return header, {**claims, "iss": claims["iss"].rstrip("/")}


FAULTS = (
    Fault(
        "maskinporten-scope-closed",
        "Scope not open to the organisation",
        "Maskinporten answers MP-250: the owner of the API has not let the client's organisation in.",
        "scope-not-granted",
        shows_at=ShowsAt.TOKEN,
        provider=PROVIDER,
        world=_closed,
    ),
    Fault(
        "maskinporten-key-expired",
        "Key of Maskinporten too old",
        "Maskinporten answers MP-121: a key is good for a year after it was uploaded.",
        "certificate-or-key-expired",
        shows_at=ShowsAt.TOKEN,
        provider=PROVIDER,
        world=_expired,
    ),
    Fault(
        "maskinporten-client-unknown",
        "Client unknown at Maskinporten",
        "Maskinporten answers MP-100: no client of this environment has the id that the grant names.",
        "client-id-wrong",
        shows_at=ShowsAt.TOKEN,
        provider=PROVIDER,
        world=lambda state, _now: _with(state, clients=()),
    ),
    Fault(
        "maskinporten-not-delegated",
        "Customer has delegated nothing",
        "Maskinporten answers MP-251 to a grant that names a customer (consumer_org).",
        "delegation-missing",
        shows_at=ShowsAt.TOKEN,
        needs_setting="consumer_org",
        provider=PROVIDER,
        world=lambda state, _now: _with(state, delegations=()),
    ),
    Fault(
        "maskinporten-issuer-without-slash",
        "Issuer without its slash",
        "The token's iss lacks the slash at its end, which the API expects.",
        "issuer-spelling-mismatch",
        provider=PROVIDER,
        on_claims=_without_slash,
    ),
)
