"""Shares: what somebody who may manage an object lets a person or a group do with it."""

import uuid
from functools import cache
from typing import Any, cast

import msgspec
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray

from console.core.access import Access, Kind, SharedWith, ShareRecord
from console.core.actor import RIGHTS, Actor, Right
from console.models import Api, Case, Connection, Profile, Share
from console.store import json_text, rows
from console.store.cases import unexpired
from console.store.composed import Composed
from console.store.joined import Joined
from console.store.visibility import M, held, held_by, visible_to

Shared = Profile | Connection | Api | Case
MODELS: dict[Kind, type[Shared]] = {"profile": Profile, "connection": Connection, "api": Api, "case": Case}
WORDS: dict[Kind, str] = {"profile": "profile", "connection": "connection", "api": "API", "case": "case"}
_COLUMNS = (
    "person_id",
    "person__email",
    "person__is_active",
    "group_id",
    "group__name",
    "right",
    "reveals_token",
    "given_at",
)


def with_shares(found: QuerySet[M], kind: Kind) -> QuerySet[M]:
    """The rows of that kind, each with its shares in the same query, for `access_of`."""
    same = Share.objects.filter(**{kind: OuterRef("pk")}).order_by().values(kind)
    texts = same.annotate(texts=Joined(JSONArray(*_COLUMNS), separator=",")).values("texts")
    return cast("QuerySet[M]", found.annotate(share_texts=Subquery(texts)))


def access_of(row: Shared, kind: Kind, actor: Actor) -> Access:
    """Of a row that came from `held_by` and `with_shares`."""
    texts: str = row.share_texts or ""  # type: ignore[union-attr]  # annotated there
    found = (_to_record(one) for one in msgspec.json.decode(f"[{texts}]", type=list[tuple[Any, ...]]))
    name = json_text.load(row.title, str) if isinstance(row, Case) else row.name
    has = held(row, name, actor)
    told = [one for one in found if has.may("manage") or _is_for(one.subject, actor)]
    ordered = sorted(told, key=lambda one: (one.subject.person_id is None, one.subject.name))
    return Access(kind, str(row.pk), has, tuple(ordered), is_public=isinstance(row, Api) and row.is_published)


def access(actor: Actor, kind: Kind, object_id: str, right: Right = "view", *, now: int) -> Access:
    """Raises NotFound when the actor has not that right."""
    row = rows.opened(_with_shares(kind), MODELS[kind], actor, right, object_id, what=WORDS[kind])
    return access_of(_unexpired(row, now), kind, actor)


@cache
def _with_shares(kind: Kind) -> Composed[Shared]:
    return Composed(lambda actor, right, key: with_shares(held_by(MODELS[kind], actor, right), kind).filter(pk=key))


def counts(actor: Actor, kind: Kind) -> dict[str, int]:
    """How many shares each object has that the actor manages, by its id; without those that have none. One query."""
    managed = visible_to(cast("type[Model]", MODELS[kind]), actor, "manage").values("pk")
    found = Share.objects.filter(**{f"{kind}__in": managed}).order_by().values_list(kind).annotate(many=Count("pk"))
    return {str(key): many for key, many in found}


def put(
    actor: Actor,
    kind: Kind,
    object_id: str,
    subject: SharedWith,
    *,
    right: Right,
    now: int,
    reveals_token: bool = False,
) -> ShareRecord | None:
    """Gives a right instead of the one before, which is returned; None when there was none.

    Callers have checked that the subject is there. Raises NotFound for an object that is not the actor's to manage.
    """
    found: dict[str, Any] = {kind: _managed(actor, kind, object_id, now), **_columns(subject)}
    before = _record_of(found, subject)
    if before is None or (before.right, before.reveals_token) != (right, reveals_token):
        given = {"right": right, "reveals_token": reveals_token, "given_at": now}
        Share.objects.update_or_create(**found, defaults=given)
    return before


def take(actor: Actor, kind: Kind, object_id: str, subject: SharedWith, *, now: int) -> ShareRecord | None:
    """Takes the share away; gives what it was, None when there was none. Raises NotFound as `put` does."""
    found = {kind: _managed(actor, kind, object_id, now), **_columns(subject)}
    before = _record_of(found, subject)
    Share.objects.filter(**found).delete()
    return before


def owner_of(actor: Actor, kind: Kind, object_id: str, *, now: int) -> int:
    """Whose it is; raises NotFound for an object that is not the actor's to manage."""
    return _managed(actor, kind, object_id, now).owner_id


def _managed(actor: Actor, kind: Kind, object_id: str, now: int) -> Shared:
    return _unexpired(rows.visible(MODELS[kind], actor, "manage", object_id, what=WORDS[kind]), now)


def _unexpired(row: Shared, now: int) -> Shared:
    return unexpired(row, now) if isinstance(row, Case) else row


def _is_for(subject: SharedWith, actor: Actor) -> bool:
    return subject.person_id == actor.user_id if subject.person_id is not None else subject.group_id in actor.groups


def _columns(subject: SharedWith) -> dict[str, Any]:
    group = uuid.UUID(subject.group_id) if subject.group_id else None
    return {"person_id": subject.person_id, "group_id": group}


def _record_of(found: dict[str, Any], subject: SharedWith) -> ShareRecord | None:
    row = Share.objects.filter(**found).first()
    return ShareRecord(subject, _right_of(row.right), row.given_at, row.reveals_token) if row else None


def _right_of(text: str) -> Right:
    return next((right for right in RIGHTS if right == text), "view")


def _to_record(columns: tuple[Any, ...]) -> ShareRecord:
    """Of what `with_shares` asks for; each database writes an id and a truth in its own way."""
    person_id, email, is_active, group_id, group, right, reveals_token, given_at = columns
    subject = SharedWith(person_id, str(uuid.UUID(group_id)) if group_id else None, email or group)
    is_closed = person_id is not None and not is_active
    return ShareRecord(subject, _right_of(right), given_at, bool(reveals_token), is_closed)
