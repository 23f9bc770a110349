"""Measures the sandbox's token endpoint beside npm `oidc-provider`: the same client program, in turns, on one machine.

Run it from the top of the checkout, on a quiet machine with node: `python -m tests.bench.sandbox`. Both sides get the
same kind of request (client credentials with a secret in the form) over connections that are kept open, and sign as
long a token with RSA-2048 (RS256); the lengths are printed. All of it shares two cores, the client too: what the client
itself takes is printed as well. Ours writes an access log, as it does for users; oidc-provider has none.
oidc-provider is one node process, so ours is measured with one worker process; what `manage.py serve` runs by default
is measured too, for it is what users get. It is a program, not a test: it prints figures and decides nothing.
"""

import base64
import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from tests import npm
from tests.bench.load import rate
from tests.bench.served import HOST, free_port, request_bytes

CONNECTIONS, SECONDS, ROUNDS, CORES = 10, 4.0, 5, 2
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Endpoint:
    """A token endpoint that listens, the request that gets a token, and the process that serves it."""

    port: int
    request: bytes
    process: int

    def wait(self) -> int:
        """Until it answers: a server that listens may still be starting its workers. The length of its token."""
        with socket.create_connection((HOST, self.port), timeout=120) as held:
            held.sendall(self.request)
            answer = HTTPResponse(held)
            answer.begin()
            assert answer.status == 200, f"port {self.port} answered {answer.status}"
            return len(json.loads(answer.read())["access_token"])

    def measure(self, seconds: float = SECONDS) -> "Measured":
        before, own = _processor_s(self.process), time.process_time()
        found, statuses = rate((HOST, self.port), self.request, connections=CONNECTIONS, seconds=seconds)
        assert statuses == {200}, f"port {self.port} answered {statuses}"
        own, spent = time.process_time() - own, _processor_s(self.process) - before
        return Measured(found, 1000 * spent / (found * seconds), 1000 * own / (found * seconds))


@dataclass(frozen=True)
class Measured:
    """Processor milliseconds for each token, of the server and of the client: other programs hardly change them."""

    rate: float
    processor_ms: float
    client_ms: float


def _processor_s(process: int) -> float:
    """Processor seconds of a process and of the children it has now (Linux)."""
    folder = Path("/proc") / str(process)
    children = (folder / "task" / str(process) / "children").read_text().split()
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(_processor_s(int(child)) for child in children)


def prepare() -> None:
    """Tables, one person and the sandbox; prints what a client of that person's workspace needs, as JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    from console.adapters import clock
    from console.core.actor import Role
    from console.services import demo, sandbox
    from console.store import people

    call_command("migrate", verbosity=0)
    actor = people.create_person(
        "bench@example.com", display_name="", roles=[Role.INTEGRATOR], password=None, now=clock.now()
    )
    demo.prepare()
    samples, base = sandbox.samples(), sandbox.workspace(actor).base
    print(
        json.dumps(
            {
                "path": f"{base.partition('//')[2].partition('/')[2]}/{samples.state.tenant_id}",
                "client_id": samples.secret_client.id,
                "client_secret": samples.client_secret,
                "scope": f"{samples.orders.identifier_uri}/.default",
            }
        )
    )


@contextmanager
def ours(workers: int) -> Iterator[Endpoint]:
    """`manage.py serve` with so many worker processes and an empty data folder."""
    with tempfile.TemporaryDirectory(prefix="token-console-bench-") as folder:
        port = free_port()
        environment = _environment(folder, port)
        made = subprocess.run(
            [sys.executable, "-m", "tests.bench.sandbox", "prepare"],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        known = json.loads(made.stdout.strip().splitlines()[-1])
        path = f"/{known.pop('path')}/oauth2/v2.0/token"
        command = [sys.executable, "manage.py", "serve", "--host", HOST, "--port", str(port), "--workers", str(workers)]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        with _ending(server, "Serving"):
            yield Endpoint(port, _asking(path, port, known), server.pid)


@contextmanager
def theirs() -> Iterator[Endpoint]:
    """npm `oidc-provider` in one node process."""
    port, secret = free_port(), secrets.token_urlsafe(32)
    command = ["node", str(npm.HERE / "oidc_provider.js"), str(port), "bench", secret]
    server = subprocess.Popen(command, cwd=npm.installed(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with _ending(server, "Ready"):
        yield Endpoint(port, _asking("/token", port, {"client_id": "bench", "client_secret": secret}), server.pid)


def _environment(folder: str, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "console.settings",
        "CONSOLE_DATA_DIR": folder,
        "CONSOLE_SANDBOX": "true",
        "CONSOLE_SECRET_KEY": secrets.token_urlsafe(64),
        "CONSOLE_SECRET_KEYS": f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "CONSOLE_PUBLIC_URL": f"http://{HOST}:{port}",
        "CONSOLE_ALLOWED_HOSTS": HOST,
    }


def _asking(path: str, port: int, fields: dict[str, str]) -> bytes:
    body = urlencode({"grant_type": "client_credentials", **fields}).encode()
    return request_bytes("POST", path, body=body, Host=f"{HOST}:{port}", Content_Type=FORM)


@contextmanager
def _ending(server: "subprocess.Popen[bytes]", word: str) -> Iterator[None]:
    """Waits for the line that says the server is ready, drops what it prints then, and ends it with the block."""
    assert server.stdout
    try:
        while not (line := server.stdout.readline()).startswith(word.encode()):
            assert line, f"{server.args} ended"
        drain = subprocess.Popen(["cat"], stdin=server.stdout, stdout=subprocess.DEVNULL)  # the access log
        yield
    finally:
        server.terminate()
        server.wait(timeout=60)
        server.stdout.close()
        drain.wait(timeout=60)


def main() -> None:
    """Prints rates and ratios; each ratio is of two measurements that were taken one after the other."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])  # the servers that are started now inherit it
    with theirs() as peer, ours(1) as single, ours(2) as default:
        sides = {"oidc-provider, 1 node process": peer, "sandbox, 1 worker": single, "sandbox, 2 workers": default}
        for side in sides.values():  # warms up
            side.wait()
            side.measure(1.0)
        lengths = {name: side.wait() for name, side in sides.items()}
        rounds = [{name: side.measure() for name, side in sides.items()} for _ in range(ROUNDS)]
    for name in sides:
        found = sorted(one[name].rate for one in rounds)
        spent = statistics.median(one[name].processor_ms for one in rounds)
        spread = f"({found[0]:.0f} to {found[-1]:.0f})"
        own = statistics.median(one[name].client_ms for one in rounds)
        print(
            f"  {name:32} {statistics.median(found):6.0f} tokens/s {spread:16} {spent:5.2f} ms of processor each,"
            f" {own:.3f} of the client's, {lengths[name]} characters"
        )
    base = next(iter(sides))
    for name in list(sides)[1:]:
        ratios = sorted(one[name].rate / one[base].rate for one in rounds)
        work = statistics.median(one[base].processor_ms / one[name].processor_ms for one in rounds)
        spread = f"({ratios[0]:.2f} to {ratios[-1]:.2f})"
        print(
            f"  {name:32} {statistics.median(ratios):6.2f} of oidc-provider's rate {spread}, {work:.2f} per processor"
        )


if __name__ == "__main__":
    prepare() if sys.argv[1:] == ["prepare"] else main()
