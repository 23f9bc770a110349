"""A threaded WSGI server for machines on which gunicorn does not run. For the demo, not for production."""

import socketserver
import ssl
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
    **_: Any,
) -> None:
    """Serves on the first address until Ctrl+C; ends without a traceback."""
    server = build(application, addresses[0], certfile=certfile, keyfile=keyfile)
    when_ready()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass  # Ctrl+C is how it is meant to end
    finally:
        server.server_close()


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
