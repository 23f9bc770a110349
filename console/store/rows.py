"""What the stores share: finding one row by the id a URL gave, with a refusal that tells nothing about others' rows."""

import uuid
from functools import cache
from typing import NoReturn, TypeVar

from django.db.models import F, Model, QuerySet, Window
from django.db.models.functions import RowNumber

from console.core.actor import SYSTEM, Actor, Right
from console.core.errors import NotFound, NotYours, Stale
from console.store.composed import Composed
from console.store.visibility import held_by, visible_to

BATCH = 500  # rows that one statement deletes
IN_TURN = 8  # of one person that wait for a worker at once: each may be as slow as its far side likes
M = TypeVar("M", bound=Model)
_WORDS = {
    "why": "It was deleted, or it belongs to somebody else.",
    "do": "Check the address, or ask the person who gave it to you.",
    "who": "You can do this.",
}


def one(rows: QuerySet[M], row_id: str, *, what: str) -> M:
    """The row of that id; NotFound when the id is none, NotYours when it is not among `rows`. `what`: "profile"."""
    key = _key(row_id, what)
    return rows.filter(pk=key).first() or _none(rows.model, key, what)


def opened(rows: Composed[M], model: type[M], actor: Actor, right: Right, row_id: str, *, what: str) -> M:
    """The same of a query that is composed once, and asked for the row of an id."""
    key = _key(row_id, what)
    return rows.first(actor, right, key) or _none(model, key, what)


def visible(model: type[M], actor: Actor, right: Right, row_id: str, *, what: str) -> M:
    """The row of that id on which the actor has that right; NotFound and NotYours as of `one`."""
    kept: Composed[M] = _visible(model)
    return opened(kept, model, actor, right, row_id, what=what)


def held(model: type[M], actor: Actor, right: Right, row_id: str, *, what: str) -> M:
    """As `visible`, with the actor's strongest right on it, for `visibility.held`."""
    kept: Composed[M] = _held(model)
    return opened(kept, model, actor, right, row_id, what=what)


@cache
def _visible(model: type[M]) -> Composed[M]:
    return Composed(lambda actor, right, key: visible_to(model, actor, right).filter(pk=key))


@cache
def _held(model: type[M]) -> Composed[M]:
    return Composed(lambda actor, right, key: held_by(model, actor, right).filter(pk=key))


def _key(row_id: str, what: str) -> uuid.UUID:
    try:
        return uuid.UUID(row_id)
    except ValueError:
        raise NotFound(f"There is no such {what}.", **_WORDS) from None


def _none(model: type[Model], key: uuid.UUID, what: str) -> NoReturn:
    if visible_to(model, SYSTEM, "view").filter(pk=key).exists():
        raise NotYours(f"There is no such {what}.", kind=what, id=str(key), **_WORDS)
    raise NotFound(f"There is no such {what}.", **_WORDS)


def owner_id(actor: Actor) -> int:
    """Whose a new row is; the system owns nothing, so a command that makes rows acts for a person."""
    if actor.user_id is None:
        raise ValueError("the system actor cannot own a row")
    return actor.user_id


def delete_some(found: QuerySet[M], limit: int) -> int:
    """Deletes at most `limit` of the rows, so that no statement holds the database for long; gives how many."""
    keys = list(found.values_list("pk", flat=True)[:limit])
    if keys:
        found.model._default_manager.filter(pk__in=keys).delete()
    return len(keys)


def stale(what: str) -> Stale:
    return Stale(
        f"This {what} was changed while you were editing it.",
        why="It was saved in another tab or by somebody else after you opened the form.",
        do="Compare your input with the current values, then save again.",
        who="You can do this.",
    )


def in_turn(found: QuerySet[M], *, of: str, by: str) -> list[str]:
    """The keys of at most BATCH rows: everybody's first by `by`, then everybody's second, a few of each.

    Whoever has a thousand so keeps nobody waiting. `of` is the field that says whose a row is.
    """
    turn = Window(RowNumber(), partition_by=[F(of)], order_by=[F(by).asc(), F("pk").asc()])
    first = found.annotate(turn=turn).filter(turn__lte=IN_TURN).order_by("turn", by)
    return [str(key) for key in first.values_list("pk", flat=True)[:BATCH]]
