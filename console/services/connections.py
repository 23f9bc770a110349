"""What a person can do with a connection: make one, name who uses it, let it go. Signing in is in authorizations.py."""

from dataclasses import dataclass, replace

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.connection import (
    PRINCIPAL_KINDS,
    Connection,
    ConnectionStatus,
    NamedPrincipal,
)
from console.core.errors import NotAllowed
from console.core.held import Held
from console.services import budget, opening
from console.services.authorizations import tell
from console.services.opening import OpenProfile
from console.store import audit, connections
from console.store.json_text import size_of

MOST_OF_A_PROFILE = 200


@dataclass(frozen=True, slots=True)
class ProfilesConnections:
    """Those of a profile that the actor sees; `others` are those of others, for who may manage the profile."""

    seen: tuple[Held[Connection], ...]
    others: tuple[Held[Connection], ...] = ()


def of_profile(opened: OpenProfile) -> ProfilesConnections:
    """By name. Who manages the profile is told of others' too: it is their client that is lent."""
    every = connections.list_of_profile(opened.actor, opened.profile.id)
    seen = tuple(one for one in every if one.may("view"))
    return ProfilesConnections(seen, tuple(one for one in every if not one.may("view")))


def lent_to(actor: Actor) -> list[tuple[str, Held[Connection]]]:
    """Those of profiles that the actor does not see, each after its profile's name: no profile's page lists them."""
    return connections.list_lent(actor)


def first_usable(opened: OpenProfile) -> Connection | None:
    """The first by name that is connected and that the actor may use, else the first that they may; None without."""
    usable = [
        held.value for held in connections.list_visible(opened.actor, profile_id=opened.profile.id) if held.may("use")
    ]
    return next((one for one in usable if one.is_connected), usable[0] if usable else None)


def make(actor: Actor, profile_id: str, name: str) -> Connection:
    """A new connection, not connected; raises NotFound for a profile that the actor may not use, NotAllowed for one
    that has as many as one may.
    """
    opened = opening.of_profile(actor, "use", profile_id)
    if len(connections.list_visible(actor, profile_id=profile_id)) >= MOST_OF_A_PROFILE:
        raise NotAllowed(
            f"This profile has {MOST_OF_A_PROFILE} connections, as many as one may have.",
            why="A list of more is no list any more.",
            do="Delete one that nobody uses.",
            who="You can do this.",
        )
    made = Connection(random.new_id(), profile_id, 0, name, ConnectionStatus.NOT_CONNECTED, clock.now())
    budget.keep(actor, size_of(made))
    with audit.together():
        kept = connections.create(actor, made, now=clock.now())
        tell(actor, kept.id, Action.CONNECTION_MADE, result="done", detail=f"{name}, of {opened.profile.name}")
    return kept


def rename(actor: Actor, connection_id: str, *, name: str, named: tuple[NamedPrincipal, ...]) -> None:
    """Another name, and who uses it elsewhere; raises NotFound when it is not the actor's to manage."""
    before = connections.get(actor, "manage", connection_id).value
    after = replace(before, name=name, named=named)
    budget.keep(actor, size_of(named))
    with audit.together():
        connections.rename(actor, after)
        told = [f"now {name}"] if name != before.name else []
        told += [f"{len(named)} principals named"] if named != before.named else []
        tell(actor, connection_id, Action.CONNECTION_CHANGED, result="done", detail="; ".join(told) or "nothing")


def delete(actor: Actor, connection_id: str) -> Connection:
    """With its tokens, links and shares; raises NotFound when it is not the actor's to manage."""
    found = connections.get(actor, "manage", connection_id).value
    with audit.together():
        connections.delete(actor, found)
        tell(actor, connection_id, Action.CONNECTION_DELETED, result="done", detail=found.name)
    return found


def delete_of_profile(actor: Actor, profile_id: str, connection_id: str) -> None:
    """As `delete`, of another's connection, by who manages the profile that it uses."""
    with audit.together():
        connections.delete_of_profile(actor, profile_id, connection_id)
        tell(actor, connection_id, Action.CONNECTION_DELETED, result="done", detail="by who manages the profile")


def principal(kind: str, object_id: str, note: str) -> NamedPrincipal | None:
    """One line of who uses it elsewhere; None for a kind that there is not."""
    return NamedPrincipal(kind, object_id, note) if kind in PRINCIPAL_KINDS else None
