"""Requests that are kept with a profile: those with a name, and of each person the one they sent last."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case as Choice
from django.db.models import F, Q, QuerySet, TextField, Value, When

from console.core.actor import Actor, Right
from console.core.compose.keeping import KeptRequest
from console.core.errors import NotFound, Stale
from console.core.held import Held
from console.core.json.text import shorten
from console.models import SavedRequest as Row
from console.store import json_text, rows, statements
from console.store.composed import Composed
from console.store.visibility import held, held_by, visible_to

LONGEST_TITLE = 300
_KEPT = ("title", "detail", "saved_at")
_PUT_LAST = f"""
    {statements.insertion(Row, "id", "profile_id", "owner_id", "name", *_KEPT)}
    ON CONFLICT (profile_id, owner_id) WHERE name = '' {statements.instead(_KEPT)}
"""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """What a list shows of one. `title` is "GET /orders", without secrets; `saved_at` is epoch seconds."""

    id: str
    name: str
    title: str
    saved_at: int


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One that is open."""

    id: str
    name: str
    kept: KeptRequest
    saved_at: int


@dataclass(frozen=True, slots=True)
class RequestsOfProfile:
    """`last` is what the actor sent last with the profile, None before the first."""

    named: tuple[Held[RequestLine], ...]
    last: KeptRequest | None


def of_profile(actor: Actor, profile_id: str) -> RequestsOfProfile:
    """Those with a name, by name, and what the actor sent last. One query."""
    found = _OF_PROFILE.all(actor, "view", uuid.UUID(profile_id))
    last = next((row for row in found if not row.name), None)
    named = tuple(held(row, _line(row), actor) for row in found if row.name)
    shown: str = getattr(last, "shown", "")
    return RequestsOfProfile(named, json_text.load(shown, KeptRequest) if last else None)


def _of_profile(actor: Actor, right: Right, key: uuid.UUID) -> QuerySet[Row]:
    mine = Q(owner_id=actor.user_id) | ~Q(name="")
    shown = Choice(When(name="", then=F("detail")), default=Value(""), output_field=TextField())
    found = held_by(Row, actor, right).filter(mine, profile_id=key)
    return found.annotate(shown=shown).defer("detail").order_by("name", "id")


_OF_PROFILE = Composed(_of_profile)


def get(actor: Actor, right: Right, profile_id: str, request_id: str) -> Held[RequestRecord]:
    """Raises NotFound when the profile has none of that id, or the actor not that right."""
    row = rows.one(
        held_by(Row, actor, right).filter(profile_id=uuid.UUID(profile_id)), request_id, what="saved request"
    )
    return held(row, RequestRecord(str(row.pk), row.name, _kept(row), row.saved_at), actor)


def count(actor: Actor, profile_id: str) -> int:
    """How many with a name a profile has."""
    return visible_to(Row, actor, "view").filter(profile_id=uuid.UUID(profile_id)).exclude(name="").count()


def names(actor: Actor, profile_id: str) -> set[str]:
    """The names that are taken in a profile."""
    found = visible_to(Row, actor, "view").filter(profile_id=uuid.UUID(profile_id)).exclude(name="")
    return set(found.values_list("name", flat=True))


def add(actor: Actor, profile_id: str, records: list[RequestRecord]) -> None:
    """Keeps several, each under a name of its own. Raises Stale where one of the names is taken meanwhile."""
    owner, profile = rows.owner_id(actor), uuid.UUID(profile_id)
    with _named_once():
        Row.objects.bulk_create(
            Row(
                pk=uuid.UUID(one.id),
                profile_id=profile,
                owner_id=owner,
                name=one.name,
                **_columns(one.kept, one.saved_at),
            )
            for one in records
        )


def put(actor: Actor, profile_id: str, name: str, kept: KeptRequest, *, id: str, now: int) -> tuple[str, bool]:
    """Keeps it under a name, in the place of what stood there. It is whose who saved it last: what another person wrote
    is not sent with one's own token as if one had written it.

    Gives its id, which is the old one where one was replaced, and whether one was. Raises Stale where the name is of
    one that is not the actor's to change.
    """
    same = visible_to(Row, actor, "manage").filter(profile_id=uuid.UUID(profile_id), name=name)
    columns, owner = _columns(kept, now), rows.owner_id(actor)
    with _named_once():
        if same.update(owner_id=owner, **columns):
            return str(same.values_list("pk", flat=True)[0]), True
        row = Row(pk=uuid.UUID(id), profile_id=uuid.UUID(profile_id), owner_id=owner, name=name, **columns)
        row.save(force_insert=True)
    return id, False


def put_last(actor: Actor, profile_id: str, kept: KeptRequest, *, id: str, now: int) -> None:
    """Keeps it as what the actor sent last with the profile, in the place of what that was: one statement."""
    columns = _columns(kept, now)
    key, profile = map(statements.of_uuid, (uuid.UUID(id), uuid.UUID(profile_id)))
    statements.changed(_PUT_LAST, key, profile, rows.owner_id(actor), "", *columns.values())


def _columns(kept: KeptRequest, now: int) -> dict[str, Any]:
    title = json_text.dump(shorten(kept.draft.title, LONGEST_TITLE))
    return dict(zip(_KEPT, (title, json_text.dump(kept), now), strict=True))


def rename(actor: Actor, profile_id: str, request_id: str, name: str) -> None:
    """Raises NotFound when it is not the actor's to change, Stale where another one has the name."""
    with _named_once():
        if not _managed(actor, profile_id, request_id).update(name=name):
            raise NotFound("There is no such request.", why="It was deleted meanwhile.", do="Go back to the list.")


def delete(actor: Actor, profile_id: str, request_id: str) -> None:
    """Does nothing where it is gone, or not the actor's to change."""
    _managed(actor, profile_id, request_id).delete()


def _managed(actor: Actor, profile_id: str, request_id: str) -> QuerySet[Row]:
    found = visible_to(Row, actor, "manage").filter(profile_id=uuid.UUID(profile_id)).exclude(name="")
    return found.filter(pk=uuid.UUID(request_id))


@contextmanager
def _named_once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Stale(
            "This profile has a request of that name already, and it is not yours to change.",
            why="Requests of one profile are told apart by their names.",
            do="Choose another name.",
            who="You can do this.",
        ) from None


def _line(row: Row) -> RequestLine:
    return RequestLine(str(row.pk), row.name, json_text.load(row.title, str), row.saved_at)


def _kept(row: Row) -> KeptRequest:
    return json_text.load(row.detail, KeptRequest)
