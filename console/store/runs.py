"""Runs: work that an attempt began (a 202, say). Each look advances one by a step, under a lease."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from console.core.actor import Actor, Right
from console.core.errors import NotFound, Unavailable
from console.core.exchange import Exchange
from console.core.held import Held
from console.models import Run
from console.store import json_text, leases, rows
from console.store.visibility import held, held_by, visible_to


@dataclass(frozen=True, slots=True)
class RunRecord:
    """`next_url` is where to look, None when there is nothing more; `not_before` epoch seconds.

    `state` is the far side's own word. `leaves_api`: the next look goes elsewhere, so no token goes with it.
    `exchanges` are the looks so far, redacted.
    """

    id: str
    attempt_id: str
    state: str
    is_done: bool
    next_url: str | None
    not_before: int
    leaves_api: bool
    exchanges: tuple[Exchange, ...]


def create(actor: Actor, run: RunRecord, *, now: int) -> RunRecord:
    Run(
        id=uuid.UUID(run.id),
        owner_id=rows.owner_id(actor),
        attempt_id=uuid.UUID(run.attempt_id),
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


def acquire_lease(run_id: str, *, holder: str, now: int, until: int) -> bool:
    """Whether the holder may look now."""
    return leases.acquire(_lease_key(run_id), holder=holder, now=now, until=until)


def release_lease(run_id: str, *, holder: str) -> bool:
    return leases.release(_lease_key(run_id), holder=holder)


def save(actor: Actor, run: RunRecord, *, holder: str) -> RunRecord:
    """Keeps one step and gives the lease back; raises Unavailable when somebody took the lease over meanwhile."""
    with transaction.atomic():
        if not leases.release(_lease_key(run.id), holder=holder):
            raise Unavailable(
                "Somebody else looked at this run meanwhile.",
                why="Your look took longer than its lease, so its result was not kept.",
                do="Open the run again to see where it stands.",
                who="You can do this.",
            )
        if not visible_to(Run, actor, "use").filter(pk=uuid.UUID(run.id)).update(**_columns(run)):
            raise NotFound("There is no such run.", why="It was deleted meanwhile.", do="Begin again.")
    return run


def _lease_key(run_id: str) -> str:
    return f"run|{run_id}"


def _columns(run: RunRecord) -> dict[str, object]:
    return {
        "state": json_text.dump(run.state),
        "is_done": run.is_done,
        "next_url": json_text.dump(run.next_url),
        "not_before": run.not_before,
        "leaves_api": run.leaves_api,
        "exchanges": json_text.dump(run.exchanges),
    }


def _to_record(row: Run) -> RunRecord:
    next_url: str | None = None if row.next_url == "null" else json_text.load(row.next_url, str)
    return RunRecord(
        id=str(row.pk),
        attempt_id=str(row.attempt_id),
        state=json_text.load(row.state, str),
        is_done=row.is_done,
        next_url=next_url,
        not_before=row.not_before,
        leaves_api=row.leaves_api,
        exchanges=json_text.load(row.exchanges, tuple[Exchange, ...]),
    )
