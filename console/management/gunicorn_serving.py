"""The web server: gunicorn with threads, so that slow far sides do not stop the pages."""

import os
import select
import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Never

from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.gthread import ThreadWorker

from console.management.access_log import AccessLogger

WORKERS = 2
HURRIED_S = 0.4  # after Ctrl+C: what running requests get before they are cut off
PATIENT_S = 30.0  # after SIGTERM
KILLED_S = 60  # a worker leaves by itself long before, also on a busy machine
NEXT_MS = 2  # how long a thread looks for the next request on a connection before it hands the connection back
STOP_SIGNALS = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Leaves by itself: at once when nothing runs, else when its requests are answered or its patience ends.

    gunicorn 27 itself keeps idle connections open for two seconds, waits for running threads however long they take,
    and on SIGINT and SIGQUIT may wait for ever for a lock of its own: such workers end killed.
    """

    is_hurried = False

    def init_signals(self) -> None:
        super().init_signals()
        signal.signal(signal.SIGALRM, self._leave)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.alive:
            signal.setitimer(signal.ITIMER_REAL, PATIENT_S)
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        if not self.is_hurried:
            self.is_hurried = True
            super().handle_exit(sig, frame)
            # A timer of the system's: a thread started in a signal handler can wait for a lock that this one holds.
            signal.setitimer(signal.ITIMER_REAL, HURRIED_S)

    def handle(self, conn: Any) -> Any:
        """Answers requests that follow one another at once in one thread.

        gunicorn hands a connection to its main thread and back between two requests, which costs as much as a short
        answer. Waiting connections go first.
        """
        answered = super().handle(conn)
        while answered is True and self.alive and self._is_next_here(conn):
            answered = super().handle(conn)
        return answered

    def _is_next_here(self, conn: Any) -> bool:
        if conn.is_http2 or self.cfg.is_ssl or self.tpool._work_queue.qsize():
            return False
        if conn.parser.unreader.buf.getvalue():
            return False  # bytes that were read ahead: gunicorn looks after them
        waiting = select.poll()
        waiting.register(conn.sock, select.POLLIN)
        return bool(waiting.poll(NEXT_MS)) and not self.tpool._work_queue.qsize()

    def murder_keepalived(self, force: bool = False) -> None:
        super().murder_keepalived(force=force or self.is_hurried)

    def run(self) -> None:
        super().run()
        self._leave()

    def _leave(self, *_: Any) -> Never:
        """Ends the process without waiting for its threads; transactions that are open are rolled back."""
        os._exit(0)


class Overseer(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """Starts workers that miss no stop signal: it waits until they can act on it."""

    def spawn_worker(self) -> int:
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        try:
            return int(super().spawn_worker())
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Serves an application that is already loaded, with settings given as a dictionary."""

    def __init__(self, application: Callable[..., Any], options: dict[str, Any]) -> None:
        self._application, self._options = application, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        return self._application

    def run(self) -> None:
        Overseer(self).run()


def serve(
    application: Callable[..., Any], addresses: list[str], *, when_ready: Callable[[], None], **options: Any
) -> None:
    """Serves until it is told to stop; SIGINT and SIGTERM end it cleanly with exit status 0.

    After SIGTERM running requests have half a minute to be answered, after SIGINT (Ctrl+C) less than half a second.
    """
    connections.close_all()  # a connection must not be shared with the workers that are forked now
    settings = {
        "bind": addresses,
        "worker_class": Worker,
        "workers": WORKERS,
        "threads": 8,
        "timeout": 60,
        "graceful_timeout": KILLED_S,
        "max_requests": 50_000,
        "max_requests_jitter": 5_000,
        "preload_app": True,
        "when_ready": lambda _: when_ready(),
        "control_socket_disable": True,
        "logger_class": AccessLogger,
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 (a heartbeat file, no content)
        **options,
    }
    Server(application, {name: value for name, value in settings.items() if value is not None}).run()
