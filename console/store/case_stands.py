"""Where a case stands, and what is said and happens in its conversation. Changes are made on a row that is held."""

import uuid
from dataclasses import dataclass

from django.db.models import Q

from console.core.actor import Actor, Right
from console.core.cases.entries import TalkKind
from console.core.cases.state import CaseState
from console.core.held import Held
from console.models import Case, CaseComment
from console.store import json_text, rows
from console.store.cases import OPEN_CASES, unexpired
from console.store.visibility import held, held_by, visible_to

MAX_ALIKE = 100  # cases that one answer solves
_COLUMNS = (
    "pk", "number", "owner_id", "assignee_id", "state", "cause", "true_cause", "sentence", "solved_at", "alike",
    "title", "expires_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseStand:
    """What of a case can change, and what its mails and events name. `solved_at` is epoch seconds, None: it is not."""

    id: str
    number: int
    title: str
    owner_id: int
    state: CaseState
    assignee_id: int | None
    cause: str | None
    true_cause: str
    sentence: str
    solved_at: int | None
    alike: str


def hold(actor: Actor, case_id: str, right: Right = "use", *, now: int) -> Held[CaseStand]:
    """The case as it stands; it stays so until the transaction ends. Raises NotFound as `cases.get` does."""
    found = held_by(Case, actor, right).only(*_COLUMNS).select_for_update(of=("self",))
    row = unexpired(rows.one(found, case_id, what="case"), now)
    return held(row, _to_stand(row), actor)


def alike(actor: Actor, case_id: str, key: str, *, now: int) -> list[CaseStand]:
    """The other open cases of that likeness that the actor may work on, oldest first, MAX_ALIKE at most."""
    if not key:
        return []
    found = visible_to(Case, actor, "use").filter(OPEN_CASES, alike=key, expires_at__gt=now)
    others = found.exclude(pk=uuid.UUID(case_id)).only(*_COLUMNS).order_by("number")
    return [_to_stand(row) for row in others[:MAX_ALIKE]]


def save(stand: CaseStand) -> None:
    """Keeps where a case stands that was held before."""
    Case.objects.filter(pk=uuid.UUID(stand.id)).update(
        state=stand.state.value,
        is_open=stand.state.is_open,
        assignee_id=stand.assignee_id,
        true_cause=stand.true_cause,
        sentence=json_text.dump(stand.sentence),
        solved_at=stand.solved_at,
    )


def say(actor: Actor, case_id: str, kind: TalkKind, text: str, *, id: str, now: int) -> None:
    """Adds to the conversation of a case that was held before: what somebody said, or an event."""
    key = uuid.UUID(case_id)
    position = Case.objects.values_list("said", flat=True).get(pk=key) + 1
    Case.objects.filter(pk=key).update(said=position, changed_at=now)
    CaseComment(
        id=uuid.UUID(id),
        case_id=key,
        author_id=None if actor.is_system else rows.owner_id(actor),
        kind=kind.value,
        text=json_text.dump(text),
        created_at=now,
        position=position,
    ).save(force_insert=True)


def speakers(case_id: str) -> set[int]:
    """Who said or did something in its conversation."""
    said = CaseComment.objects.filter(Q(case_id=uuid.UUID(case_id)), author_id__isnull=False)
    return set(said.order_by().values_list("author_id", flat=True).distinct())


def _to_stand(row: Case) -> CaseStand:
    return CaseStand(
        id=str(row.pk),
        number=row.number,
        title=json_text.load(row.title, str),
        owner_id=row.owner_id,
        state=CaseState(row.state),
        assignee_id=row.assignee_id,
        cause=row.cause,
        true_cause=row.true_cause,
        sentence=json_text.load(row.sentence, str),
        solved_at=row.solved_at,
        alike=row.alike,
    )
