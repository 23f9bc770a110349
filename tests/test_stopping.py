"""How a server ends: what it was told, what became of its requests and workers. No clock: only how, never how fast."""

import http.client
import queue
import signal
import socket
import subprocess
import sys

import pytest

from console.management import gunicorn_serving, gunicorn_worker
from tests.patience import LONG_S
from tests.test_demo import ROOT, port  # noqa: F401 (a fixture)

pytestmark = pytest.mark.enable_socket


class Served:
    """A server that runs, with one idle kept-open connection."""

    def __init__(self, kind, number, *options, context=None):
        self.context = context  # of a client that speaks TLS
        self.port, self.connections = number, []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.serving_program", kind, str(number), *options],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.expect("Ready")
        self.idle = self.ask("/")
        assert self.idle.getresponse().read() == b"at once\n"

    def expect(self, word):
        assert self.process.stdout.readline().strip() == word

    def ask(self, path):
        if self.context:
            connection = http.client.HTTPSConnection("localhost", self.port, context=self.context, timeout=LONG_S)
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG_S)
        self.connections.append(connection)
        connection.request("GET", path)
        return connection

    def hold(self):
        """A request that is under way, and stays so until `let_go`."""
        connection = self.ask("/held")
        self.expect("Held")
        return connection

    def let_go(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def ended(self):
        """Exit status and what stands on standard error: a worker that had to be killed is told there."""
        self.process.wait(timeout=LONG_S)
        return self.process.returncode, self.process.stderr.read()

    def close(self):
        self.process.kill()
        self.process.communicate()
        for connection in self.connections:
            connection.close()


@pytest.fixture
def serve(port):  # noqa: F811 (the fixture)
    running = []

    def begin(kind, *options, context=None):
        running.append(Served(kind, port, *options, context=context))
        return running[-1]

    yield begin
    for one in running:
        one.close()


@pytest.fixture
def in_background():
    """What is started meanwhile inherits that SIGINT is ignored: so does what a script leaves behind."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("kind", ["gunicorn", "plain"])
def test_sigint_ends_it_also_where_a_shell_started_it_in_the_background(in_background, serve, kind):
    served = serve(kind)
    served.process.send_signal(signal.SIGINT)
    assert served.ended() == (0, "")


@pytest.mark.parametrize("kind", ["gunicorn", "plain"])
def test_ctrl_c_ends_it_with_a_connection_idle_one_silent_and_a_request_held(serve, kind):
    served = serve(kind)
    held = served.hold()
    with socket.create_connection(("127.0.0.1", served.port)):  # a browser's spare connection: nothing is ever sent
        served.process.send_signal(signal.SIGINT)
        assert served.ended() == (0, "")
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        held.getresponse()


def test_ctrl_c_gives_running_requests_less_than_a_second_and_workers_far_more_before_they_are_killed():
    assert gunicorn_worker.HURRIED_S < 1
    assert gunicorn_serving.KILLED_S >= 2 * gunicorn_worker.PATIENT_S


def test_a_request_under_way_is_answered_after_sigterm(serve):
    served = serve("gunicorn")
    held = served.hold()
    served.process.send_signal(signal.SIGTERM)
    served.let_go()
    assert held.getresponse().read() == b"let go\n"
    assert served.ended() == (0, "")


def test_ctrl_c_after_sigterm_waits_no_longer(serve):
    served = serve("gunicorn")
    served.hold()
    served.process.send_signal(signal.SIGTERM)
    served.process.send_signal(signal.SIGINT)
    assert served.ended() == (0, "")


def test_ctrl_c_is_not_forgotten_where_the_server_sees_it_together_with_the_sigterm_before_it():
    overseer = object.__new__(gunicorn_serving.Overseer)
    overseer.SIG_QUEUE = queue.SimpleQueue()
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT):
        overseer.SIG_QUEUE.put(number)
    assert overseer.wait_for_signals() == [signal.SIGINT, signal.SIGCHLD, signal.SIGTERM]


def test_a_stop_that_comes_while_workers_start_is_not_lost(port):  # noqa: F811 (the fixture)
    command = [sys.executable, "-m", "tests.serving_program", "gunicorn", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "Ready\n"
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=LONG_S)[1]
    assert (process.returncode, told) == (0, "")
