"""Real workers: processes that do tasks, die in the middle, are followed by others and stop when they are told to."""

import os
import signal
import socketserver
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from console.management.gunicorn_serving import WORKERS
from console.models import Lease, OutgoingMail, WorkerSeen
from console.services import mail, tick
from tests.patience import LONG_S
from tests.services.task_queue import IN_DATABASE
from tests.test_demo import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mails; while `holds` is set it answers nobody. `came` is released for each client, `got` for each mail."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters, self.holds = [], threading.Event()
        self.came, self.got = threading.Semaphore(0), threading.Semaphore(0)


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.came.release()
        if self.server.holds.is_set():
            self.rfile.read()  # until the worker is gone
            return
        self.say("220 here")
        while line := self.rfile.readline():
            match line[:4].upper():
                case b"DATA":
                    self.say("354 go on")
                    self.server.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                    self.say("250 taken")
                    self.server.got.release()
                case b"QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 yes")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def server():
    with MailServer() as one:
        threading.Thread(target=one.serve_forever, daemon=True).start()
        yield one
        one.shutdown()


@pytest.fixture
def start(server):
    running = []

    def begin():
        running.append(subprocess.Popen([sys.executable, "manage.py", "worker"], env=environment(server), cwd=ROOT))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()


def environment(server):
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{found['NAME']}"
    else:
        url = f"postgres://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "console.settings",
        "DATABASE_URL": url,
        "CONSOLE_DATABASE_WAIT_S": "20",
        "CONSOLE_TASKS_BACKEND": "django_tasks_db.DatabaseBackend",
        "CONSOLE_EMAIL_URL": f"smtp://127.0.0.1:{server.server_address[1]}",
    }


@pytest.fixture(autouse=True)
def _queued(settings):
    settings.TASKS = IN_DATABASE


def wait_for(happened):
    """Looks again and again: another process writes into the database, and nothing tells this one."""
    pause = threading.Event()
    for _ in range(LONG_S * 10):
        if happened():
            return
        pause.wait(0.1)
    raise AssertionError("it did not happen")


def test_a_mail_whose_worker_is_killed_in_the_middle_is_sent_by_the_next(start, server):
    server.holds.set()
    mail.write("ina@example.com", "You are invited", "canary")
    worker = start()
    assert server.came.acquire(timeout=LONG_S)
    worker.kill()
    worker.wait()
    assert (OutgoingMail.objects.count(), DBTaskResult.objects.running().count()) == (1, 1)
    OutgoingMail.objects.update(not_before=0)  # the dead worker's claim is over
    Lease.objects.filter(key=tick.LEASE).delete()  # and so is the minute of its tick
    server.holds.clear()
    start()
    assert server.got.acquire(timeout=LONG_S)
    wait_for(lambda: OutgoingMail.objects.count() == 0)
    assert len(server.letters) == 1
    assert "canary" in server.letters[0]


def test_several_workers_share_the_mails_and_send_each_once(start, server):
    for number in range(12):
        mail.write("ina@example.com", f"Mail {number}", "text")
    for _ in range(2):
        start()
    for _ in range(12):
        assert server.got.acquire(timeout=LONG_S)
    wait_for(lambda: DBTaskResult.objects.successful().filter(task_path__endswith="deliver").count() == 12)
    subjects = sorted(line for letter in server.letters for line in letter.splitlines() if line.startswith("Subject"))
    assert subjects == sorted(f"Subject: [Token Console] Mail {number}" for number in range(12))
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_with_nothing_to_do_ends_when_it_is_told_to(start, told):
    worker = start()
    wait_for(WorkerSeen.objects.exists)
    worker.send_signal(told)
    assert worker.wait(timeout=LONG_S) == 0


def test_ctrl_c_ends_a_worker_in_the_middle_of_a_task_which_waits_for_another(start, server):
    server.holds.set()
    mail.write("ina@example.com", "You are invited", "canary")
    worker = start()
    assert server.came.acquire(timeout=LONG_S)
    worker.send_signal(signal.SIGINT)
    assert worker.wait(timeout=LONG_S) == 0
    row = DBTaskResult.objects.get(task_path__endswith="deliver")
    assert (row.status, row.traceback != "", OutgoingMail.objects.count()) == ("READY", True, 1)


@pytest.mark.sqlite
def test_a_server_keeps_a_worker_and_takes_it_along(tmp_path, server):
    """The demo's own worker is killed; another takes its place, and both end with the demo."""
    from tests.test_demo import Demo, environment_of, free_port

    demo = Demo(environment_of(tmp_path), free_port()).wait_until_ready()
    try:
        all_there = [False, *[True] * WORKERS]  # one that does tasks, and those that answer
        wait_for(lambda: sorted(map(listens, children(demo.process.pid))) == all_there)
        before = children(demo.process.pid)
        (worker,) = (pid for pid in before if not listens(pid))
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: len(children(demo.process.pid) - {worker}) == len(before))
        status, errors = demo.stop()
        assert status == 0
        assert "SIGKILL" in errors
        assert not [pid for pid in before if is_alive(pid)]
    finally:
        demo.process.kill()
        demo.process.communicate()


def children(pid):
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return {int(one) for one in told.split()}


def listens(pid):
    """Whether the process holds a socket that others may connect to."""
    held = {os.readlink(one) for one in Path(f"/proc/{pid}/fd").iterdir()}  # noqa: PTH115 (what it names is no path)
    tables = [Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    return any(f"socket:[{line.split()[9]}]" in held for lines in tables for line in lines if line.split()[3] == "0A")


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
