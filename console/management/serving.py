"""The web server of this machine: gunicorn where it runs, a threaded server of the standard library elsewhere."""

import importlib.util
import socket
from collections.abc import Callable
from typing import Any


def serve(
    application: Callable[..., Any], addresses: list[str], *, when_ready: Callable[[], None], **options: Any
) -> None:
    """Serves until it is told to stop. `options` are gunicorn's; of these the plain server knows those for TLS."""
    if importlib.util.find_spec("fcntl") is None:  # gunicorn needs it; Windows has none
        from console.management import plain_serving

        plain_serving.serve(application, addresses, when_ready=when_ready, **options)
    else:
        from console.management import gunicorn_serving

        gunicorn_serving.serve(application, addresses, when_ready=when_ready, **options)


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
