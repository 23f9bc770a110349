"""Runs: work of several steps. Each look advances one by a step, under a lease."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.db import transaction
from django.db.models import Q, QuerySet

from console.core.actor import Actor, Right
from console.core.errors import NotFound, Unavailable
from console.core.exchange import Exchange
from console.core.held import Held
from console.core.runs.base import Progress
from console.models import Profile, Run, RunStep
from console.store import json_text, leases, rows, vault
from console.store.composed import Composed
from console.store.visibility import held, held_by, visible_to

MAX_STEPS = 40  # that a run keeps, the newest: a collection has twenty, and each may begin work that is waited for


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step as it happened. `status` is the HTTP status, None without an answer; `exchanges` are redacted.

    `told` is what its kind keeps of it beside them, as JSON, redacted; "" for nothing.
    """

    number: int
    status: int | None
    exchanges: tuple[Exchange, ...]
    at: int
    told: str = ""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """`attempt_id`, `profile_id` and `collection_id` are what the work is about, None when about none. `version` counts
    the steps taken.

    `kept` is what the next step needs, {} when nothing more is to be done; `not_before` is epoch seconds, and so is
    `created_at`, filled when read. `is_stopping`: a person asked for its end.
    """

    id: str
    kind: str
    attempt_id: str | None
    profile_id: str | None
    state: str
    is_done: bool
    not_before: int
    kept: Mapping[str, str] = field(default_factory=dict, repr=False)
    version: int = 0
    steps: tuple[StepRecord, ...] = ()
    connection_id: str | None = None
    authorization_id: str | None = None
    collection_id: str | None = None
    is_stopping: bool = False
    created_at: int = field(default=0, compare=False)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Those of the steps that are kept, oldest first."""
        return tuple(exchange for step in self.steps for exchange in step.exchanges)


def create(actor: Actor, run: RunRecord, *, now: int) -> RunRecord:
    """A run that has taken no step yet."""
    Run(
        id=uuid.UUID(run.id),
        owner_id=rows.owner_id(actor),
        kind=run.kind,
        attempt_id=_uuid(run.attempt_id),
        profile_id=_uuid(run.profile_id),
        connection_id=_uuid(run.connection_id),
        authorization_id=_uuid(run.authorization_id),
        collection_id=_uuid(run.collection_id),
        created_at=now,
        **_columns(run),
    ).save(force_insert=True)
    return replace(run, created_at=now)


def get(actor: Actor, run_id: str, right: Right = "view") -> Held[RunRecord]:
    """Raises NotFound when the actor does not have that right."""
    row = rows.held(Run, actor, right, run_id, what="run")
    return held(row, _to_record(row), actor)


def of_attempt(actor: Actor, attempt_id: str) -> RunRecord | None:
    """The run an attempt began; None when it began none."""
    row = _OF_ATTEMPT.first(actor, "view", uuid.UUID(attempt_id))
    return _to_record(row) if row else None


_OF_ATTEMPT = Composed(
    lambda actor, right, attempt: visible_to(Run, actor, right).filter(attempt_id=attempt).order_by("pk")[:1]
)


def of_authorization(actor: Actor, authorization_id: str) -> RunRecord | None:
    """The run that waits for a sign-in on another device; None when it waits for none."""
    row = visible_to(Run, actor, "view").filter(authorization_id=uuid.UUID(authorization_id)).first()
    return _to_record(row) if row else None


def newest_of_profile(actor: Actor, profile_id: str, kind: str, *, limit: int = 10) -> list[Held[RunRecord]]:
    """The runs of one kind that are about a profile, newest first."""
    newest = _newest(kind, limit).all(actor, "view", uuid.UUID(profile_id))
    return [held(row, _to_record(row), actor) for row in newest]


@lru_cache(maxsize=32)
def _newest(kind: str, limit: int) -> Composed[Run]:
    def composed(actor: Actor, right: Right, profile: uuid.UUID) -> QuerySet[Run]:
        mine = held_by(Run, actor, right).filter(profile_id=profile, kind=kind)
        return mine.order_by("-created_at", "-id").prefetch_related("steps")[:limit]

    return Composed(composed)


def newest_of_collection(actor: Actor, collection_id: str, *, limit: int) -> list[Held[RunRecord]]:
    """The runs of one collection, newest first."""
    newest = _newest_of_collection(limit).all(actor, "view", uuid.UUID(collection_id))
    return [held(row, _to_record(row), actor) for row in newest]


@lru_cache(maxsize=8)
def _newest_of_collection(limit: int) -> Composed[Run]:
    def composed(actor: Actor, right: Right, collection: uuid.UUID) -> QuerySet[Run]:
        mine = held_by(Run, actor, right).filter(collection_id=collection)
        return mine.order_by("-created_at", "-id").prefetch_related("steps")[:limit]

    return Composed(composed)


def newest_of_profiles(actor: Actor, profile_ids: Iterable[str], kind: str, *, limit: int) -> list[Held[RunRecord]]:
    """Of the newest runs of one kind that are about these profiles, the first of each."""
    wanted = [uuid.UUID(one) for one in profile_ids]
    mine = held_by(Run, actor, "view").filter(profile_id__in=wanted, kind=kind)
    first: dict[uuid.UUID | None, Run] = {}
    for row in mine.order_by("-created_at", "-id").prefetch_related("steps")[:limit]:
        first.setdefault(row.profile_id, row)
    return [held(row, _to_record(row), actor) for row in first.values()]


def hold_profile(profile_id: str) -> None:
    """Until the transaction ends nobody else begins a run of a profile that was opened before; NotFound: it is gone."""
    if Profile.objects.select_for_update(no_key=True).filter(pk=uuid.UUID(profile_id)).only("pk").first() is None:
        raise NotFound("There is no such profile.", why="It was deleted meanwhile.", do="Choose another.")


def trim(profile_id: str, kind: str, *, keep: int) -> int:
    """Deletes all but the newest runs of one kind that are about a profile, at most BATCH of them; gives how many."""
    found = Run.objects.filter(profile_id=uuid.UUID(profile_id), kind=kind).order_by("-created_at", "-id")
    old = Run.objects.filter(pk__in=list(found.values_list("pk", flat=True)[keep : keep + rows.BATCH]))
    return rows.delete_some(old, rows.BATCH)


def prune(*, kind: str, before: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` runs of one kind older than `before` (epoch seconds), and those whose profile is gone;
    gives how many.
    """
    old = Q(created_at__lt=before) | Q(profile_id__isnull=True)
    return rows.delete_some(Run.objects.filter(old, kind=kind), limit)


def ask_to_stop(actor: Actor, run_id: str) -> None:
    """Its next look ends it, whoever looks; NotFound for who may not use it. One that is done stays as it is."""
    mine = visible_to(Run, actor, "use").filter(pk=uuid.UUID(run_id))
    if not mine.filter(is_done=False).update(is_stopping=True) and not mine.exists():
        raise NotFound("There is no such run.")


def acquire_lease(run_id: str, *, holder: str, now: int, until: int) -> bool:
    """Whether the holder may look now."""
    return leases.acquire(_lease_key(run_id), holder=holder, now=now, until=until)


def release_lease(run_id: str, *, holder: str) -> bool:
    return leases.release(_lease_key(run_id), holder=holder)


def take_step(actor: Actor, run: RunRecord, progress: Progress, step: StepRecord, *, holder: str) -> RunRecord:
    """The run one step on, and the lease given back; raises Unavailable when somebody took the lease over meanwhile."""
    after = replace(
        run,
        state=progress.state,
        is_done=progress.is_done,
        not_before=progress.not_before,
        kept=progress.kept,
        version=step.number,
        steps=(*run.steps, step)[-MAX_STEPS:],
    )
    with transaction.atomic():
        if not leases.release(_lease_key(run.id), holder=holder):
            raise _looked_at_meanwhile()
        mine = visible_to(Run, actor, "use").filter(pk=uuid.UUID(run.id))
        if not mine.filter(version=run.version).update(**_columns(after)):
            if mine.exists():
                raise _looked_at_meanwhile()
            raise NotFound("There is no such run.", why="It was deleted meanwhile.", do="Begin again.")
        _keep(run.id, step)
    return after


def _keep(run_id: str, step: StepRecord) -> None:
    RunStep.objects.create(
        run_id=uuid.UUID(run_id),
        number=step.number,
        status=step.status,
        exchanges=json_text.dump(step.exchanges),
        told=step.told,
        at=step.at,
    )
    RunStep.objects.filter(run_id=uuid.UUID(run_id), number__lte=step.number - MAX_STEPS).delete()


def _looked_at_meanwhile() -> Unavailable:
    return Unavailable(
        "Somebody else looked at this run meanwhile.",
        why="Your look took longer than its lease, so its result was not kept.",
        do="Open the run again to see where it stands.",
        who="You can do this.",
    )


def _lease_key(run_id: str) -> str:
    return f"run|{run_id}"


def row_name(run_id: object) -> str:
    """What the sealed value of a run is bound to."""
    return f"run|{run_id}|kept"


def beside(row: Run) -> vault.Beside:
    """Of which kind it is, and what it is about: no step is taken with another's token, or for another."""
    about = (row.attempt_id, row.profile_id, row.connection_id, row.authorization_id, row.collection_id)
    return (row.kind, *map(_text, about))


def _beside_of(run: RunRecord) -> vault.Beside:
    about = (run.attempt_id, run.profile_id, run.connection_id, run.authorization_id, run.collection_id)
    return (run.kind, *about)


def _columns(run: RunRecord) -> dict[str, object]:
    kept = json_text.dump(dict(run.kept)).encode()
    return {
        "state": json_text.dump(run.state),
        "is_done": run.is_done,
        "not_before": run.not_before,
        "sealed": vault.seal(kept, row=row_name(run.id), beside=_beside_of(run)) if run.kept else "",
        "version": run.version,
    }


def _opened(row: Run) -> dict[str, str]:
    """What the next step needs; {} when its profile was deleted, without which no step is taken."""
    is_orphan = row.profile_id is None and row.authorization_id is None
    if is_orphan or not row.sealed:
        return {}
    opened = vault.open_sealed(row.sealed, row=row_name(row.pk), beside=beside(row)).decode()
    return json_text.load(opened, dict[str, str])


def _to_record(row: Run) -> RunRecord:
    return RunRecord(
        id=str(row.pk),
        kind=row.kind,
        attempt_id=_text(row.attempt_id),
        profile_id=_text(row.profile_id),
        state=json_text.load(row.state, str),
        is_done=row.is_done,
        not_before=row.not_before,
        kept=_opened(row),
        version=row.version,
        steps=tuple(map(_to_step, sorted(row.steps.all(), key=lambda step: step.number))),
        connection_id=_text(row.connection_id),
        authorization_id=_text(row.authorization_id),
        collection_id=_text(row.collection_id),
        is_stopping=row.is_stopping,
        created_at=row.created_at,
    )


def _to_step(row: RunStep) -> StepRecord:
    exchanges = json_text.load(row.exchanges, tuple[Exchange, ...])
    return StepRecord(row.number, row.status, exchanges, row.at, row.told)


def _uuid(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None


def _text(value: uuid.UUID | None) -> str | None:
    return str(value) if value else None
