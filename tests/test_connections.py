"""What one connection may cost: time, memory, files. The clock is set, and the worker has no processes or threads."""

import errno
import socket
import threading
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from console.management import gunicorn_connection, gunicorn_worker
from console.management.gunicorn_connection import GATHERING, MAX_HELD, Connection
from console.management.gunicorn_worker import Worker
from tests.patience import LONG_S

pytestmark = pytest.mark.enable_socket


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
