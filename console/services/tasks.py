"""What goes on without anybody looking is a task of Django's framework, done by a worker or whatever the backend has.

A task carries one id and knows nothing else: what is to be done, and whether it still is, stands in the house's own
rows, each claimed by whoever does it. So a task that comes twice does it once, a backend may lose one (the next tick
finds the row that is due and enqueues another), and no secret stands in a queue.
"""

import logging
from collections.abc import Callable
from functools import partial, wraps

from django.db import transaction
from django_tasks import task, task_backends
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_PRIORITY, Task

from console.adapters import clock
from console.core.errors import Refusal
from console.store import leases

MARKED_S = 3_600  # how long a task that is enqueued is not enqueued again, should its backend have lost it
FIRST = 50  # the priority of what somebody waits for, before all that goes on by itself and may be slow
_MARK = "enqueued"
Work = Task[[str], None]

logger = logging.getLogger("console.tasks")


class TaskFailed(Exception):
    """What a queue gets to know of a failure: the class of what went wrong. The log has the rest, swept."""


def work(function: Callable[[str], None]) -> Work:
    """The function as a task. It is given the id of what it is about, "" for nothing, and must bear to come twice."""
    return task()(_bearing(function))


def work_first(function: Callable[[str], None]) -> Work:
    """As `work`, for what somebody waits for: it overtakes the rest, where the backend of this deployment can."""
    has_order = task_backends[DEFAULT_TASK_BACKEND_ALIAS].supports_priority
    return task(priority=FIRST if has_order else DEFAULT_TASK_PRIORITY)(_bearing(function))


def _bearing(function: Callable[[str], None]) -> Callable[[str], None]:
    """What it refuses is told to the log, what goes wrong in it too, and the queue gets the class alone."""

    @wraps(function)
    def done(subject: str) -> None:
        leases.release(_mark_of(function, subject), holder=_MARK)  # what comes up from now on is another task's
        try:
            function(subject)
        except Refusal as refusal:
            logger.warning("%s could not be done: %s %s", function.__name__, refusal.what, refusal.why)
        except Exception as problem:
            logger.exception("%s failed", function.__name__)
            raise TaskFailed(type(problem).__name__) from None

    return done


def wake(one: Work, subject: str = "") -> bool:
    """Enqueues the task when what is under way is kept; False when it waits in the queue already."""
    now = clock.now()
    if not leases.acquire(_mark_of(one.func, subject), holder=_MARK, now=now, until=now + MARKED_S):
        return False
    transaction.on_commit(partial(one.enqueue, subject), robust=True)  # the row is there: the next tick finds it
    return True


def _mark_of(function: Callable[[str], None], subject: str) -> str:
    return f"task|{function.__module__}.{function.__qualname__}|{subject}"
