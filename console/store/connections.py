"""Connections, as far as an actor may see them, with their refresh and ID tokens. Access tokens are in tokens.py."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from console.core.actor import Actor, Right
from console.core.connection import (
    ConnectedIdentity,
    Connection,
    ConnectionEvent,
    ConnectionProblem,
    ConnectionStatus,
    NamedPrincipal,
)
from console.core.credential import Secret
from console.core.errors import NotFound
from console.core.held import Held
from console.models import Connection as Row
from console.models import Profile
from console.store import json_text, rows, vault
from console.store.composed import Composed
from console.store.visibility import held, held_by, visible_to, with_rights


@dataclass(frozen=True, slots=True, repr=False)
class KeptTokens:
    """What a connection keeps beside its access token; None where the provider gave none."""

    refresh_token: Secret | None = None
    id_token: Secret | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A connection with the text in which its tokens are sealed, "" for none; `open_tokens` opens it."""

    connection: Connection
    sealed: str


def list_visible(actor: Actor, *, profile_id: str) -> list[Held[Connection]]:
    """Those of a profile, by name."""
    return [held(row, to_core(row), actor) for row in _OF_VISIBLE.all(actor, "view", uuid.UUID(profile_id))]


_OF_VISIBLE = Composed(
    lambda actor, right, profile: held_by(Row, actor, right).filter(profile_id=profile).order_by("name", "id")
)


def names_to_use(actor: Actor) -> list[tuple[str, str, str, str]]:
    """(profile's id, connection's id, profile's name, own name) of those that the actor may use, by these names."""
    found = visible_to(Row, actor, "use").order_by("profile__name", "name", "id")
    listed = found.values_list("profile_id", "id", "profile__name", "name")
    return [(str(profile_id), str(id_), profile, own) for profile_id, id_, profile, own in listed]


def list_lent(actor: Actor) -> list[tuple[str, Held[Connection]]]:
    """Those that the actor sees without seeing their profile, each after the profile's name. One query."""
    return [(row.profile.name, held(row, to_core(row), actor)) for row in _LENT.all(actor, "view")]


def _lent(actor: Actor, right: Right) -> QuerySet[Row]:
    theirs = visible_to(Profile, actor, right).values("pk")
    found = held_by(Row, actor, right).exclude(profile_id__in=theirs).select_related("profile")
    return found.order_by("profile__name", "name")


_LENT = Composed(_lent)


def list_ending(actor: Actor) -> list[tuple[str, str, Held[Connection]]]:
    """Those whose refresh token ends at a known moment, each after its profile's name and provider. One query."""
    found = _ENDING.all(actor, "view")
    return [(row.profile.name, row.profile.provider, held(row, to_core(row), actor)) for row in found]


def _ending(actor: Actor, right: Right) -> QuerySet[Row]:
    dated = held_by(Row, actor, right).filter(has_refresh_token=True, refresh_ends_at__isnull=False)
    return dated.select_related("profile").order_by("refresh_ends_at", "id")


_ENDING = Composed(_ending)


def list_of_profile(actor: Actor, profile_id: str) -> list[Held[Connection]]:
    """As `list_visible`; for who may manage the profile every other too, with no right on it: what goes with the
    profile. One query.
    """
    return [held(row, to_core(row), actor) for row in _OF_PROFILE.all(actor, "view", uuid.UUID(profile_id))]


def _of_profile(actor: Actor, right: Right, key: uuid.UUID) -> QuerySet[Row]:
    managed = visible_to(Profile, actor, "manage").filter(pk=key).values("pk")
    listed = Q(pk__in=visible_to(Row, actor, right).values("pk")) | Q(profile_id__in=managed)
    return with_rights(Row, Row.objects.filter(listed, profile_id=key), actor).order_by("name", "id")


_OF_PROFILE = Composed(_of_profile)


def get(actor: Actor, right: Right, connection_id: str) -> Held[Connection]:
    """Raises NotFound when the actor does not have that right."""
    row = rows.held(Row, actor, right, connection_id, what="connection")
    return held(row, to_core(row), actor)


def kept(actor: Actor, connection_id: str) -> Kept:
    """As it is now, for who may use it; raises NotFound."""
    row = rows.visible(Row, actor, "use", connection_id, what="connection")
    return Kept(to_core(row), row.sealed)


def open_tokens(found: Kept) -> KeptTokens:
    """Raises Misconfigured when the key ring does not open them."""
    if not found.sealed:
        return KeptTokens()
    connection = found.connection
    opened = vault.open_sealed(found.sealed, row=row_name(connection.id), beside=_beside_of(connection))
    texts = json_text.load(opened.decode(), dict[str, str])
    return KeptTokens(*(Secret(texts[name]) if name in texts else None for name in ("refresh_token", "id_token")))


def create(actor: Actor, connection: Connection, *, now: int) -> Connection:
    """A new connection of the actor, not connected."""
    row = Row(
        id=uuid.UUID(connection.id),
        owner_id=rows.owner_id(actor),
        profile_id=uuid.UUID(connection.profile_id),
        created_at=now,
        name=connection.name,
        named=json_text.dump(connection.named),
        **_columns(connection),
    )
    row.save(force_insert=True)
    return to_core(row)


def save(actor: Actor, right: Right, connection: Connection, *, tokens: KeptTokens | None = None) -> Connection:
    """Replaces all but its name and who is named, and the sealed tokens where some are given. Under its lease.

    Raises NotFound when it is gone, or not the actor's.
    """
    has_refresh = connection.has_refresh_token if tokens is None else tokens.refresh_token is not None
    after = replace(connection, has_refresh_token=has_refresh)
    columns = _columns(after)
    if tokens is not None:
        columns["sealed"] = _sealed(after, tokens)
    if not visible_to(Row, actor, right).filter(pk=uuid.UUID(connection.id)).update(**columns):
        raise NotFound("There is no such connection.", why="It was deleted meanwhile.", do="Make another one.")
    return after


def rename(actor: Actor, connection: Connection) -> None:
    """Replaces its name and who is named; raises NotFound when it is not the actor's to manage."""
    columns = {"name": connection.name, "named": json_text.dump(connection.named)}
    if not visible_to(Row, actor, "manage").filter(pk=uuid.UUID(connection.id)).update(**columns):
        raise NotFound("There is no such connection.")


def note(actor: Actor, connection_id: str, events: Mapping[ConnectionEvent, int]) -> None:
    """Adds when something happened last with a connection that the actor may use; one that is gone stays gone."""
    mine = visible_to(Row, actor, "use").filter(pk=uuid.UUID(connection_id))
    row = mine.first()
    if row is not None:
        mine.update(events=json_text.dump({**json_text.load(row.events, dict[str, int]), **_by_text(events)}))


def delete(actor: Actor, connection: Connection) -> None:
    """With its tokens, shares, links and sign-ins; raises NotFound when it is not the actor's to manage."""
    rows.visible(Row, actor, "manage", connection.id, what="connection").delete()


def delete_of_profile(actor: Actor, profile_id: str, connection_id: str) -> None:
    """As `delete`, for who manages the profile: whoever lends a client takes back what was made with it."""
    profile = rows.visible(Profile, actor, "manage", profile_id, what="profile")
    rows.one(profile.connections.all(), connection_id, what="connection").delete()


def row_name(connection_id: object) -> str:
    """What the vault binds the tokens of a connection to."""
    return f"connection|{connection_id}|tokens"


def beside(row: Row) -> vault.Beside:
    """The plain columns beside the tokens: a refresh token must not follow a changed destination or profile."""
    return (str(row.profile_id), row.bound_to)


def _beside_of(connection: Connection) -> vault.Beside:
    return (connection.profile_id, connection.bound_to)


def _sealed(connection: Connection, tokens: KeptTokens) -> str:
    texts = {"refresh_token": tokens.refresh_token, "id_token": tokens.id_token}
    plain = json_text.dump({name: secret.reveal() for name, secret in texts.items() if secret is not None})
    if plain == "{}":
        return ""
    return vault.seal(plain.encode(), row=row_name(connection.id), beside=_beside_of(connection))


def _columns(connection: Connection) -> dict[str, Any]:
    return {
        "status": connection.status.value,
        "problem": json_text.dump(connection.problem) if connection.problem else "",
        "identity": json_text.dump(connection.identity) if connection.identity else "",
        "events": json_text.dump(_by_text(connection.events)),
        "scope": json_text.dump(connection.scope),
        "bound_to": connection.bound_to,
        "connected_at": connection.connected_at,
        "refreshed_at": connection.refreshed_at,
        "token_ends_at": connection.token_ends_at,
        "refresh_ends_at": connection.refresh_ends_at,
        "doubt_since": connection.doubt_since,
        "has_refresh_token": connection.has_refresh_token,
    }


def _by_text(events: Mapping[ConnectionEvent, int]) -> dict[str, int]:
    return {event.value: at for event, at in events.items()}


def to_core(row: Row) -> Connection:
    return Connection(
        id=str(row.pk),
        profile_id=str(row.profile_id),
        owner_id=row.owner_id,
        name=row.name,
        status=ConnectionStatus(row.status),
        created_at=row.created_at,
        problem=json_text.load(row.problem, ConnectionProblem) if row.problem else None,
        identity=json_text.load(row.identity, ConnectedIdentity) if row.identity else None,
        named=json_text.load(row.named, tuple[NamedPrincipal, ...]),
        scope=json_text.load(row.scope, str),
        bound_to=row.bound_to,
        has_refresh_token=row.has_refresh_token,
        connected_at=row.connected_at,
        refreshed_at=row.refreshed_at,
        token_ends_at=row.token_ends_at,
        refresh_ends_at=row.refresh_ends_at,
        doubt_since=row.doubt_since,
        events=json_text.load(row.events, dict[ConnectionEvent, int]),
    )
