"""What the stores share: finding one row by the id a URL gave, with a refusal that tells nothing about others' rows."""

import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet

from console.core.actor import Actor
from console.core.errors import NotFound, Stale

M = TypeVar("M", bound=Model)


def one(rows: QuerySet[M], row_id: str, *, what: str) -> M:
    """The row of that id; NotFound when the id is none, or is not among `rows`. `what` names it: "profile"."""
    try:
        row = rows.filter(pk=uuid.UUID(row_id)).first()
    except ValueError:
        row = None
    if row is None:
        raise NotFound(
            f"There is no such {what}.",
            why="It was deleted, or it belongs to somebody else.",
            do="Check the address, or ask the person who gave it to you.",
            who="You can do this.",
        )
    return row


def owner_id(actor: Actor) -> int:
    """Whose a new row is; the system owns nothing, so a command that makes rows acts for a person."""
    if actor.user_id is None:
        raise ValueError("the system actor cannot own a row")
    return actor.user_id


def stale(what: str) -> Stale:
    return Stale(
        f"This {what} was changed while you were editing it.",
        why="It was saved in another tab or by somebody else after you opened the form.",
        do="Compare your input with the current values, then save again.",
        who="You can do this.",
    )
