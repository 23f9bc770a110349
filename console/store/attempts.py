"""Attempts: what was tried, as redacted evidence. Who may view their profile views them; support sees cases."""

import uuid
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from console.core.actor import Actor, Right
from console.core.api import CalledApi
from console.core.attempts.history import OF_MATRIX
from console.core.attempts.references import references
from console.core.budget import SECOND_US, Work
from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.core.held import Held
from console.core.profile import Profile
from console.models import Api as ApiRow
from console.models import Attempt
from console.models import Profile as ProfileRow
from console.store import answer_bodies, budgets, json_text, rows, statements
from console.store.composed import Composed
from console.store.visibility import held, held_by, visible_to

_ADD = statements.insertion(
    Attempt,
    *("id", "profile_id", "api_id", "kind", "owner_id", "title", "created_at", "evidence", "exchanges", "status"),
    *("primary_cause", "catalogue_version", "known_as", "also_known_as"),
)


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """One attempt. `kind` is token or call, of which `is_of_matrix` tells those that an auth matrix made: no sum and no
    "last call" counts them. `created_at` epoch seconds; `status` the HTTP status, None without answer.

    `evidence` and `exchanges` are redacted before they come here. `primary_cause` is "" when nothing was wrong.
    `owner_id`, `size_bytes` (of evidence and exchanges as kept) and `is_pinned` (kept until somebody unpins it) are
    filled when read, `sees_profile`, `uses_profile` and `called` when one is read for somebody: their attempt outlives
    what was shared with them. `called` is None for an Api that is
    gone or not theirs to see.
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
    is_of_matrix: bool = False
    owner_id: int | None = None
    size_bytes: int = field(default=0, compare=False)
    is_pinned: bool = field(default=False, compare=False)
    sees_profile: bool = field(default=False, compare=False)
    uses_profile: bool = field(default=False, compare=False)
    called: CalledApi | None = field(default=None, compare=False)

    @property
    def is_answered_well(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def add(actor: Actor, record: AttemptRecord, *, body: bytes | None = None) -> str:
    """Keeps an attempt of the actor, and counts its bytes; gives its id. `body`: of the answer, kept beside it."""
    evidence, exchanges = json_text.dump(record.evidence), json_text.dump(record.exchanges)
    now_us, size_bytes = record.created_at * SECOND_US, len(evidence) + len(exchanges) + len(body or b"")
    budgets.charge(rows.owner_id(actor), Work.KEPT, now_us=now_us, units=size_bytes)
    known_as, also_known_as = references(record.evidence, record.exchanges)
    ids = (statements.of_uuid(uuid.UUID(one)) if one else None for one in (record.id, record.profile_id, record.api_id))
    values = (
        *ids,
        OF_MATRIX if record.is_of_matrix else record.kind,
        rows.owner_id(actor),
        json_text.dump(record.title),
        record.created_at,
        evidence,
        exchanges,
        record.status,
        record.primary_cause,
        record.catalogue_version,
        known_as or None,
        also_known_as or None,
    )
    if body is None:
        statements.changed(_ADD, *values)
        return record.id
    with transaction.atomic(savepoint=False):
        statements.changed(_ADD, *values)
        answer_bodies.add(record.id, body)
    return record.id


def get(actor: Actor, attempt_id: str, right: Right = "view") -> Held[AttemptRecord]:
    """Raises NotFound when the actor does not have that right."""
    row: Any = rows.opened(_HELD, Attempt, actor, right, attempt_id, what="attempt")  # with what is annotated below
    called = None if row.api_name is None else CalledApi(str(row.api_id), row.api_name, row.api_owner)
    return held(
        row,
        replace(_to_record(row), sees_profile=row.sees_profile, uses_profile=row.uses_profile, called=called),
        actor,
    )


_PROFILE_RIGHTS: tuple[Right, ...] = ("view", "use")


def _held(actor: Actor, right: Right, key: uuid.UUID) -> QuerySet[Attempt]:
    sees, uses = (
        Exists(visible_to(ProfileRow, actor, wanted).filter(pk=OuterRef("profile_id"))) for wanted in _PROFILE_RIGHTS
    )
    seen_api = visible_to(ApiRow, actor, "view").filter(pk=OuterRef("api_id"))
    wanted = held_by(Attempt, actor, right).annotate(
        sees_profile=sees,
        uses_profile=uses,
        api_name=Subquery(seen_api.values("name")[:1]),
        api_owner=Subquery(seen_api.values("owner_id")[:1]),
    )
    return wanted.filter(pk=key)


_HELD = Composed(_held)


def list_recent(actor: Actor, *, limit: int = 50, skip: int = 0) -> list[AttemptRecord]:
    """What the actor tried, newest first, leaving out the `skip` newest."""
    seen = visible_to(Attempt, actor, "manage").order_by("-created_at", "-id")
    return [_to_record(row) for row in seen[skip : skip + limit]]


@dataclass(frozen=True, slots=True)
class ProfileAttempts:
    """What was tried last with a profile, None where there is nothing; `given` and `answered` are the last that were
    answered 2xx: `answered` by the Api that the profile is for.
    """

    token: AttemptRecord | None = None
    call: AttemptRecord | None = None
    given: AttemptRecord | None = None
    answered: AttemptRecord | None = None

    @property
    def last_answer(self) -> Exchange | None:
        """What came back, redacted, when an API was last called; None when nothing ever did."""
        return self.call.exchanges[-1] if self.call is not None and self.call.exchanges else None

    @property
    def all(self) -> tuple[AttemptRecord | None, ...]:
        return (self.token, self.call, self.given, self.answered)

    @property
    def distinct(self) -> tuple[AttemptRecord, ...]:
        """Each once: mostly the last is the last that went well."""
        return tuple({one.id: one for one in self.all if one is not None}.values())


def of_profile(actor: Actor, profile: Profile) -> ProfileAttempts:
    """The last attempts with a profile that the actor sees, in one query.

    Whoever sees a profile sees all that was tried with it: which are the last of all is asked without them.
    """
    ids = [uuid.UUID(one) for one in (profile.id, profile.api_id) if one]
    newest_first = [_to_record(row) for row in _LAST.all(actor, "view", *ids)]
    newest_first.sort(key=lambda one: (one.created_at, one.id), reverse=True)
    tokens, calls = ([one for one in newest_first if one.kind == kind] for kind in ("token", "call"))
    well = [one for one in calls if one.is_answered_well and profile.api_id in (None, one.api_id)]
    return ProfileAttempts(
        next(iter(tokens), None),
        next(iter(calls), None),
        next((one for one in tokens if one.is_answered_well), None),
        next(iter(well), None),
    )


def _last(actor: Actor, right: Right, profile: uuid.UUID, api: uuid.UUID | None = None) -> QuerySet[Attempt]:
    """The last attempt of each kind, and the last of each that was answered 2xx."""
    tried = Attempt.objects.filter(profile_id=profile).order_by("-created_at", "-id").values("pk")
    token, call = tried.filter(kind="token"), tried.filter(kind="call")
    well = Q(status__gte=200, status__lt=300)
    answered = well & Q(api_id=api) if api else well
    wanted = (token, call, token.filter(well), call.filter(answered))
    return visible_to(Attempt, actor, right).filter(reduce(or_, (Q(pk__in=one[:1]) for one in wanted)))


_LAST = Composed(_last)


def requests_before(actor: Actor, call: AttemptRecord, *, limit: int = 5) -> list[AttemptRecord]:
    """The actor's last requests for a token with the profile of that call which were answered 2xx, newest first."""
    if call.kind != "call" or call.profile_id is None:
        return []
    tried = visible_to(Attempt, actor, "manage").filter(kind="token", profile_id=call.profile_id)
    given = tried.filter(status__gte=200, status__lt=300, created_at__lte=call.created_at)
    return [_to_record(row) for row in given.order_by("-created_at", "-id")[:limit]]


def names_of(actor: Actor, attempt: AttemptRecord) -> tuple[str, str]:
    """What the Api and the profile of an attempt are called now; "" for what is gone, or was none."""
    found = visible_to(Attempt, actor, "manage").filter(pk=uuid.UUID(attempt.id))
    api, profile = found.values_list("api__name", "profile__name").get()
    return api or "", profile or ""


def delete(actor: Actor, attempt_id: str) -> None:
    """Cases made of it stay."""
    rows.visible(Attempt, actor, "manage", attempt_id, what="attempt").delete()


def pin(actor: Actor, attempt_id: str, at: int | None) -> None:
    """Keeps an attempt beyond its time, or (None) no longer. Raises NotFound where it is not theirs to manage."""
    row = rows.visible(Attempt, actor, "manage", attempt_id, what="attempt")
    visible_to(Attempt, actor, "manage").filter(pk=row.pk).update(pinned_at=at)


def count_pinned(owner_id: int) -> int:
    """How many attempts of a person are pinned."""
    return Attempt.objects.filter(owner_id=owner_id, pinned_at__isnull=False).count()


def prune(*, before: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` attempts older than `before` (epoch seconds), of everybody; gives how many. What is
    pinned stays.
    """
    return rows.delete_some(Attempt.objects.filter(created_at__lt=before, pinned_at__isnull=True), limit)


def _to_record(row: Attempt) -> AttemptRecord:
    return AttemptRecord(
        id=str(row.pk),
        kind="call" if row.kind == OF_MATRIX else row.kind,
        profile_id=str(row.profile_id) if row.profile_id else None,
        api_id=str(row.api_id) if row.api_id else None,
        title=json_text.load(row.title, str),
        created_at=row.created_at,
        evidence=json_text.load(row.evidence, Evidence),
        exchanges=json_text.load(row.exchanges, tuple[Exchange, ...]),
        status=row.status,
        primary_cause=row.primary_cause,
        catalogue_version=row.catalogue_version,
        is_of_matrix=row.kind == OF_MATRIX,
        owner_id=row.owner_id,
        size_bytes=len(row.evidence) + len(row.exchanges),
        is_pinned=row.pinned_at is not None,
    )
