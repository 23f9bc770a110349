"""Shares: what somebody who may manage an object lets a person or a group do with it."""

import uuid
from dataclasses import dataclass
from typing import Any, Literal

from console.core.actor import RIGHTS, Actor, Right
from console.models import Api, Connection, Profile, Share
from console.store import rows
from console.store.visibility import visible_to

Kind = Literal["profile", "api", "connection"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a share is for: exactly one of both is set. `name` is an address or a group's name, filled when read."""

    person_id: int | None = None
    group_id: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class ShareRecord:
    """`given_at` is epoch seconds: when the right was given, or last changed."""

    subject: Subject
    right: Right
    given_at: int


def of_object(actor: Actor, kind: Kind, object_id: str) -> list[ShareRecord]:
    """By person, then by group; raises NotFound for an object that is not the actor's to manage."""
    found = Share.objects.filter(**{kind: _managed(actor, kind, object_id)}).select_related("person", "group")
    return [_to_record(row) for row in found.order_by("person__email", "group__name")]


def put(actor: Actor, kind: Kind, object_id: str, subject: Subject, *, right: Right, now: int) -> Right | None:
    """Gives a right instead of the one before, which is returned; None when there was none.

    Callers have checked that the subject is there. Raises NotFound for an object that is not the actor's to manage.
    """
    found: dict[str, Any] = {kind: _managed(actor, kind, object_id), **_columns(subject)}
    before = _right_of(Share.objects.filter(**found).values_list("right", flat=True).first())
    if before != right:
        Share.objects.update_or_create(**found, defaults={"right": right, "given_at": now})
    return before


def take(actor: Actor, kind: Kind, object_id: str, subject: Subject) -> Right | None:
    """Takes the share away; gives the right that it was, None when there was none. Raises NotFound as `put` does."""
    found = Share.objects.filter(**{kind: _managed(actor, kind, object_id)}, **_columns(subject))
    before = _right_of(found.values_list("right", flat=True).first())
    found.delete()
    return before


def owner_of(actor: Actor, kind: Kind, object_id: str) -> int:
    """Whose it is; raises NotFound for an object that is not the actor's to manage."""
    return _managed(actor, kind, object_id).owner_id


def _managed(actor: Actor, kind: Kind, object_id: str) -> Profile | Api | Connection:
    if kind == "connection":
        return rows.one(visible_to(Connection, actor, "manage"), object_id, what="connection")
    if kind == "api":
        return rows.one(visible_to(Api, actor, "manage"), object_id, what="API")
    return rows.one(visible_to(Profile, actor, "manage"), object_id, what="profile")


def _columns(subject: Subject) -> dict[str, object]:
    group = uuid.UUID(subject.group_id) if subject.group_id else None
    return {"person_id": subject.person_id, "group_id": group}


def _right_of(text: str | None) -> Right | None:
    return next((right for right in RIGHTS if right == text), None)


def _to_record(row: Share) -> ShareRecord:
    name = row.person.email if row.person else row.group.name if row.group else ""
    group_id = str(row.group_id) if row.group_id else None
    right = _right_of(row.right) or "view"
    return ShareRecord(Subject(row.person_id, group_id, name), right, row.given_at)
