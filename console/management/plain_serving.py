"""A threaded WSGI server for machines on which gunicorn does not run. For the demo, not for production."""

import os
import signal
import socketserver
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.db import connections

from console.web.room import with_room


class Quiet(WSGIRequestHandler):
    """Writes no access log: addresses of sign-in links stand in it otherwise."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    worker: "subprocess.Popen[bytes] | None" = None

    def service_actions(self) -> None:
        """Called twice a second: a worker that died is followed by another."""
        if self.worker is not None and self.worker.poll() is not None:
            self.worker = start_worker()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Each connection has a thread of its own, which would otherwise leave the database open."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


def serve(
    application: Callable[..., Any],
    addresses: list[str],
    *,
    when_ready: Callable[[], None],
    certfile: str = "",
    keyfile: str = "",
    task_workers: int = 0,
    **_: Any,
) -> None:
    """Serves on the first address until Ctrl+C; ends without a traceback."""
    server = build(application, addresses[0], certfile=certfile, keyfile=keyfile)
    # Set, because a shell lets what it runs in the background ignore SIGINT, and nothing would end this. It interrupts
    # nothing: a connection that is just handed to its thread would be closed under it, and that thread tell an error.
    signal.signal(signal.SIGINT, lambda *_: threading.Thread(target=server.shutdown, daemon=True).start())
    try:
        server.worker = start_worker() if task_workers else None
        when_ready()
        server.serve_forever()
    finally:
        server.server_close()
        if server.worker is not None:
            server.worker.kill()  # what it was at waits for the next one
            server.worker.wait()


def start_worker() -> "subprocess.Popen[bytes]":
    """A process that does tasks, of the program that serves."""
    return subprocess.Popen([sys.executable, sys.argv[0], "worker", "--beside", str(os.getpid())])  # noqa: S603


def build(application: Callable[..., Any], address: str, *, certfile: str = "", keyfile: str = "") -> Server:
    """The server, bound to `host:port`, with TLS when a certificate is given."""
    host, _, port = address.rpartition(":")
    server = Server((host.strip("[]"), int(port)), Quiet)
    server.set_app(with_room(application))
    if certfile:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certfile, keyfile)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )  # a client that says nothing waits in a thread of its own
    return server
