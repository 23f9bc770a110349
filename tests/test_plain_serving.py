"""The server for machines without gunicorn answers in parallel, and over TLS."""

import http.client
import signal
import socket
import ssl
import threading

import pytest

from console.adapters import clock
from console.management import local_tls, plain_serving
from console.management.plain_serving import build
from tests.patience import LONG_S
from tests.test_demo import port  # noqa: F401 (a fixture)

pytestmark = pytest.mark.enable_socket


def running(server):
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    return thread


def test_one_slow_request_does_not_stop_the_next():
    held, let_go = threading.Event(), threading.Event()

    def application(environ, start_response):
        if environ["PATH_INFO"] == "/slow":
            held.set()
            let_go.wait(LONG_S)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["PATH_INFO"].encode()]

    server = build(application, "127.0.0.1:0")
    running(server)
    slow = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=LONG_S)
    slow.request("GET", "/slow")
    assert held.wait(LONG_S)
    quick = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=LONG_S)
    quick.request("GET", "/quick")
    assert quick.getresponse().read() == b"/quick"
    let_go.set()
    assert slow.getresponse().read() == b"/slow"
    for connection in (slow, quick):
        connection.close()
    server.shutdown()
    server.server_close()


def test_the_thread_of_a_request_gives_its_database_connections_back(monkeypatch):
    answered, is_closed = [], threading.Event()

    def close_all():
        if threading.get_ident() in answered:  # a connection of the test before this one may end only now
            is_closed.set()

    def application(environ, start_response):
        answered.append(threading.get_ident())
        raise RuntimeError("even when it breaks")

    monkeypatch.setattr(plain_serving.connections, "close_all", close_all)
    server = build(application, "127.0.0.1:0")
    running(server)
    asking = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=LONG_S)
    asking.request("GET", "/")
    assert asking.getresponse().status == 500
    asking.close()
    assert is_closed.wait(LONG_S)
    assert len(answered) == 1
    server.shutdown()
    server.server_close()


def test_a_connection_that_says_nothing_holds_up_no_other_over_tls(tmp_path):
    files = local_tls.ensure(tmp_path, now=clock.now())

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"answered"]

    server = build(application, "127.0.0.1:0", certfile=str(files.certificate), keyfile=str(files.key))
    running(server)
    context = ssl.create_default_context(cafile=str(files.ca))
    with socket.create_connection(server.server_address):
        asking = http.client.HTTPSConnection("localhost", server.server_address[1], context=context, timeout=LONG_S)
        asking.request("GET", "/")
        assert asking.getresponse().read() == b"answered"
        asking.close()
    server.shutdown()
    server.server_close()


def test_it_serves_tls_with_the_demos_certificate(tmp_path):
    files = local_tls.ensure(tmp_path, now=clock.now())

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["wsgi.url_scheme"].encode()]

    server = build(application, "127.0.0.1:0", certfile=str(files.certificate), keyfile=str(files.key))
    running(server)
    context = ssl.create_default_context(cafile=str(files.ca))
    connection = http.client.HTTPSConnection("localhost", server.server_address[1], context=context, timeout=LONG_S)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    connection.close()
    server.shutdown()
    server.server_close()


@pytest.fixture
def sigint_as_before():
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_takes_no_connection_from_the_thread_that_gets_it(monkeypatch, sigint_as_before, port):  # noqa: F811
    """It comes just when a connection is handed over; the thread would find it closed, and write an error."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG_S)
    hand_over = plain_serving.Server.process_request

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"answered"]

    def interrupted(server, *given):
        signal.raise_signal(signal.SIGINT)
        hand_over(server, *given)

    monkeypatch.setattr(plain_serving.Server, "process_request", interrupted)
    plain_serving.serve(application, [f"127.0.0.1:{port}"], when_ready=lambda: asking.request("GET", "/"))
    assert asking.getresponse().read() == b"answered"
    asking.close()
