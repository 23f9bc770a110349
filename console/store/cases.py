"""Cases: frozen, redacted evidence. Their owner, support, administrators and whom they are shared with see them."""

import uuid
from dataclasses import dataclass, field

from django.db.models import F, Prefetch, QuerySet

from console.core.actor import Actor, Right
from console.core.errors import NotFound
from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.core.held import Held
from console.models import Case, CaseComment, CaseOpening
from console.store import json_text, rows
from console.store.visibility import held, held_by, visible_to


@dataclass(frozen=True, slots=True)
class CommentRecord:
    author_email: str
    text: str
    created_at: int


@dataclass(frozen=True, slots=True)
class OpeningRecord:
    """Somebody else opened the case `times` times, the last one at `opened_at` (epoch seconds)."""

    reader_email: str
    times: int
    opened_at: int


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """`attempt_id` is None when the attempt was deleted since, or none was made here. `masked_count` personal values
    are pseudonyms, and `left_out` bodies did not go along. Nobody sees it from `expires_at` (epoch seconds) on.
    `size_bytes` (of evidence and exchanges as kept) is filled when read."""

    id: str
    owner_id: int
    owner_email: str
    attempt_id: str | None
    title: str
    note: str
    created_at: int
    expires_at: int
    evidence: Evidence
    exchanges: tuple[Exchange, ...]
    masked_count: int = 0
    left_out: int = 0
    comments: tuple[CommentRecord, ...] = ()
    openings: tuple[OpeningRecord, ...] = ()
    size_bytes: int = field(default=0, compare=False)

    @property
    def is_handed_in(self) -> bool:
        """Whether its evidence was found, in a log say, and no attempt of its owner here."""
        return self.attempt_id is None and not self.exchanges


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
        left_out=case.left_out,
        created_at=case.created_at,
        expires_at=case.expires_at,
    ).save(force_insert=True)
    return case.id


def get(actor: Actor, case_id: str, right: Right = "view", *, now: int) -> Held[CaseRecord]:
    """With its comments, oldest first; raises NotFound when the actor has not that right, or it has expired."""
    row = _one(_parts_of(held_by(Case, actor, right)), case_id, now)
    return held(row, _to_record(row), actor)


def list_held(actor: Actor, *, now: int) -> list[Held[CaseRecord]]:
    """Newest first, each with the actor's rights on it."""
    seen = _parts_of(held_by(Case, actor, "view")).filter(expires_at__gt=now)
    return [held(row, _to_record(row), actor) for row in seen.order_by("-created_at", "-id")]


def profile_of(actor: Actor, case_id: str, *, now: int) -> str | None:
    """The profile that the attempt of a case was made with; None when one of both is gone.

    For who may comment; raises NotFound for others.
    """
    case = _one(visible_to(Case, actor, "use").select_related("attempt"), case_id, now)
    return str(case.attempt.profile_id) if case.attempt and case.attempt.profile_id else None


def add_comment(actor: Actor, case_id: str, text: str, *, id: str, now: int) -> None:
    """Raises NotFound for who may only read it."""
    case = _one(visible_to(Case, actor, "use"), case_id, now)
    CaseComment(
        id=uuid.UUID(id), case=case, author_id=rows.owner_id(actor), text=json_text.dump(text), created_at=now
    ).save(force_insert=True)


def note_opening(actor: Actor, case_id: str, *, now: int) -> None:
    """Keeps that somebody who is not its owner opened the case, for its owner to see."""
    case = _one(visible_to(Case, actor, "view"), case_id, now)
    opening, _ = CaseOpening.objects.get_or_create(
        case=case, reader_id=rows.owner_id(actor), defaults={"opened_at": now}
    )
    CaseOpening.objects.filter(pk=opening.pk).update(times=F("times") + 1, opened_at=now)


def delete(actor: Actor, case_id: str) -> None:
    rows.one(visible_to(Case, actor, "manage"), case_id, what="case").delete()


def prune(*, now: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` cases that have expired, of everybody, with their comments; gives how many."""
    return rows.delete_some(Case.objects.filter(expires_at__lte=now), limit)


def _one(seen: QuerySet[Case], case_id: str, now: int) -> Case:
    row = rows.one(seen, case_id, what="case")
    if row.expires_at <= now:
        raise NotFound(
            "This case has expired.",
            why="A case is deleted by itself after the time that this console is set up with.",
            do="Ask the person who made it to hand over a new one.",
            who="You can do this.",
        )
    return row


def _parts_of(found: QuerySet[Case]) -> QuerySet[Case]:
    comments = CaseComment.objects.select_related("author").order_by("created_at", "id")
    openings = CaseOpening.objects.select_related("reader").order_by("-opened_at", "id")
    parts = (Prefetch("comments", queryset=comments), Prefetch("openings", queryset=openings))
    return found.select_related("owner").prefetch_related(*parts)


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
        left_out=row.left_out,
        expires_at=row.expires_at,
        openings=tuple(OpeningRecord(one.reader.email, one.times, one.opened_at) for one in row.openings.all()),
        comments=tuple(
            CommentRecord(comment.author.email, json_text.load(comment.text, str), comment.created_at)
            for comment in row.comments.all()
        ),
        size_bytes=len(row.evidence) + len(row.exchanges),
    )
