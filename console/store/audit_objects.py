"""What the objects that entries of the audit trail name are called today, as far as they still exist."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, QuerySet

from console.core.actor import Actor
from console.models import Api, Attempt, Case, Connection, Group, Profile
from console.store import json_text
from console.store.visibility import visible_to

_MODELS: dict[str, type[Model]] = {
    "profile": Profile,
    "connection": Connection,
    "api": Api,
    "API": Api,
    "case": Case,
    "attempt": Attempt,
    "group": Group,
}
_JSON_TITLES = (Case, Attempt)


@dataclass(frozen=True, slots=True)
class NamedObject:
    """`can_open`: whether its page is there for the actor."""

    name: str
    can_open: bool


def names(actor: Actor, objects: Iterable[tuple[str, str]], *, now: int) -> dict[tuple[str, str], NamedObject]:
    """By (kind, id) as entries have them; one query for each model. Callers have checked that the actor administers.

    Others' attempts have no name here: their titles say what somebody called, which is theirs.
    """
    wanted: dict[type[Model], dict[uuid.UUID, list[tuple[str, str]]]] = {}
    for kind, object_id in objects:
        if kind in _MODELS and (key := _uuid(object_id)):
            wanted.setdefault(_MODELS[kind], {}).setdefault(key, []).append((kind, object_id))
    return {
        entry: named
        for model, keys in wanted.items()
        for key, named in _named(model, actor, list(keys), now)
        for entry in keys[key]
    }


def _named(model: type[Model], actor: Actor, keys: list[uuid.UUID], now: int) -> list[tuple[uuid.UUID, NamedObject]]:
    opens = visible_to(model, actor, "view")
    if model is Case:
        opens = opens.filter(expires_at__gt=now)
    rows: QuerySet[Model] = opens if model is Attempt else model._default_manager.all()
    title = "title" if model in _JSON_TITLES else "name"
    found = rows.filter(pk__in=keys).annotate(can_open=Exists(opens.filter(pk=OuterRef("pk"))))
    return [
        (key, NamedObject(json_text.load(text, str) if model in _JSON_TITLES else text, can_open))
        for key, text, can_open in found.values_list("pk", title, "can_open")
    ]


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
