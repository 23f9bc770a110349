"""Attempts: what was tried, as redacted evidence. Who may view their profile views them; support sees cases."""

import uuid
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from console.core.actor import Actor, Right
from console.core.budget import SECOND_US, Work
from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.core.held import Held
from console.core.profile import Profile
from console.models import Attempt
from console.models import Profile as ProfileRow
from console.store import budgets, json_text, rows
from console.store.visibility import held, held_by, visible_to


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """One attempt. `kind` is token or call; `created_at` epoch seconds; `status` the HTTP status, None without answer.

    `evidence` and `exchanges` are redacted before they come here. `primary_cause` is "" when nothing was wrong.
    `owner_id` and `size_bytes` (of evidence and exchanges as kept) are filled when read, `sees_profile` when one is
    read for somebody: their attempt outlives what was shared with them.
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
    sees_profile: bool = field(default=False, compare=False)

    @property
    def is_answered_well(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


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
    sees = Exists(visible_to(ProfileRow, actor, "view").filter(pk=OuterRef("profile_id")))
    row = rows.one(held_by(Attempt, actor, right).annotate(sees_profile=sees), attempt_id, what="attempt")
    sees_it: bool = row.sees_profile  # type: ignore[attr-defined]  # annotated above
    return held(row, replace(_to_record(row), sees_profile=sees_it), actor)


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
    newest_first = [_to_record(row) for row in visible_to(Attempt, actor, "view").filter(_last_of(profile))]
    newest_first.sort(key=lambda one: (one.created_at, one.id), reverse=True)
    tokens, calls = ([one for one in newest_first if one.kind == kind] for kind in ("token", "call"))
    well = [one for one in calls if one.is_answered_well and profile.api_id in (None, one.api_id)]
    return ProfileAttempts(
        next(iter(tokens), None),
        next(iter(calls), None),
        next((one for one in tokens if one.is_answered_well), None),
        next(iter(well), None),
    )


def _last_of(profile: Profile) -> Q:
    """The last attempt of each kind, and the last of each that was answered 2xx."""
    tried = Attempt.objects.filter(profile_id=uuid.UUID(profile.id)).order_by("-created_at", "-id").values("pk")
    token, call = tried.filter(kind="token"), tried.filter(kind="call")
    well = Q(status__gte=200, status__lt=300)
    answered = well & Q(api_id=uuid.UUID(profile.api_id)) if profile.api_id else well
    wanted = (token, call, token.filter(well), call.filter(answered))
    return reduce(or_, (Q(pk__in=one[:1]) for one in wanted))


def delete(actor: Actor, attempt_id: str) -> None:
    """Cases made of it stay."""
    rows.one(visible_to(Attempt, actor, "manage"), attempt_id, what="attempt").delete()


def prune(*, before: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` attempts older than `before` (epoch seconds), of everybody; gives how many."""
    return rows.delete_some(Attempt.objects.filter(created_at__lt=before), limit)


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
