"""Collections: saved requests of a profile in an order."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from console.core.actor import Actor, Right
from console.core.collections.collection import Collection, CollectionStep
from console.core.errors import Stale
from console.core.held import Held
from console.models import RequestCollection
from console.store import json_text, rows
from console.store.composed import Composed
from console.store.visibility import held, held_by, visible_to


def of_profile(actor: Actor, profile_id: str) -> list[Held[Collection]]:
    """By name. Whoever asks has the profile open."""
    found = _OF_PROFILE.all(actor, "view", uuid.UUID(profile_id))
    return [held(row, _to_collection(row), actor) for row in found]


def _of_profile(actor: Actor, right: Right, key: uuid.UUID) -> QuerySet[RequestCollection]:
    return held_by(RequestCollection, actor, right).filter(profile_id=key).order_by("name", "id")


_OF_PROFILE = Composed(_of_profile)


def get(actor: Actor, right: Right, collection_id: str) -> Held[Collection]:
    """Raises NotFound when the actor does not have that right."""
    row = rows.held(RequestCollection, actor, right, collection_id, what="collection")
    return held(row, _to_collection(row), actor)


def called(actor: Actor, wanted: str, *, limit: int) -> list[Collection]:
    """Those of that id or name which the actor may see, whatever their profile; at most `limit`."""
    mine = visible_to(RequestCollection, actor, "view")
    try:
        found = mine.filter(Q(pk=uuid.UUID(wanted)) | Q(name=wanted))
    except ValueError:
        found = mine.filter(name=wanted.replace("\0", ""))  # PostgreSQL takes none
    return [_to_collection(row) for row in found.order_by("id")[:limit]]


def count(actor: Actor, profile_id: str) -> int:
    """How many a profile has."""
    return visible_to(RequestCollection, actor, "view").filter(profile_id=uuid.UUID(profile_id)).count()


def create(actor: Actor, collection: Collection) -> None:
    """Raises Stale when the profile has one of that name."""
    with _named_once():
        RequestCollection(
            pk=uuid.UUID(collection.id),
            profile_id=uuid.UUID(collection.profile_id),
            owner_id=rows.owner_id(actor),
            **_columns(collection),
        ).save(force_insert=True)


def update(actor: Actor, collection: Collection, *, was: int) -> None:
    """Raises Stale when it has another version than `was`, or another one has its name."""
    mine = visible_to(RequestCollection, actor, "manage").filter(pk=uuid.UUID(collection.id), version=was)
    with _named_once():
        if not mine.update(**_columns(collection)):
            raise rows.stale("collection")


def delete(actor: Actor, collection_id: str) -> None:
    """With its runs. Does nothing where it is gone, or not the actor's to change."""
    visible_to(RequestCollection, actor, "manage").filter(pk=uuid.UUID(collection_id)).delete()


def _columns(collection: Collection) -> dict[str, object]:
    return {
        "name": collection.name,
        "steps": json_text.dump(collection.steps),
        "stops_early": collection.stops_early,
        "version": collection.version,
        "changed_at": collection.changed_at,
    }


def _to_collection(row: RequestCollection) -> Collection:
    return Collection(
        id=str(row.pk),
        profile_id=str(row.profile_id),
        name=row.name,
        steps=json_text.load(row.steps, tuple[CollectionStep, ...]),
        stops_early=row.stops_early,
        version=row.version,
        changed_at=row.changed_at,
    )


@contextmanager
def _named_once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Stale(
            "This profile has a collection of that name already.",
            why="The collections of a profile are told apart by their names.",
            do="Choose another name.",
            who="You can do this.",
        ) from None
