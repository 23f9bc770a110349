"""How a worker shares its connections among few threads, and what it sends. No clock: only whether, never how fast."""

import signal
import socket
import ssl
import threading
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import InvalidResponseHeader, InvalidResponseHeaderName

from console.adapters import clock
from console.management import gunicorn_worker, local_tls
from console.management.gunicorn_answer import Answer
from console.management.gunicorn_worker import Worker
from tests.patience import LONG_S
from tests.test_demo import port  # noqa: F401 (a fixture)
from tests.test_stopping import serve  # noqa: F401 (a fixture)

pytestmark = pytest.mark.enable_socket
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


def ask_again(connection, path="/", **given):
    connection.request("GET", path, **given)
    return connection.getresponse().read()


def read_answers(sock, wanted):
    """What arrives until so many answers of `/` are complete, or the far side closes."""
    told = b""
    while told.count(b"at once\n") < wanted and (piece := sock.recv(4096)):
        told += piece
    return told


def test_others_are_answered_beside_a_request_that_takes_long(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1", "threads=2")
    held = served.hold()
    assert [ask_again(served.idle) for _ in range(3)] == [b"at once\n"] * 3
    assert served.ask("/").getresponse().read() == b"at once\n"
    served.let_go()
    assert held.getresponse().read() == b"let go\n"
    assert ask_again(held) == b"at once\n"  # its connection is waited for again


def test_a_request_waits_while_every_thread_is_busy_and_is_answered_then(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1", "threads=2")
    held = [served.hold(), served.hold()]
    waiting = served.ask("/")
    served.let_go()
    assert waiting.getresponse().read() == b"at once\n"
    served.let_go()
    assert [one.getresponse().read() for one in held] == [b"let go\n"] * 2


def test_a_client_that_sends_half_a_request_holds_up_nobody(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1", "threads=2")
    with socket.create_connection(("127.0.0.1", served.port), timeout=LONG_S) as half:
        half.sendall(GET[:20])
        assert ask_again(served.idle) == b"at once\n"
        half.sendall(GET[20:])
        assert read_answers(half, 1).startswith(b"HTTP/1.1 200 OK\r\n")


def test_requests_that_arrive_together_are_all_answered(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1", "threads=1")
    with socket.create_connection(("127.0.0.1", served.port), timeout=LONG_S) as sock:
        sock.sendall(GET * 3)
        assert read_answers(sock, 3).count(b"HTTP/1.1 200 OK\r\n") == 3


def test_a_body_that_nobody_read_is_not_taken_for_the_next_request(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1", "threads=1")
    served.idle.request("POST", "/", body=b"GET /held HTTP/1.1\r\nHost: a\r\n\r\n")
    assert served.idle.getresponse().read() == b"at once\n"
    assert ask_again(served.idle, "/process").isdigit()


def test_a_request_that_asks_the_process_to_end_ends_itself_alone(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1", "threads=1")
    process = ask_again(served.idle, "/process")
    assert served.ask("/exit").getresponse().status == 500
    assert served.ask("/process").getresponse().read() == process


def test_an_idle_connection_is_closed_in_the_end(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1", "threads=1", "keepalive=1")
    assert ask_again(served.idle) == b"at once\n"
    assert served.idle.sock.recv(1) == b""


def test_a_worker_that_has_answered_enough_is_followed_by_another(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1", "max_requests=3", "max_requests_jitter=0")
    assert len({served.ask("/process").getresponse().read() for _ in range(8)}) >= 2


def test_headers_of_a_proxy_are_the_applications_to_believe(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1")
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "on", "SCRIPT_NAME": "/environ", "PATH_INFO": "/held"}
    assert ask_again(served.idle, "/environ", headers=headers).split(b"\n") == [b"http", b"", b"/environ", b"https"]


def test_a_header_that_would_end_early_is_never_sent(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1")
    answer = served.ask("/torn").getresponse()
    assert (answer.status, answer.headers["Set-Cookie"]) == (500, None)


def test_every_request_stands_in_the_access_log_without_its_query_also_when_the_server_ends(serve):  # noqa: F811
    served = serve("gunicorn", "workers=1", "threads=2", "accesslog=-")
    for _ in range(20):
        ask_again(served.idle, "/process?secret=1")
    served.process.send_signal(signal.SIGINT)
    told, _ = served.process.communicate(timeout=LONG_S)
    lines = told.splitlines()
    assert len(lines) == 21
    assert all(line.startswith("[") and '"GET -" 200 ' in line for line in lines)
    assert "secret" not in told


def test_a_connection_with_tls_is_kept_too(serve, tmp_path):  # noqa: F811 (the fixture)
    files = local_tls.ensure(tmp_path, now=clock.now())
    context = ssl.create_default_context(cafile=str(files.ca))
    tls = [f"certfile={files.certificate}", f"keyfile={files.key}"]
    served = serve("gunicorn", "workers=1", "threads=1", *tls, context=context)
    assert [ask_again(served.idle) for _ in range(3)] == [b"at once\n"] * 3
    served.idle.sock.sendall(GET * 2)  # one record: the second request is in no socket any more
    assert read_answers(served.idle.sock, 2).count(b"at once\n") == 2


def test_a_leader_that_breaks_takes_its_worker_along(monkeypatch):
    """Without a leader nothing would be answered; gunicorn starts another worker."""
    ended, told = [], []

    class Broken:
        def select(self, timeout):
            raise OSError("canary")

    worker = object.__new__(Worker)
    worker.lead, worker.poller, worker.alive = threading.Lock(), Broken(), True
    worker.log = SimpleNamespace(exception=told.append)
    monkeypatch.setattr(gunicorn_worker.os, "_exit", ended.append)
    with pytest.raises(OSError, match="canary"):
        worker._stand_by()
    assert (ended, told) == ([1], ["The worker cannot go on."])


class Wire:
    """A socket, the request and the settings, as far as an answer asks for them."""

    method, version = "GET", (1, 1)

    def __init__(self):
        self.pieces = []

    def sendall(self, data):
        self.pieces.append(bytes(data))

    def should_close(self):
        return False


def sent(headers, *body, method="GET"):
    wire = Wire()
    wire.method = method
    answer = Answer(wire, wire, Config())
    answer.start_response("200 OK", headers)
    for piece in body:
        answer.write(piece)
    answer.close()
    return wire.pieces


def test_an_answer_in_one_piece_is_sent_in_one_piece_as_gunicorn_sends_it():
    (whole,) = sent([("Content-Length", "2"), ("X-A", " b "), ("Date", "then"), ("Server", "ours")], b"ok")
    head, _, body = whole.partition(b"\r\n\r\n")
    names = [line.partition(b":")[0] for line in head.split(b"\r\n")]
    assert names == [b"HTTP/1.1 200 OK", b"Server", b"Connection", b"Date", b"Content-Length", b"X-A"]
    assert b"\r\nConnection: keep-alive\r\n" in head
    assert head.endswith(b"\r\nX-A: b")
    assert body == b"ok"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([("Content-Length", "4")], (b"in", b"to")),
        ([], (b"into",)),
        ([("Content-Length", "2")], (b"into",)),
    ],
    ids=["two pieces", "no length", "more than announced"],
)
def test_an_answer_that_is_not_one_piece_is_gunicorns_to_send(headers, body):
    told = b"".join(sent(headers, *body))
    assert told.startswith(b"HTTP/1.1 200 OK\r\n")
    assert told.count(b"Date:") == 1
    ending = {"two pieces": b"into", "no length": b"4\r\ninto\r\n0\r\n\r\n", "more": b"\r\n\r\nin"}
    assert told.endswith(ending["no length" if not headers else "two pieces" if len(body) == 2 else "more"])


def test_of_an_answer_to_head_the_headers_are_sent_alone():
    told = b"".join(sent([("Content-Length", "2")], b"", method="HEAD"))
    assert told.endswith(b"\r\nContent-Length: 2\r\n\r\n")


@pytest.mark.parametrize(
    ("header", "refusal"),
    [
        (("X-A", "a\nb"), InvalidResponseHeader),
        (("X-A", "a\x00"), InvalidResponseHeader),
        (("X-A", "日"), InvalidResponseHeader),
        (("X A", "a"), InvalidResponseHeaderName),
        (("X-A", 5), TypeError),
        ((b"X-A", "a"), TypeError),
    ],
)
def test_headers_that_no_server_may_send_are_refused(header, refusal):
    with pytest.raises(refusal):
        sent([("Content-Length", "0"), header])
