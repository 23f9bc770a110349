"""Clients that are slow, silent, gone or hostile hold up nobody. No clock: only whether others are answered."""

import errno
import http.client
import re
import socket
import ssl
import threading
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from console.adapters import clock
from console.management import gunicorn_connection, gunicorn_worker, local_tls
from console.management.gunicorn_connection import GATHERING, MAX_HELD, READ_AHEAD, Connection
from console.management.gunicorn_worker import Worker
from tests.patience import LONG_S
from tests.serving_program import BIG
from tests.test_demo import port  # noqa: F401 (a fixture)
from tests.test_stopping import serve  # noqa: F401 (a fixture)

pytestmark = pytest.mark.enable_socket
THREADS = 2
HEAD = b"POST / HTTP/1.1\r\nHost: a\r\n"


@pytest.fixture
def served(serve):  # noqa: F811 (the fixture)
    return serve("gunicorn", "workers=1", f"threads={THREADS}", "worker_connections=20")


def client(served, data, *, room=None):
    """A connection that sent this; one with little room takes in only a few thousand bytes by itself."""
    sock = socket.socket()
    sock.settimeout(LONG_S)
    if room:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    sock.connect(("127.0.0.1", served.port))
    sock.sendall(data)
    served.connections.append(sock)
    return sock


def rest(sock):
    told = b""
    while piece := sock.recv(65536):
        told += piece
    return told


def statuses(told):
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+)", told)]


def is_answered(served):
    return served.ask("/").getresponse().read() == b"at once\n"


@pytest.mark.parametrize(
    "sent",
    [
        b"GE",
        b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX-",
        HEAD + b"Content-Length: 10\r\n\r\nabc",
        HEAD + b"Content-Length: 900000\r\nExpect: 100-continue\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        HEAD + b"Content-Length: 99999999999\r\n\r\n" + b"a" * 20_000,
        b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"\xff\x00 nonsense\r\n\r\n",
    ],
    ids=["line", "empty lines", "headers", "body", "invited body", "chunks", "huge body", "stays on", "no HTTP"],
)
def test_clients_that_send_half_and_wait_hold_up_nobody(served, sent):
    for _ in range(3 * THREADS):
        client(served, sent)
    assert is_answered(served)


@pytest.mark.parametrize("path", [b"/big", b"/pieces"])
def test_clients_that_do_not_read_hold_up_nobody_and_get_the_whole_answer_when_they_do(served, path):
    asking = b"GET " + path + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    slow = [client(served, asking, room=2048) for _ in range(THREADS - 1 if path == b"/pieces" else 3 * THREADS)]
    assert is_answered(served)
    for sock in slow:
        answer = http.client.HTTPResponse(sock)
        answer.begin()
        assert answer.read() == (BIG * 3 if path == b"/pieces" else BIG)


def test_clients_that_send_many_requests_and_read_nothing_hold_up_nobody(served):
    many = 400
    slow = [client(served, b"GET /big HTTP/1.1\r\nHost: a\r\n\r\n" * many, room=2048) for _ in range(3 * THREADS)]
    assert is_answered(served)
    slow[0].shutdown(socket.SHUT_WR)
    told = slow[0].recv(10)
    assert told.startswith(b"HTTP/1.1")


def test_a_request_that_computes_without_rest_holds_up_nobody(served):
    busy = served.ask("/busy")
    assert is_answered(served)
    assert is_answered(served)
    served.ask("/calm").getresponse().read()
    assert busy.getresponse().read() == b"at once\n"


def test_a_log_that_nobody_reads_any_more_ends_nothing(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1", "threads=2", "accesslog=-")
    process = served.ask("/process").getresponse().read()
    served.process.stdout.close()
    assert {served.ask("/process").getresponse().read() for _ in range(20)} == {process}
    served.process.terminate()
    assert served.ended()[0] == 0


def test_a_request_that_came_with_others_waits_for_its_turn_and_keeps_its_place(served):
    asking = (
        b"GET /process HTTP/1.1\r\nHost: a\r\n\r\n" * 300 + b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    )
    told = rest(client(served, asking))
    assert statuses(told) == [200] * 301
    assert told.endswith(b"at once\n")


def test_a_client_that_resets_its_connection_anywhere_ends_nothing_else(served):
    process = served.ask("/process").getresponse().read()
    for sent in (b"", b"GE", HEAD + b"Content-Length: 10\r\n\r\nabc", b"GET /big HTTP/1.1\r\nHost: a\r\n\r\n" * 3):
        sock = client(served, sent, room=2048)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        sock.close()
        assert served.ask("/process").getresponse().read() == process


def test_more_clients_than_there_is_room_for_are_answered_all_the_same(serve):  # noqa: F811 (the fixture)
    served = serve("gunicorn", "workers=1", "threads=2", "worker_connections=3", "keepalive=200")
    for sent in (b"", b"GE", HEAD) * 3:
        client(served, sent)
    assert is_answered(served)


def test_a_body_that_waits_to_be_asked_for_is_asked_for_once(served):
    sock = client(served, HEAD + b"Content-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    assert sock.recv(4096) == b"HTTP/1.1 100 Continue\r\n\r\n"
    sock.sendall(b"abc")
    assert statuses(sock.recv(4096)) == [200]


def test_a_body_that_turns_out_bad_after_the_answer_ends_the_connection_without_a_second_answer(served):
    told = rest(client(served, HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"))
    assert statuses(told) == [200]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /?canary=1 x HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nBearer canary\r\n\r\n", 400),
        (b"GET /?" + b"canary" * 1000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX: " + b"canary" * 5000 + b"\r\n\r\n", 431),
        (b"X" + b"canary" * (READ_AHEAD // 6 + 1), 414),
        (HEAD + b"Transfer-Encoding: canary\r\n\r\n", 501),
        (HEAD + b"Expect: canary\r\n\r\n", 417),
        (HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
        (b"GET /torn?canary=1 HTTP/1.1\r\nHost: a\r\n\r\n", 500),
        (b"GET /exit?canary=1 HTTP/1.1\r\nHost: a\r\n\r\n", 500),
    ],
    ids=[
        *("query", "header", "long line", "long header", "endless line", "coding", "expectation"),
        *("length and chunks", "two lengths", "torn answer", "exit"),
    ],
)
def test_what_is_refused_is_repeated_neither_to_the_client_nor_in_the_log(served, sent, status):
    told = rest(client(served, sent))
    assert (statuses(told), b"canary" in told) == ([status], False)
    served.process.terminate()
    log = served.process.communicate(timeout=LONG_S)[1]
    assert "canary" not in log
    assert "Refused what 127.0.0.1 sent" in log or (status == 500 and "A request failed." in log)


def test_the_access_log_tells_of_a_failed_request_that_it_failed_and_holds_no_forged_line(serve):  # noqa: F811
    served = serve("gunicorn", "workers=1", "threads=1", "accesslog=-")
    for path in ("/torn", "/exit", "/%0d%0a%5bforged"):
        served.ask(path).getresponse().read()
    served.process.terminate()
    told, _ = served.process.communicate(timeout=LONG_S)
    assert [line.split('"')[2].split()[0] for line in told.splitlines()] == ["200", "500", "500", "200"]


@pytest.fixture
def tls(serve, tmp_path):  # noqa: F811 (the fixture)
    files = local_tls.ensure(tmp_path, now=clock.now())
    context = ssl.create_default_context(cafile=str(files.ca))
    given = [f"certfile={files.certificate}", f"keyfile={files.key}"]
    return serve("gunicorn", "workers=1", f"threads={THREADS}", *given, context=context)


def hello(context):
    outgoing = ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="localhost").do_handshake()
    return outgoing.read()


def test_a_client_that_leaves_or_errs_in_the_handshake_ends_nothing_else(tls):
    process = tls.ask("/process").getresponse().read()
    whole = hello(tls.context)
    for sent in (b"", whole[:9], whole, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", whole + b"nonsense"):
        client(tls, sent).close()
        assert tls.ask("/process").getresponse().read() == process


def test_handshakes_that_hang_hold_up_nobody(tls):
    for _ in range(3 * THREADS):
        client(tls, hello(tls.context)[:50])
    assert is_answered(tls)


def test_a_long_answer_goes_through_tls_whole_to_a_client_that_reads_late(tls):
    late = tls.ask("/big")
    assert is_answered(tls)
    assert late.getresponse().read() == BIG


def test_sigterm_lets_a_client_that_reads_slowly_have_its_answer(served):
    slow = client(served, b"GET /big HTTP/1.1\r\nHost: a\r\n\r\n", room=2048)
    assert slow.recv(9) == b"HTTP/1.1 "
    served.process.terminate()
    assert rest(slow).endswith(BIG)
    assert served.ended() == (0, "")


class Ends:
    """Both ends of a connection, in one process."""

    def __init__(self):
        self.far, near = socket.socketpair()
        self.far.settimeout(LONG_S)
        self.conn = Connection(Config(), near, ("192.0.2.1", 1), ("127.0.0.1", 80), None)

    def close(self):
        self.far.close()
        self.conn.sock.close()


@pytest.fixture
def ends():
    made = Ends()
    yield made
    made.close()


class Poller:
    def register(self, *_): ...
    def modify(self, *_): ...
    def unregister(self, *_): ...
    def select(self, _):
        return []


def worker(**given):
    """A worker without processes and threads."""
    made = object.__new__(Worker)
    made.guard, made.waiting, made.poller, made.alive, made.nr_conns = threading.Lock(), {}, Poller(), True, 1
    made.cfg, made.sockets, made._accepting, made.tls = SimpleNamespace(keepalive=2), [], True, None
    made.worker_connections = 100
    made.__dict__.update(given)
    return made


def test_bytes_that_trickle_in_buy_no_time(ends, monkeypatch):
    made, now = worker(), [100.0]
    monkeypatch.setattr(gunicorn_worker.clock, "monotonic", lambda: now[0])
    for byte in b"GET / HT":
        ends.far.sendall(bytes([byte]))
        assert made._attend(ends.conn, 0)
        assert ends.conn.deadline == 100.0 + gunicorn_connection.PATIENCE_S[GATHERING]
        now[0] += 3
    now[0] = ends.conn.deadline
    made._tidy()
    assert (made.waiting, made.nr_conns, ends.far.recv(1)) == ({}, 0, b"")


def test_who_makes_the_server_hold_most_is_closed_when_it_holds_too_much(ends, monkeypatch):
    made, other = worker(nr_conns=2), Ends()
    monkeypatch.setattr(gunicorn_worker, "MAX_MEMORY", 100)
    for one, size in ((ends, 60), (other, 50)):
        one.far.sendall(b"a" * size)
        assert made._attend(one.conn, 0)
    made._tidy()
    assert (list(made.waiting), made.nr_conns) == ([other.conn], 1)
    other.close()


def test_a_system_without_room_for_another_connection_closes_one_and_breaks_nothing(ends):
    class Full:
        def accept(self):
            raise OSError(errno.EMFILE, "canary")

    made = worker(nr_conns=50)
    assert made._attend(ends.conn, 0)
    made.accept(Full())
    assert (made.worker_connections, made.nr_conns, made.waiting) == (49, 49, {})
    assert ends.far.recv(1) == b""


def test_a_long_answer_that_nobody_takes_gives_its_thread_back(ends, monkeypatch):
    monkeypatch.setattr(gunicorn_connection, "SEND_S", 0)
    ends.conn.begin()
    with pytest.raises(TimeoutError):
        ends.conn.sendall(bytes(2 * MAX_HELD))


def test_a_body_that_is_read_while_it_does_not_come_gives_its_thread_back(ends, monkeypatch):
    monkeypatch.setattr(gunicorn_connection, "READ_S", 0)
    ends.conn.begin()
    with pytest.raises(TimeoutError):
        ends.conn.recv(1)
