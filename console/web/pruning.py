"""After a request is answered, the process looks now and then whether something has had its time."""

import logging
import threading
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.db import DatabaseError, close_old_connections
from django.dispatch import receiver

from console.adapters import clock
from console.services import pruning

LOOK_EVERY_S = 60
logger = logging.getLogger("console.pruning")


class Turn:
    """Lets one thread of this process look, at most once in `every_s` seconds."""

    def __init__(self, every_s: int) -> None:
        self._every_s, self._next_at = every_s, 0.0
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Whether it is the caller's turn. Nobody waits for it."""
        now = clock.monotonic()
        if now < self._next_at or not self._lock.acquire(blocking=False):
            return False
        try:
            is_due = now >= self._next_at
            self._next_at = now + self._every_s if is_due else self._next_at
            return is_due
        finally:
            self._lock.release()


_TURN = Turn(LOOK_EVERY_S)


@receiver(request_finished, dispatch_uid="console.pruning")
def prune_beside_requests(**_: Any) -> None:
    """Django sends this when the answer has gone out, so nobody waits for it."""
    if not settings.CONSOLE_PRUNES or not _TURN.take():
        return
    try:
        deleted = pruning.prune_if_due()
    except DatabaseError as problem:  # the next look tries again
        logger.warning("nothing was pruned: the database failed (%s)", type(problem).__name__)
        return
    finally:
        close_old_connections()
    if deleted and any(deleted.values()):
        logger.info("pruned: %s", ", ".join(f"{count} {name}" for name, count in deleted.items() if count))
