"""What has had its time is deleted: by a command, and by the console itself in small steps beside its requests."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from console.adapters import clock, random
from console.core.actor import SYSTEM
from console.core.audit.actions import Action
from console.services.sign_in import TOLD_FOR_S
from console.store import (
    attempts,
    audit,
    authorizations,
    budgets,
    cases,
    keysets,
    leases,
    login_links,
    rate_limits,
    sessions,
    sign_in_links,
    sign_in_tries,
    tokens,
    troubles,
)

DAY_S = 86_400
STEP_ROWS = 500  # of each kind in one step: no statement holds the database for long
STEP_EVERY_S = 60
KEYSETS_S = 30 * DAY_S
LEASE = "prune"


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


PRUNERS = (
    Pruner("attempts", lambda step: attempts.prune(before=step.now - step.keep_s, limit=step.rows)),
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
    Pruner("rate limits", lambda step: rate_limits.prune(now=step.now, limit=step.rows)),
    Pruner("budgets", lambda step: budgets.prune(now=step.now, limit=step.rows)),
    Pruner("failing addresses", lambda step: troubles.prune(now=step.now, limit=step.rows)),
)


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
