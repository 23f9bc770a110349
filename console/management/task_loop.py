"""Doing tasks, in whichever process: the framework's worker for the queue of the database, one turn at a time.

Between two tasks it makes the tick, so that nobody needs a timer of their own: a lease sees to it that of all workers
one makes it, once a minute. What cannot be done because the database is busy or away is tried at the next turn.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, close_old_connections, connection
from django_tasks import task_backends
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from console.adapters import clock
from console.services import tick
from console.services.health import LOST_S
from console.store import task_rows
from console.web.room import with_room

REST_S = 1.0  # between two looks into an empty queue
SEEN_EVERY_S = 20.0
LOOK_EVERY_S = 15.0  # whether a tick is due: the lease says whose turn it is

logger = logging.getLogger("console.tasks")


def is_ours() -> bool:
    """Whether the tasks stand in the database, where this program's workers find them."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


class Hand(QueueWorker):
    """The framework's worker, which does what is there and returns, and can be told to leave the task it is at."""

    def __init__(self, name: str, on_task: Callable[[], None]) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        self.is_hurried = False
        self._on_task = on_task

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        self._on_task()
        with_room(super().run_task)(db_task_result)
        if self.is_hurried:  # what stopped it was written down as its failure
            task_rows.wait_again(str(db_task_result.pk))


class TaskLoop:
    """One worker. `name` is its own among all that work at this database; `on_task` is called before each task."""

    def __init__(self, name: str, on_task: Callable[[], None] = lambda: None) -> None:
        self.name, self._on_task = name, on_task
        self._hand = Hand(name, self._begin_task)
        self._seen_at = self._looked_at = float("-inf")
        self._has_begun = False

    def run(self, *, is_wanted: Callable[[], bool]) -> None:
        """Works until it is told to stop, or is wanted no more. What it then has begun waits for another worker."""
        try:
            while self._hand.running and is_wanted():
                self.turn()
                if self._hand.running:
                    time.sleep(REST_S)
        except SystemExit:  # raised by `end`, wherever the worker was
            pass
        try:
            task_rows.put_back(self.name)
        except DatabaseError as problem:
            logger.warning("a task is left to the next worker (%s)", type(problem).__name__)

    def end(self, *, is_hurried: bool) -> None:
        """For a signal's handler: `run` ends, at once where nothing is being done or it is hurried, else after it."""
        self._hand.running = False
        self._hand.is_hurried = is_hurried
        if is_hurried or not self._hand.running_task:
            raise SystemExit(0)

    def turn(self) -> None:
        """Does all that is there to be done. What the database keeps from being done is tried at the next turn."""
        close_old_connections()
        try:
            self._look_about()
            if task_rows.has_ready():
                self._hand.run()
        except DatabaseError as problem:  # locked, gone, or read-only
            logger.warning("no task was done, the database failed (%s)", type(problem).__name__)
            connection.close()

    def _look_about(self) -> None:
        self._say_seen()
        if not self._has_begun:  # a worker of this name that died left its task
            task_rows.put_back(self.name)
            self._has_begun = True
        now = clock.monotonic()
        if now >= self._looked_at + LOOK_EVERY_S:
            self._looked_at = now
            tick.tick_if_due()
            task_rows.put_back_lost(seen_before=clock.now() - LOST_S)

    def _begin_task(self) -> None:
        self._say_seen()
        self._on_task()

    def _say_seen(self) -> None:
        now = clock.monotonic()
        if now >= self._seen_at + SEEN_EVERY_S:
            self._seen_at = now
            task_rows.saw(self.name, now=clock.now())
