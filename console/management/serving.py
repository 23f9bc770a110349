"""The web server: gunicorn with threads, so that slow far sides do not stop the pages."""

import socket
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


def serve(application: Callable[..., Any], addresses: list[str], **options: Any) -> None:
    """Serves until it is told to stop; SIGINT and SIGTERM end it cleanly with exit status 0."""
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
        "control_socket_disable": True,
        "access_log_format": ACCESS_LOG,
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 (a heartbeat file, no content)
        **options,
    }
    Server(application, {name: value for name, value in settings.items() if value is not None}).run()


def is_taken(host: str, port: int) -> bool:
    """Whether somebody already listens there, or the address is not this machine's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError:
        return True
    return False
