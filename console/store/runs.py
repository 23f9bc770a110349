"""Runs: work of several steps. Each look advances one by a step, under a lease."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction

from console.core.actor import Actor, Right
from console.core.errors import NotFound, Unavailable
from console.core.exchange import Exchange
from console.core.held import Held
from console.core.runs.base import Progress
from console.models import Run, RunStep
from console.store import json_text, leases, rows, vault
from console.store.visibility import held, held_by, visible_to

MAX_STEPS = 20  # that a run keeps: the newest


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step as it happened. `status` is the HTTP status, None without an answer; `exchanges` are redacted."""

    number: int
    status: int | None
    exchanges: tuple[Exchange, ...]
    at: int


@dataclass(frozen=True, slots=True)
class RunRecord:
    """`attempt_id` and `profile_id` are what the work is about, None when about none. `version` counts the steps taken.

    `kept` is what the next step needs, {} when nothing more is to be done; `not_before` is epoch seconds.
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
        created_at=now,
        **_columns(run),
    ).save(force_insert=True)
    return run


def get(actor: Actor, run_id: str, right: Right = "view") -> Held[RunRecord]:
    """Raises NotFound when the actor does not have that right."""
    row = rows.one(held_by(Run, actor, right), run_id, what="run")
    return held(row, _to_record(row), actor)


def of_attempt(actor: Actor, attempt_id: str) -> RunRecord | None:
    """The run an attempt began; None when it began none."""
    row = visible_to(Run, actor, "view").filter(attempt_id=uuid.UUID(attempt_id)).first()
    return _to_record(row) if row else None


def of_authorization(actor: Actor, authorization_id: str) -> RunRecord | None:
    """The run that waits for a sign-in on another device; None when it waits for none."""
    row = visible_to(Run, actor, "view").filter(authorization_id=uuid.UUID(authorization_id)).first()
    return _to_record(row) if row else None


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


def _columns(run: RunRecord) -> dict[str, object]:
    return {
        "state": json_text.dump(run.state),
        "is_done": run.is_done,
        "not_before": run.not_before,
        "sealed": vault.seal(json_text.dump(dict(run.kept)).encode(), row=row_name(run.id)) if run.kept else "",
        "version": run.version,
    }


def _to_record(row: Run) -> RunRecord:
    opened = vault.open_sealed(row.sealed, row=row_name(row.pk)).decode() if row.sealed else "{}"
    return RunRecord(
        id=str(row.pk),
        kind=row.kind,
        attempt_id=_text(row.attempt_id),
        profile_id=_text(row.profile_id),
        state=json_text.load(row.state, str),
        is_done=row.is_done,
        not_before=row.not_before,
        kept=json_text.load(opened, dict[str, str]),
        version=row.version,
        steps=tuple(
            StepRecord(step.number, step.status, json_text.load(step.exchanges, tuple[Exchange, ...]), step.at)
            for step in row.steps.order_by("number")
        ),
        connection_id=_text(row.connection_id),
        authorization_id=_text(row.authorization_id),
    )


def _uuid(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None


def _text(value: uuid.UUID | None) -> str | None:
    return str(value) if value else None
