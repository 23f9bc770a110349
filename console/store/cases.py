"""Cases: frozen, redacted evidence. Their owner, support, administrators and whom they are shared with see them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Prefetch, Q, QuerySet

from console.core.actor import Actor, Right
from console.core.cases.alike import alike_key
from console.core.cases.entries import TalkKind
from console.core.cases.state import CaseState
from console.core.errors import NotFound
from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.core.held import Held
from console.models import Case, CaseComment, CaseOpening, CaseSequence
from console.store import json_text, rows
from console.store.composed import Composed
from console.store.people import name_of
from console.store.visibility import held, held_by, visible_to

SEQUENCE = 1  # the id of the only row
OPEN_CASES = Q(is_open__in=[True])  # `is_open=True` would be asked as a bare column, for which SQLite takes no index


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """What somebody said, or an event between (core TalkKind says what `text` is then). `author_email` is "" for the
    console itself."""

    author_email: str
    text: str
    created_at: int
    kind: TalkKind = TalkKind.COMMENT
    author_name: str = ""
    author_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpeningRecord:
    """Somebody else opened the case `times` times, the last one at `opened_at` (epoch seconds)."""

    reader: str
    times: int
    opened_at: int


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """`attempt_id` is None when the attempt was deleted since, or none was made here. `masked_count` personal values
    are pseudonyms, and `left_out` bodies did not go along. Nobody sees it from `expires_at` (epoch seconds) on.
    `size_bytes` (of evidence and exchanges as kept) is filled when read.

    `cause` is the slug that the diagnosis named when the case was made, "" for none, None when nobody looked; `status`
    the HTTP status, None without answer. `api_id` and `profile_id` are None when unknown or gone; the names stay.
    `true_cause` is "" until it is solved, `solved_at` None. `token_evidence` and `token_exchanges` are of the request
    that got the token of the call, None and () when there was none. `number` and what people did are filled when read.
    """

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
    token_evidence: Evidence | None = None
    token_exchanges: tuple[Exchange, ...] = ()
    cause: str | None = None
    status: int | None = None
    api_id: str | None = None
    api_name: str = ""
    profile_id: str | None = None
    profile_name: str = ""
    number: int = 0
    state: CaseState = CaseState.NEW
    assignee_id: int | None = None
    assignee: str = ""
    changed_at: int = 0
    solved_at: int | None = None
    true_cause: str = ""
    sentence: str = ""
    alike: str = ""
    owner_name: str = ""
    talk: tuple[EntryRecord, ...] = ()
    openings: tuple[OpeningRecord, ...] = ()
    size_bytes: int = field(default=0, compare=False)

    @property
    def is_handed_in(self) -> bool:
        """Whether its evidence was found, in a log say, and no attempt of its owner here."""
        return self.attempt_id is None and not self.exchanges

    @property
    def comments(self) -> tuple[EntryRecord, ...]:
        """What people said, without the events."""
        return tuple(one for one in self.talk if one.kind is TalkKind.COMMENT)


def create(actor: Actor, case: CaseRecord) -> int:
    """Keeps a case of the actor; gives its number. Call it within a transaction: the number is taken with the case."""
    number = _next_number()
    Case(
        id=uuid.UUID(case.id),
        number=number,
        owner_id=rows.owner_id(actor),
        attempt_id=_uuid(case.attempt_id),
        api_id=_uuid(case.api_id),
        api_name=json_text.dump(case.api_name),
        profile_id=_uuid(case.profile_id),
        profile_name=json_text.dump(case.profile_name),
        cause=case.cause,
        status=case.status,
        alike=alike_key(case.cause, api_id=case.api_id, api_name=case.api_name),
        title=json_text.dump(case.title),
        note=json_text.dump(case.note),
        evidence=json_text.dump(case.evidence),
        exchanges=json_text.dump(case.exchanges),
        token_evidence=json_text.dump(case.token_evidence) if case.token_evidence is not None else "",
        token_exchanges=json_text.dump(case.token_exchanges) if case.token_exchanges else "",
        masked_count=case.masked_count,
        left_out=case.left_out,
        created_at=case.created_at,
        changed_at=case.created_at,
        expires_at=case.expires_at,
    ).save(force_insert=True)
    return number


def get(actor: Actor, case_id: str, right: Right = "view", *, now: int) -> Held[CaseRecord]:
    """With its conversation, oldest first; raises NotFound when the actor has not that right, or it has expired."""
    row = unexpired(rows.opened(_HELD, Case, actor, right, case_id, what="case"), now)
    return held(row, _to_record(row), actor)


def get_several(actor: Actor, case_ids: Iterable[str], right: Right = "view", *, now: int) -> list[CaseRecord]:
    """Those of them on which the actor has that right and that have not expired, in the order that was asked for."""
    wanted = [uuid.UUID(one) for one in case_ids]
    found = _parts_of(visible_to(Case, actor, right)).filter(pk__in=wanted, expires_at__gt=now)
    records = {row.pk: _to_record(row) for row in found}
    return [records[one] for one in wanted if one in records]


def titles_of(actor: Actor, case_ids: Iterable[str], right: Right, *, now: int) -> list[tuple[str, int, str]]:
    """Id, number and title of those on which the actor has that right, each once, in the order that was asked for."""
    wanted = list(dict.fromkeys(map(uuid.UUID, case_ids)))
    found = visible_to(Case, actor, right).filter(pk__in=wanted, expires_at__gt=now)
    told = {
        key: (number, json_text.load(title, str)) for key, number, title in found.values_list("pk", "number", "title")
    }
    return [(str(one), *told[one]) for one in wanted if one in told]


def profile_of(actor: Actor, case_id: str, *, now: int) -> str | None:
    """The profile that the attempt of a case was made with; None when one of both is gone.

    For who may comment; raises NotFound for others.
    """
    case = unexpired(rows.opened(_WITH_PROFILE, Case, actor, "use", case_id, what="case"), now)
    return str(case.profile_id) if case.profile_id else None


def note_opening(actor: Actor, case_id: str, *, now: int) -> None:
    """Keeps that somebody who is not its owner opened the case, for its owner to see."""
    case = unexpired(rows.opened(_WITH_PROFILE, Case, actor, "view", case_id, what="case"), now)
    opening, _ = CaseOpening.objects.get_or_create(
        case=case, reader_id=rows.owner_id(actor), defaults={"opened_at": now}
    )
    CaseOpening.objects.filter(pk=opening.pk).update(times=F("times") + 1, opened_at=now)


def note_cause(actor: Actor, case_id: str, cause: str, *, status: int | None) -> None:
    """Fills in what nobody knew of a case of before; one that is known stays as it was seen first."""
    visible_to(Case, actor, "view").filter(pk=uuid.UUID(case_id), cause__isnull=True).update(cause=cause, status=status)


def delete(actor: Actor, case_id: str) -> None:
    rows.visible(Case, actor, "manage", case_id, what="case").delete()


def prune(*, now: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` cases that have expired, of everybody, with their comments; gives how many."""
    return rows.delete_some(Case.objects.filter(expires_at__lte=now), limit)


def unexpired(row: Case, now: int) -> Case:
    """The case; raises NotFound when it has expired."""
    if row.expires_at <= now:
        raise NotFound(
            "This case has expired.",
            why="A case is deleted by itself after the time that this console is set up with.",
            do="Ask the person who made it to hand over a new one.",
            who="You can do this.",
        )
    return row


def _next_number() -> int:
    """Counted in the row itself: who comes second waits for the first, and sees what it counted."""
    if not CaseSequence.objects.filter(pk=SEQUENCE).update(last=F("last") + 1):
        CaseSequence.objects.bulk_create([CaseSequence(pk=SEQUENCE)], ignore_conflicts=True)
        CaseSequence.objects.filter(pk=SEQUENCE).update(last=F("last") + 1)
    return CaseSequence.objects.values_list("last", flat=True).get(pk=SEQUENCE)


def _uuid(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None


def _parts_of(found: QuerySet[Case]) -> QuerySet[Case]:
    entries = CaseComment.objects.select_related("author").order_by("created_at", "position", "id")
    openings = CaseOpening.objects.select_related("reader").order_by("-opened_at", "id")
    parts = (Prefetch("comments", queryset=entries), Prefetch("openings", queryset=openings))
    return found.select_related("owner", "assignee").prefetch_related(*parts)


_HELD = Composed(lambda actor, right, key: _parts_of(held_by(Case, actor, right)).filter(pk=key))
_WITH_PROFILE = Composed(
    lambda actor, right, key: visible_to(Case, actor, right).filter(pk=key).only("pk", "profile_id", "expires_at")
)


def _to_record(row: Case) -> CaseRecord:
    return CaseRecord(
        id=str(row.pk),
        number=row.number,
        owner_id=row.owner_id,
        owner_email=row.owner.email,
        owner_name=name_of(row.owner),
        attempt_id=str(row.attempt_id) if row.attempt_id else None,
        api_id=str(row.api_id) if row.api_id else None,
        api_name=json_text.load(row.api_name, str),
        profile_id=str(row.profile_id) if row.profile_id else None,
        profile_name=json_text.load(row.profile_name, str),
        title=json_text.load(row.title, str),
        note=json_text.load(row.note, str),
        created_at=row.created_at,
        changed_at=row.changed_at,
        evidence=json_text.load(row.evidence, Evidence),
        exchanges=json_text.load(row.exchanges, tuple[Exchange, ...]),
        token_evidence=json_text.load(row.token_evidence, Evidence) if row.token_evidence else None,
        token_exchanges=json_text.load(row.token_exchanges, tuple[Exchange, ...]) if row.token_exchanges else (),
        masked_count=row.masked_count,
        left_out=row.left_out,
        expires_at=row.expires_at,
        cause=row.cause,
        status=row.status,
        alike=row.alike,
        state=CaseState(row.state),
        assignee_id=row.assignee_id,
        assignee=name_of(row.assignee) if row.assignee else "",
        solved_at=row.solved_at,
        true_cause=row.true_cause,
        sentence=json_text.load(row.sentence, str),
        openings=tuple(OpeningRecord(name_of(one.reader), one.times, one.opened_at) for one in row.openings.all()),
        talk=tuple(_to_entry(one) for one in row.comments.all()),
        size_bytes=len(row.evidence) + len(row.exchanges) + len(row.token_evidence) + len(row.token_exchanges),
    )


def _to_entry(row: CaseComment) -> EntryRecord:
    email = row.author.email if row.author else ""
    text = json_text.load(row.text, str)
    said_by = name_of(row.author) or json_text.load(row.by, str)
    return EntryRecord(email, text, row.created_at, TalkKind.read(row.kind), said_by, row.author_id)
