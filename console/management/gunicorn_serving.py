"""The web server: gunicorn with threads, so that slow far sides do not stop the pages."""

from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

WORKERS = 2
ACCESS_LOG = '%(h)s "%(m)s %({console.address}e)s" %(s)s %(b)s %(M)sms'  # the path, without query and sign-in tokens


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Ends on SIGINT and SIGQUIT as on SIGTERM.

    gunicorn 27 shuts its pool down inside the handler of those two, and waits for ever for a lock of its own when the
    signal comes while a request is handed to the pool.
    """

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        self.handle_exit(sig, frame)


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


def serve(
    application: Callable[..., Any], addresses: list[str], *, when_ready: Callable[[], None], **options: Any
) -> None:
    """Serves until it is told to stop; SIGINT and SIGTERM end it cleanly with exit status 0."""
    workers = options.get("workers", WORKERS)

    def started(worker: ThreadWorker) -> None:
        # The last worker says so: a stop signal that comes to a worker before this is lost, and the stop slow.
        if worker.age == workers:
            when_ready()

    connections.close_all()  # a connection must not be shared with the workers that are forked now
    settings = {
        "bind": addresses,
        "worker_class": Worker,
        "workers": WORKERS,
        "threads": 8,
        "timeout": 60,
        "graceful_timeout": 30,
        "max_requests": 2000,
        "max_requests_jitter": 200,
        "preload_app": True,
        "post_worker_init": started,
        "control_socket_disable": True,
        "access_log_format": ACCESS_LOG,
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 (a heartbeat file, no content)
        **options,
    }
    Server(application, {name: value for name, value in settings.items() if value is not None}).run()
