"""Cases: frozen, redacted evidence. Their owner, support and administrators see them."""

import uuid
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from console.core.actor import Actor, Right
from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.models import Case, CaseComment
from console.store import json_text, rows
from console.store.visibility import visible_to


@dataclass(frozen=True, slots=True)
class CommentRecord:
    author_email: str
    text: str
    created_at: int


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """`attempt_id` is None when the attempt was deleted since. `masked_count` personal values are pseudonyms.
    `size_bytes` (of evidence and exchanges as kept) is filled when read."""

    id: str
    owner_id: int
    owner_email: str
    attempt_id: str | None
    title: str
    note: str
    created_at: int
    evidence: Evidence
    exchanges: tuple[Exchange, ...]
    masked_count: int = 0
    comments: tuple[CommentRecord, ...] = ()
    size_bytes: int = field(default=0, compare=False)


def create(actor: Actor, case: CaseRecord) -> str:
    """Keeps a case of the actor; gives its id."""
    Case(
        id=uuid.UUID(case.id),
        owner_id=rows.owner_id(actor),
        attempt_id=uuid.UUID(case.attempt_id) if case.attempt_id else None,
        title=json_text.dump(case.title),
        note=json_text.dump(case.note),
        evidence=json_text.dump(case.evidence),
        exchanges=json_text.dump(case.exchanges),
        masked_count=case.masked_count,
        created_at=case.created_at,
    ).save(force_insert=True)
    return case.id


def get(actor: Actor, case_id: str, right: Right = "view") -> CaseRecord:
    """With its comments, oldest first; raises NotFound when the actor may not see it."""
    return _to_record(rows.one(_with_parts(actor, right), case_id, what="case"))


def list_visible(actor: Actor) -> list[CaseRecord]:
    """Newest first."""
    return [_to_record(row) for row in _with_parts(actor, "view").order_by("-created_at", "-id")]


def add_comment(actor: Actor, case_id: str, text: str, *, id: str, now: int) -> None:
    """Whoever sees a case may comment on it."""
    case = rows.one(visible_to(Case, actor, "view"), case_id, what="case")
    CaseComment(
        id=uuid.UUID(id), case=case, author_id=rows.owner_id(actor), text=json_text.dump(text), created_at=now
    ).save(force_insert=True)


def delete(actor: Actor, case_id: str) -> None:
    rows.one(visible_to(Case, actor, "manage"), case_id, what="case").delete()


def _with_parts(actor: Actor, right: Right) -> QuerySet[Case]:
    comments = CaseComment.objects.select_related("author").order_by("created_at", "id")
    return (
        visible_to(Case, actor, right).select_related("owner").prefetch_related(Prefetch("comments", queryset=comments))
    )


def _to_record(row: Case) -> CaseRecord:
    return CaseRecord(
        id=str(row.pk),
        owner_id=row.owner_id,
        owner_email=row.owner.email,
        attempt_id=str(row.attempt_id) if row.attempt_id else None,
        title=json_text.load(row.title, str),
        note=json_text.load(row.note, str),
        created_at=row.created_at,
        evidence=json_text.load(row.evidence, Evidence),
        exchanges=json_text.load(row.exchanges, tuple[Exchange, ...]),
        masked_count=row.masked_count,
        comments=tuple(
            CommentRecord(comment.author.email, json_text.load(comment.text, str), comment.created_at)
            for comment in row.comments.all()
        ),
        size_bytes=len(row.evidence) + len(row.exchanges),
    )
