"""A process that does tasks, beside the web processes and under the same supervision.

gunicorn's arbiter starts it, starts it anew when it dies or hangs, and tells it to stop. It holds no socket.
"""

import os
import signal
import socket
from typing import Any, Never

from gunicorn.workers.base import Worker

from console.adapters import clock
from console.management.gunicorn_worker import HURRIED_S, PATIENT_S, STOP_SIGNALS
from console.management.task_loop import TaskLoop

NOTIFY_S = 5.0  # gunicorn takes a worker that says nothing for a minute for hung
LONGEST_S = 600.0  # and so is one that is longer at one task


class TaskWorker(Worker):  # type: ignore[misc]  # gunicorn has no types
    """Does tasks until it is told to stop: after SIGTERM it finishes its task, after SIGINT and SIGQUIT it leaves it.

    `place` is its number among those of one server: whoever follows a dead worker has its name, and takes up its task.
    """

    place = 0
    deadline = float("inf")
    loop: TaskLoop | None = None
    sockets: list[Any]

    def init_process(self) -> None:
        for one in self.sockets:
            one.close()  # in this process alone: whoever connects must find a process that answers
        self.sockets = []
        super().init_process()

    def init_signals(self) -> None:
        super().init_signals()
        signal.signal(signal.SIGALRM, self._remind)
        signal.siginterrupt(signal.SIGALRM, False)
        signal.setitimer(signal.ITIMER_REAL, NOTIFY_S, NOTIFY_S)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)

    def run(self) -> None:
        self.loop = TaskLoop(f"{socket.gethostname()}:{self.ppid}:{self.place}", on_task=self._begin_task)
        self._begin_task()
        self.loop.run(is_wanted=self._is_wanted)
        self._leave()

    def handle_exit(self, *_: Any) -> None:
        self._end(PATIENT_S, is_hurried=False)

    def handle_quit(self, *_: Any) -> None:
        self._end(HURRIED_S, is_hurried=True)

    def _end(self, within_s: float, *, is_hurried: bool) -> None:
        self.alive = False
        signal.signal(signal.SIGALRM, self._leave)
        signal.setitimer(signal.ITIMER_REAL, within_s)
        if self.loop is not None:
            self.loop.end(is_hurried=is_hurried)

    def _is_wanted(self) -> bool:
        self._begin_task()
        return bool(self.alive) and self.ppid == os.getppid()

    def _begin_task(self) -> None:
        self.deadline = clock.monotonic() + LONGEST_S
        self.notify()

    def _remind(self, *_: Any) -> None:
        """A timer of the system's, also in the middle of a task: no thread has to wait."""
        if clock.monotonic() < self.deadline:
            self.notify()

    def _leave(self, *_: Any) -> Never:
        """Ends the process without waiting for anything; what is open in the database is rolled back."""
        os._exit(0)
