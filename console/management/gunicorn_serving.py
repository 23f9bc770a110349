"""The web server: gunicorn with threads, so that slow far sides do not stop the pages."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from console.management.access_log import AccessLogger
from console.management.gunicorn_worker import STOP_SIGNALS, Worker

WORKERS = 2
HURRIED = (signal.SIGINT, signal.SIGQUIT)
KILLED_S = 60  # a worker leaves by itself long before, also on a busy machine


class Overseer(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """Starts workers that miss no stop signal: it waits until they can act on it.

    Beside those that answer it keeps `task_workers` processes that do tasks: one that is missing is started first.
    """

    def __init__(self, server: BaseApplication, task_workers: int) -> None:
        self._places = set(range(task_workers))
        super().__init__(server)

    def setup(self, app: BaseApplication) -> None:
        super().setup(app)
        self.num_workers = self.cfg.workers + len(self._places)

    def spawn_worker(self) -> int:
        free = self._places - {getattr(one, "place", None) for one in self.WORKERS.values()}
        self.worker_class = self._task_worker(min(free)) if free else self.cfg.worker_class
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        try:
            return int(super().spawn_worker())
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)

    def wait_for_signals(self, timeout: float = 1.0) -> list[int]:
        """Those that came together, the hurried first: gunicorn acts on one that stops it, and forgets the rest."""
        return sorted(super().wait_for_signals(timeout), key=lambda number: number not in HURRIED)

    def _task_worker(self, place: int) -> type:
        from console.management.task_worker import TaskWorker  # it has models, which wait for Django's set-up

        return type(TaskWorker.__name__, (TaskWorker,), {"place": place})


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Serves an application that is already loaded, with settings given as a dictionary."""

    def __init__(self, application: Callable[..., Any], options: dict[str, Any], *, task_workers: int) -> None:
        self._application, self._options, self._task_workers = application, options, task_workers
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        return self._application

    def run(self) -> None:
        Overseer(self, self._task_workers).run()


def serve(
    application: Callable[..., Any],
    addresses: list[str],
    *,
    when_ready: Callable[[], None],
    task_workers: int = 0,
    **options: Any,
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
        "worker_connections": 500,  # systems commonly allow a process 1024 files, and the database and calls need some
        "timeout": 60,
        "graceful_timeout": KILLED_S,
        "max_requests": 50_000,
        "max_requests_jitter": 5_000,
        "preload_app": True,
        "when_ready": lambda _: when_ready(),
        "control_socket_disable": True,
        "logger_class": AccessLogger,
        # Everybody is trusted, and with nothing: CONSOLE_TRUSTED_PROXIES says which headers of a proxy are believed.
        # gunicorn would believe them of every program on this machine, and read each peer's address to find that out.
        "forwarded_allow_ips": "*",
        "secure_scheme_headers": {},
        "forwarder_headers": "",
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 (a heartbeat file, no content)
        **options,
    }
    given = {name: value for name, value in settings.items() if value is not None}
    Server(application, given, task_workers=task_workers).run()
