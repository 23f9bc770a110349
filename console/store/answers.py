"""Attempts as lists show them: what was asked, what came back, when. Their evidence stays where it is."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from console.core.actor import Actor, Right
from console.models import Attempt
from console.store import json_text
from console.store.composed import Composed
from console.store.visibility import visible_to

NEWEST = 60  # calls of an Api that are looked through, for operations that were answered say
_COLUMNS = ("id", "kind", "profile_id", "api_id", "title", "status", "primary_cause", "created_at")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One attempt. `kind` is token or call; `title` of a call is "GET /orders"; `status` None without an answer.

    `cause` is the slug of what was wrong, "" when nothing was. `at` is epoch seconds.
    """

    id: str
    kind: str
    profile_id: str | None
    api_id: str | None
    title: str
    status: int | None
    cause: str
    at: int

    @property
    def is_good(self) -> bool:
        return self.status is not None and self.status < 400


def newest_of(actor: Actor, profile_ids: Iterable[str], *, limit: int) -> dict[str, list[AnswerLine]]:
    """The newest calls of each profile, newest first, at most `limit` of each; one query for all of them."""
    wanted = [uuid.UUID(one) for one in profile_ids]
    newest_first = [F("created_at").desc(), F("id").desc()]
    rank = Window(RowNumber(), partition_by="profile_id", order_by=newest_first)
    seen = visible_to(Attempt, actor, "view").filter(profile_id__in=wanted, kind="call")
    ranked = seen.annotate(rank=rank).filter(rank__lte=limit)
    found: dict[str, list[AnswerLine]] = defaultdict(list)
    for one in _answers(ranked.order_by("-created_at", "-id")):
        found[one.profile_id or ""].append(one)
    return found


def troubled(actor: Actor, *, since: int, limit: int) -> list[AnswerLine]:
    """The newest attempts of the actor from `since` on that had a cause, newest first; none that a matrix made."""
    seen = visible_to(Attempt, actor, "manage").filter(created_at__gte=since, kind__in=("token", "call"))
    seen = seen.exclude(primary_cause="")
    return _answers(seen.order_by("-created_at", "-id")[:limit])


def of_api(actor: Actor, api_id: str) -> list[AnswerLine]:
    """The actor's newest calls of an Api, with whatever profile, newest first; at most NEWEST."""
    return [_line(row) for row in _OF_API.all(actor, "manage", uuid.UUID(api_id))]


def _of_api(actor: Actor, right: Right, key: uuid.UUID) -> "QuerySet[Attempt]":
    seen = visible_to(Attempt, actor, right).filter(api_id=key, kind="call")
    return seen.order_by("-created_at", "-id").values_list(*_COLUMNS)[:NEWEST]


_OF_API = Composed(_of_api)


def _answers(rows: "QuerySet[Attempt]") -> list[AnswerLine]:
    return [_line(row) for row in rows.values_list(*_COLUMNS)]


def _line(row: Any) -> AnswerLine:
    """Of the values of _COLUMNS."""
    id_, kind, profile, api, title, *rest = row
    profile_id, api_id = (str(one) if one else None for one in (profile, api))
    return AnswerLine(str(id_), kind, profile_id, api_id, json_text.load(title, str), *rest)
