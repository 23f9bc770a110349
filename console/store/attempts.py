"""Attempts: what was tried, as redacted evidence. Who may view their profile views them; support sees cases."""

import uuid
from dataclasses import dataclass, field

from django.db.models import QuerySet

from console.core.actor import Actor, Right
from console.core.budget import SECOND_US, Work
from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.core.held import Held
from console.models import Attempt
from console.store import budgets, json_text, rows
from console.store.visibility import held, held_by, visible_to


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """One attempt. `kind` is token or call; `created_at` epoch seconds; `status` the HTTP status, None without answer.

    `evidence` and `exchanges` are redacted before they come here. `primary_cause` is "" when nothing was wrong.
    `owner_id` and `size_bytes` (of evidence and exchanges as kept) are filled when read.
    """

    id: str
    kind: str
    profile_id: str | None
    api_id: str | None
    title: str
    created_at: int
    evidence: Evidence
    exchanges: tuple[Exchange, ...]
    status: int | None
    primary_cause: str
    catalogue_version: str
    owner_id: int | None = None
    size_bytes: int = field(default=0, compare=False)


def add(actor: Actor, record: AttemptRecord) -> str:
    """Keeps an attempt of the actor, and counts its bytes; gives its id."""
    evidence, exchanges = json_text.dump(record.evidence), json_text.dump(record.exchanges)
    now_us, size_bytes = record.created_at * SECOND_US, len(evidence) + len(exchanges)
    budgets.charge(rows.owner_id(actor), Work.KEPT, now_us=now_us, units=size_bytes)
    Attempt(
        id=uuid.UUID(record.id),
        kind=record.kind,
        owner_id=rows.owner_id(actor),
        profile_id=record.profile_id,
        api_id=record.api_id,
        title=json_text.dump(record.title),
        created_at=record.created_at,
        evidence=evidence,
        exchanges=exchanges,
        status=record.status,
        primary_cause=record.primary_cause,
        catalogue_version=record.catalogue_version,
    ).save(force_insert=True)
    return record.id


def get(actor: Actor, attempt_id: str, right: Right = "view") -> Held[AttemptRecord]:
    """Raises NotFound when the actor does not have that right."""
    row = rows.one(held_by(Attempt, actor, right), attempt_id, what="attempt")
    return held(row, _to_record(row), actor)


def list_recent(actor: Actor, *, limit: int = 50, skip: int = 0) -> list[AttemptRecord]:
    """What the actor tried, newest first, leaving out the `skip` newest."""
    seen = visible_to(Attempt, actor, "manage").order_by("-created_at", "-id")
    return [_to_record(row) for row in seen[skip : skip + limit]]


def newest(actor: Actor, profile_id: str, kind: str) -> AttemptRecord | None:
    """The last attempt of that kind (token, call) with a profile; None when there is none in sight."""
    row = _of_profile(actor, profile_id, kind).first()
    return _to_record(row) if row is not None else None


def newest_answered(actor: Actor, profile_id: str, kind: str, *, api_id: str | None = None) -> AttemptRecord | None:
    """The last attempt of that kind that was answered 2xx (to one Api, when it is named); None when none was."""
    seen = _of_profile(actor, profile_id, kind).filter(status__gte=200, status__lt=300)
    row = (seen.filter(api_id=uuid.UUID(api_id)) if api_id else seen).first()
    return _to_record(row) if row is not None else None


def delete(actor: Actor, attempt_id: str) -> None:
    """Cases made of it stay."""
    rows.one(visible_to(Attempt, actor, "manage"), attempt_id, what="attempt").delete()


def prune(*, before: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` attempts older than `before` (epoch seconds), of everybody; gives how many."""
    return rows.delete_some(Attempt.objects.filter(created_at__lt=before), limit)


def _of_profile(actor: Actor, profile_id: str, kind: str) -> QuerySet[Attempt]:
    seen = visible_to(Attempt, actor, "view").filter(profile_id=uuid.UUID(profile_id), kind=kind)
    return seen.order_by("-created_at", "-id")


def _to_record(row: Attempt) -> AttemptRecord:
    return AttemptRecord(
        id=str(row.pk),
        kind=row.kind,
        profile_id=str(row.profile_id) if row.profile_id else None,
        api_id=str(row.api_id) if row.api_id else None,
        title=json_text.load(row.title, str),
        created_at=row.created_at,
        evidence=json_text.load(row.evidence, Evidence),
        exchanges=json_text.load(row.exchanges, tuple[Exchange, ...]),
        status=row.status,
        primary_cause=row.primary_cause,
        catalogue_version=row.catalogue_version,
        owner_id=row.owner_id,
        size_bytes=len(row.evidence) + len(row.exchanges),
    )
