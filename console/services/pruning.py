"""What has had its time is deleted: by a command, and by the console itself once a day, in small steps."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from console.adapters import clock, random
from console.core.actor import SYSTEM
from console.core.audit.actions import Action
from console.core.runs import collection, matrix, preflight
from console.services import tasks
from console.services.sign_in import TOLD_FOR_S
from console.store import (
    attempts,
    audit,
    authorizations,
    budgets,
    cases,
    heartbeats,
    keysets,
    leases,
    login_links,
    mails,
    rate_limits,
    reminders,
    runs,
    sessions,
    sign_in_links,
    sign_in_tries,
    task_rows,
    tokens,
    troubles,
)

DAY_S = 86_400
STEP_ROWS = 500  # of each kind in one step: no statement holds the database for long
STEP_EVERY_S = 60
KEYSETS_S = 30 * DAY_S
REMINDERS_S = 90 * DAY_S  # after what they told of has ended
LEASE = "prune"
TASKS_S = DAY_S  # tasks that are done; those that failed, and mails that were given up, stay as long as key sets

logger = logging.getLogger("console.pruning")


@dataclass(frozen=True, slots=True)
class PruneStep:
    """`now` is epoch seconds, `rows` how many rows of each kind at most, `keep_s` how long attempts are kept."""

    now: int
    rows: int
    keep_s: int


@dataclass(frozen=True, slots=True)
class Pruner:
    """One kind of row; `delete` gives how many it deleted."""

    name: str
    delete: Callable[[PruneStep], int]


def _prune_runs(kind: str, step: PruneStep) -> int:
    return runs.prune(kind=kind, before=step.now - step.keep_s, limit=step.rows)


PRUNERS = (
    Pruner("attempts", lambda step: attempts.prune(before=step.now - step.keep_s, limit=step.rows)),
    Pruner("preflights", lambda step: _prune_runs(preflight.KIND.code, step)),
    Pruner("runs of collections", lambda step: _prune_runs(collection.KIND.code, step)),
    Pruner("matrices", lambda step: _prune_runs(matrix.KIND.code, step)),
    Pruner("cases", lambda step: cases.prune(now=step.now, limit=step.rows)),
    Pruner("tokens", lambda step: tokens.prune(now=step.now, limit=step.rows)),
    Pruner("leases", lambda step: leases.prune(now=step.now, limit=step.rows)),
    Pruner(
        "sign-in links",
        lambda step: sign_in_links.prune(now=step.now, recoveries_before=step.now - TOLD_FOR_S, limit=step.rows),
    ),
    Pruner("sign-ins at providers", lambda step: authorizations.prune(now=step.now, limit=step.rows)),
    Pruner("login links", lambda step: login_links.prune(now=step.now, limit=step.rows)),
    Pruner("counts of wrong passwords", lambda step: sign_in_tries.prune(now=step.now, limit=step.rows)),
    Pruner("key sets", lambda step: keysets.prune(before=step.now - KEYSETS_S, limit=step.rows)),
    Pruner("sessions", lambda step: sessions.prune(now=step.now, limit=step.rows)),
    Pruner("reminders", lambda step: reminders.prune(before=step.now - REMINDERS_S, limit=step.rows)),
    Pruner("rate limits", lambda step: rate_limits.prune(now=step.now, limit=step.rows)),
    Pruner("budgets", lambda step: budgets.prune(now=step.now, limit=step.rows)),
    Pruner("failing addresses", lambda step: troubles.prune(now=step.now, limit=step.rows)),
    Pruner(
        "tasks",
        lambda step: task_rows.prune(
            done_before=step.now - TASKS_S, failed_before=step.now - KEYSETS_S, limit=step.rows
        ),
    ),
    Pruner("workers", lambda step: task_rows.prune_workers(before=step.now - KEYSETS_S, limit=step.rows)),
    Pruner("heartbeats", lambda step: heartbeats.prune(before=step.now - heartbeats.MONTH_S, limit=step.rows)),
    Pruner("mails", lambda step: mails.prune(before=step.now - KEYSETS_S, limit=step.rows)),
)


def wake_due(now: int) -> int:
    """Enqueues a step, where one is due and the console deletes by itself; gives how many."""
    if not settings.CONSOLE_PRUNES or leases.is_held(LEASE, now=now):
        return 0
    return int(tasks.wake(prune_step))


@tasks.work
def prune_step(_: str) -> None:
    """One step, unless another process makes it."""
    deleted = prune_if_due()
    if deleted and any(deleted.values()):
        logger.info("pruned: %s", ", ".join(f"{count} {name}" for name, count in deleted.items() if count))


def prune_all(*, keep_days: int | None = None) -> dict[str, int]:
    """Deletes everything that has had its time; how many of each kind. `keep_days` None is the setting."""
    deleted: Counter[str] = Counter()
    while True:
        counts = _prune(keep_days or settings.CONSOLE_KEEP_DAYS)
        deleted.update(counts)
        if not _has_more(counts):
            return {one.name: deleted[one.name] for one in PRUNERS}


def prune_if_due() -> dict[str, int] | None:
    """One step, if none was made today, or the last one left something; None when another process has seen to it."""
    now, holder = clock.now(), random.new_id()
    if not leases.acquire(LEASE, holder=holder, now=now, until=now + STEP_EVERY_S):
        return None
    counts = _prune(settings.CONSOLE_KEEP_DAYS)
    if not _has_more(counts):
        leases.extend(LEASE, holder=holder, until=now + DAY_S)
    return counts


def _prune(keep_days: int) -> dict[str, int]:
    step = PruneStep(clock.now(), STEP_ROWS, keep_days * DAY_S)
    with audit.together():
        counts = {one.name: one.delete(step) for one in PRUNERS}
        if counts["attempts"]:  # what people made; the rest only ran out
            told = f"{counts['attempts']} attempts older than {keep_days} days"
            audit.append(
                SYSTEM,
                Action.PRUNED,
                object_kind="attempt",
                object_id="",
                result="done",
                now=step.now,
                detail=told,
            )
    return counts


def _has_more(counts: dict[str, int]) -> bool:
    return any(count >= STEP_ROWS for count in counts.values())
