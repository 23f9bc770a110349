"""What is due by time. A tick only enqueues: `manage.py tick`, and the workers, once a minute among them all."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError

from console.adapters import clock, random
from console.services import beats, left_alone, mail, pruning, reminders
from console.store import leases

EVERY_S = 60
LEASE = "tick"
logger = logging.getLogger("console.tick")


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due by time. `enqueue` is given epoch seconds, and says how many tasks it enqueued: none for
    what waits in the queue already, so that a second tick adds nothing.
    """

    name: str
    enqueue: Callable[[int], int]


DUE = (
    Due("mails", mail.wake_due),
    Due("heartbeats", beats.wake_due),
    Due("runs", left_alone.wake_due),
    Due("reminders", reminders.wake_due),
    Due("deleting", pruning.wake_due),
)


def tick() -> dict[str, int]:
    """Enqueues all that is due; how many tasks of each kind. What fails is told in the log, and due at the next."""
    now, enqueued = clock.now(), {}
    for one in DUE:
        try:
            enqueued[one.name] = one.enqueue(now)
        except DatabaseError as problem:
            logger.warning("%s: nothing was enqueued, the database failed (%s)", one.name, type(problem).__name__)
    return enqueued


def tick_if_due() -> dict[str, int]:
    """A tick, unless another worker made one within the minute; then nothing is enqueued."""
    now = clock.now()
    if not leases.acquire(LEASE, holder=random.new_id(), now=now, until=now + EVERY_S):
        return {}
    return tick()
