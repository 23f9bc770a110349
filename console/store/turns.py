"""The last good attempt before one that failed, and the first bad one after it: of the same profile, API and call."""

import uuid
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from console.core.actor import Actor
from console.core.attempts.history import OF_MATRIX
from console.models import Attempt
from console.store import json_text
from console.store.attempts import AttemptRecord
from console.store.visibility import visible_to

_GOOD = Q(status__gte=200, status__lt=400)
_BAD = Q(status__isnull=True) | Q(status__gte=400)


@dataclass(frozen=True, slots=True)
class TurnIds:
    """Ids, None for none. `is_other`: the good one called something else at the same API, or asked for no such token.

    `failed` counts the failing ones from the first bad one to the one that was asked for, with both.
    """

    good_id: str | None
    bad_id: str | None
    failed: int = 0
    is_other: bool = False


def may_look(actor: Actor, attempt_id: str) -> bool:
    """Whether the actor sees that attempt, and it failed with a profile that is still there."""
    failed = visible_to(Attempt, actor, "view").filter(_BAD, pk=uuid.UUID(attempt_id), profile_id__isnull=False)
    return failed.exists()


def around(actor: Actor, record: AttemptRecord) -> TurnIds:
    """Around a failing attempt that the actor sees; of a profile that is gone nothing is found."""
    found = _last_good(actor, record)
    if found is None:
        return TurnIds(None, None)
    good, is_other = found
    same, before = _same(_alike(actor, record), record), _before(record)
    after = Q(created_at__gt=good[1]) | Q(created_at=good[1], id__gt=good[0])
    upto = before | Q(id=uuid.UUID(record.id))
    failing = same.filter(after, upto, _BAD)
    bad = failing.order_by("created_at", "id").values_list("id", flat=True)
    return TurnIds(str(good[0]), str(bad[0]), failed=failing.count(), is_other=is_other)


def last_good(actor: Actor, record: AttemptRecord) -> str | None:
    """The last one that went well: before it and of the same call where there is one, else any; None for none."""
    found = _last_good(actor, record)
    if found is not None:
        return str(found[0][0])
    if record.profile_id is None:
        return None
    tried = _alike(actor, record).filter(_GOOD).exclude(pk=uuid.UUID(record.id))
    later = _newest(_same(tried, record)) or _newest(tried)
    return str(later[0]) if later else None


def _last_good(actor: Actor, record: AttemptRecord) -> tuple[tuple[uuid.UUID, int], bool] | None:
    """Its id and moment, and whether it was another call."""
    if record.profile_id is None:
        return None
    tried, before = _alike(actor, record), _before(record)
    if good := _newest(_same(tried, record).filter(before, _GOOD)):
        return good, False
    good = _newest(tried.filter(before, _GOOD))
    return None if good is None else (good, True)


def _alike(actor: Actor, record: AttemptRecord) -> "QuerySet[Attempt]":
    """What was tried with the same profile at the same Api, for a record that has a profile: for a call of a matrix its
    like too.
    """
    at_api = Q(api_id=uuid.UUID(record.api_id)) if record.api_id else Q(api_id__isnull=True)
    profile_id = uuid.UUID(record.profile_id or "")
    kinds = (record.kind, OF_MATRIX) if record.is_of_matrix else (record.kind,)
    return visible_to(Attempt, actor, "view").filter(at_api, profile_id=profile_id, kind__in=kinds)


def _same(tried: "QuerySet[Attempt]", record: AttemptRecord) -> "QuerySet[Attempt]":
    return tried.filter(title=json_text.dump(record.title))


def _before(record: AttemptRecord) -> Q:
    return Q(created_at__lt=record.created_at) | Q(created_at=record.created_at, id__lt=uuid.UUID(record.id))


def _newest(rows: "QuerySet[Attempt]") -> tuple[uuid.UUID, int] | None:
    return rows.order_by(F("created_at").desc(), F("id").desc()).values_list("id", "created_at").first()
