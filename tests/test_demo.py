"""The real demo, started as people start it."""

import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from console.management import folder_lock
from tests.patience import LONG_S
from tests.ports import free_port

WAITING = "Another start of the demo prepares this data folder; this one goes on after it.\n"
ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.enable_socket


def environment_of(folder):
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("CONSOLE_", "DATABASE_", "DJANGO_"))
    }
    return {**inherited, "CONSOLE_DATA_DIR": str(folder / "data"), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def environment(tmp_path):
    return environment_of(tmp_path)


@pytest.fixture
def port():
    return free_port()


class Demo:
    """A demo that runs; `told` is what it printed until it was ready."""

    def __init__(self, environment, port, *options):
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port), *options],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.told = ""

    def wait_until_ready(self):
        for line in self.process.stdout:
            self.told += line
            if line.startswith("Ready"):
                return self
        raise AssertionError(f"the demo ended: {self.told}{self.process.communicate()[1]}")

    @property
    def link(self):
        return re.search(r"https?://\S+/sign-in/\S+", self.told).group()

    def stop(self):
        """Ctrl+C; gives the exit status and what was written on standard error."""
        self.process.send_signal(signal.SIGINT)
        errors = self.process.communicate(timeout=LONG_S)[1]
        return self.process.returncode, errors


@pytest.fixture
def start(environment, port):
    yield from running_demos(lambda *options: Demo(environment, port, *options).wait_until_ready())


@pytest.fixture
def start_on(environment):
    """Starts a demo on a port, without waiting for it."""
    yield from running_demos(lambda port: Demo(environment, port))


def running_demos(make):
    running = []

    def begin(*arguments):
        running.append(make(*arguments))
        return running[-1]

    yield begin
    for demo in running:
        demo.process.kill()
        demo.process.communicate()


def fetch(port, path, *, method="GET", body=None, headers=None, context=None):
    """Status, headers and text of one request to the demo."""
    kind = http.client.HTTPSConnection if context else http.client.HTTPConnection
    connection = kind("localhost", port, timeout=LONG_S, **({"context": context} if context else {}))
    connection.request(method, path, body=body, headers=headers or {})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


def cookies(headers):
    return "; ".join(value.split(";")[0] for value in headers.get_all("Set-Cookie", []))


def sign_in(port, link):
    """Presses the button of a sign-in link; gives the status and the session's cookies."""
    path = urlsplit(link).path
    status, headers, text = fetch(port, path)
    if status != 200:
        return status, ""
    form = urlencode({"csrfmiddlewaretoken": re.search(r'csrfmiddlewaretoken" value="(\w+)"', text).group(1)})
    sent = {
        "Cookie": cookies(headers),
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://localhost:{port}",
    }
    status, headers, _ = fetch(port, path, method="POST", body=form, headers=sent)
    return status, cookies(headers)


def test_first_and_second_run_sign_in_once_keep_everything_and_end_cleanly(start, port, environment):
    demo = start()
    assert len(re.findall(r"@demo\.example  \S{16}", demo.told)) == 3
    status, headers, _ = fetch(port, "/")
    assert (status, headers["Location"]) == (302, "/accounts/login/?next=/")
    assert fetch(port, urlsplit(demo.link).path)[0] == 200
    status, session = sign_in(port, demo.link)
    assert status == 302
    assert fetch(port, "/inspect/", headers={"Cookie": session})[0] == 200
    assert sign_in(port, demo.link)[0] == 404
    assert demo.stop() == (0, "")

    kept = {path.name: path.read_bytes() for path in Path(environment["CONSOLE_DATA_DIR"]).glob("secret_key*")}
    modes = {path.stat().st_mode & 0o777 for path in Path(environment["CONSOLE_DATA_DIR"]).glob("secret_key*")}
    assert (sorted(kept), modes) == (["secret_key", "secret_keys"], {0o600})

    again = start()
    assert not re.findall(r"@demo\.example  \S{16}", again.told)
    assert again.link != demo.link
    assert fetch(port, "/inspect/", headers={"Cookie": session})[0] == 200
    assert {name: (Path(environment["CONSOLE_DATA_DIR"]) / name).read_bytes() for name in kept} == kept
    assert again.stop() == (0, "")


def test_ctrl_c_ends_it_with_a_browsers_connections_open_and_a_request_under_way(start, port):
    demo = start()
    idle = http.client.HTTPConnection("localhost", port, timeout=LONG_S)
    idle.request("GET", "/healthz")
    assert idle.getresponse().read()
    head = (
        f"POST /accounts/login/ HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
    )
    address = ("localhost", port)
    with socket.create_connection(address), socket.create_connection(address, timeout=LONG_S) as held:
        held.sendall(head.encode())
        assert held.recv(1000).startswith(b"HTTP/1.1 100 ")  # a thread has it, and waits for the rest
        status, told = demo.stop()
        # What was sent halfway is answered when its connection is cut, and that may be logged; nothing else is.
        assert (status, [line for line in told.splitlines() if "django.security.csrf" not in line]) == (0, [])
    idle.close()


def test_two_first_starts_on_one_empty_folder_both_serve(start_on, environment):
    demos = [start_on(free_port()), start_on(free_port())]
    for demo in demos:
        demo.wait_until_ready()
    assert sorted(len(re.findall(r"@demo\.example  \S{16}", demo.told)) for demo in demos) == [0, 3]
    for demo in demos:
        status, told = demo.stop()
        assert (status, told.replace(WAITING, "")) == (0, "")


def test_a_start_waits_for_another_that_prepares_the_folder_and_says_so(start_on, environment, port):
    folder = Path(environment["CONSOLE_DATA_DIR"])
    folder.mkdir()
    with folder_lock.alone_in(folder, on_wait=list):
        demo = start_on(port)
        assert demo.process.stderr.readline() == WAITING
        assert list(folder.iterdir()) == [folder / folder_lock.NAME]
    assert demo.wait_until_ready().stop() == (0, "")


def test_https_is_trusted_through_the_authority_it_made(start, port, environment):
    demo = start("--https")
    authority = re.search(r"Trust this authority for https on this machine: (\S+)", demo.told).group(1)
    context = ssl.create_default_context(cafile=authority)
    status, headers, _ = fetch(port, "/accounts/login/", context=context)
    assert status == 200
    assert headers["Set-Cookie"].startswith("__Host-csrftoken=")
    assert headers["Strict-Transport-Security"] is None
    assert demo.stop() == (0, "")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--port", "0"], "demo: the port must be between 1 and 65535, and 0 is not."),
        (["--port", "x"], "demo: argument --port: invalid int value: 'x'; see --help."),
    ],
)
def test_wrong_usage_is_one_sentence(options, sentence, environment):
    command = [sys.executable, "manage.py", "demo", *options]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", f"{sentence}\n")


def test_a_taken_port_is_one_sentence(environment, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        command = [sys.executable, "manage.py", "demo", "--port", str(port)]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    sentence = f"Port {port} on localhost is taken: stop what listens there, or choose another with --port.\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", sentence)
