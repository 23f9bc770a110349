"""The inspector behind gunicorn: its rate beside an empty view of the same server, and what its page weighs.

`python -m tests.bench.served prepare` is the part that runs inside the site's own settings.
"""

import base64
import gzip
import http.client
import os
import re
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
from urllib.parse import urlencode

from tests.bench.load import rate

HOST = "127.0.0.1"
CONNECTIONS, WORKERS, THREADS = 16, 2, 8
AS_A_BROWSER = {"Accept_Encoding": "gzip", "Sec_Fetch_Site": "same-origin"}
SECONDS, ROUNDS = 3.0, 5
_LINKED = re.compile(r"""(?:<script[^>]+src|<link[^>]+href)=["']?(/static/[^"'\s>]+)""")


@dataclass(frozen=True)
class Site:
    port: int
    session: str

    @property
    def address(self) -> tuple[str, int]:
        return HOST, self.port

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes, dict[str, str]]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Cookie": cookie or self.cookie, "Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            headers["set-cookie"] = "; ".join(answer.headers.get_all("Set-Cookie", []))
            return answer.status, answer.read(), headers
        finally:
            connection.close()

    @property
    def cookie(self) -> str:
        return f"sessionid={self.session}"


def prepare() -> None:
    """Tables and one person, signed in; prints the session."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    from console.adapters import clock
    from console.core.actor import Role
    from console.core.credential import Secret
    from console.store import people

    call_command("migrate", verbosity=0)
    email = "bench@example.com"
    people.create_person(
        email, display_name="Bench", roles=[Role.INTEGRATOR], password=Secret(secrets.token_hex()), now=clock.now()
    )
    client = Client()
    client.force_login(get_user_model().objects.get(email=email))
    print(client.cookies["sessionid"].value)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def environment(folder: str, *, is_bare: bool) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.site_settings",
        "BENCH_BARE": "1" if is_bare else "0",
        "CONSOLE_DATA_DIR": folder,
        "CONSOLE_SECRET_KEY": secrets.token_urlsafe(64),
        "CONSOLE_SECRET_KEYS": f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "CONSOLE_PUBLIC_URL": "http://localhost:8000",
        "CONSOLE_ALLOWED_HOSTS": f"localhost,{HOST}",
    }


@contextmanager
def site(*, is_bare: bool = False) -> Iterator[Site]:
    """A server of its own with an empty data folder; ends with the block."""
    with tempfile.TemporaryDirectory(prefix="token-console-bench-") as folder:
        settings, port = environment(folder, is_bare=is_bare), free_port()
        told = subprocess.run(
            [sys.executable, "-m", "tests.bench.served", "prepare"],
            env=settings, capture_output=True, text=True, check=True,
        )  # fmt: skip
        command = [
            sys.executable, "-m", "gunicorn", "console.wsgi:application", "--preload", "--worker-class", "gthread",
            "--workers", str(WORKERS), "--threads", str(THREADS), "--bind", f"{HOST}:{port}", "--log-level", "error",
        ]  # fmt: skip
        server = subprocess.Popen(command, env=settings)
        try:
            _wait(port, server)
            yield Site(port, told.stdout.strip().splitlines()[-1])
        finally:
            server.terminate()
            server.wait(timeout=40)


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"gunicorn ended with {server.returncode}")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("gunicorn did not begin to listen")


def request_bytes(method: str, path: str, *, body: bytes = b"", **headers: str) -> bytes:
    """A whole request; underscores in names of headers stand for hyphens."""
    given = {"Host": HOST, "Content-Length": str(len(body)), **{k.replace("_", "-"): v for k, v in headers.items()}}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _inspection(running: Site, token: str, **headers: str) -> bytes:
    status, page, answer = running.get("/inspect/")
    assert status == 200, f"the inspector answered {status}"
    field = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    cookie = re.search(r"csrftoken=([^;]+)", answer.get("set-cookie", ""))
    assert field and cookie, "the inspector has no form"
    body = urlencode({"csrfmiddlewaretoken": field[1].decode(), "text": token, "api_id": ""}).encode()
    cookies = f"{running.cookie}; csrftoken={cookie[1]}"
    kind = "application/x-www-form-urlencoded"
    return request_bytes("POST", "/inspect/", body=body, Cookie=cookies, Content_Type=kind, **headers)


def compare_rates(token: str) -> None:
    """Prints the rate of the inspector and of the empty view, taken in turns."""
    with site() as running, site(is_bare=True) as bare:
        kinds = {
            "empty view, same middleware": (running, request_bytes("GET", "/bench/empty/")),
            "empty view, hardly any": (bare, request_bytes("GET", "/bench/empty/")),
            "empty view, signed in": (running, request_bytes("GET", "/bench/empty/", Cookie=running.cookie)),
            "POST /inspect/, whole page": (running, _inspection(running, token)),
            "POST /inspect/, fragment": (running, _inspection(running, token, HX_Request="true")),
            "the page, compressed": (running, _inspection(running, token, **AS_A_BROWSER)),
            "the fragment, compressed": (running, _inspection(running, token, HX_Request="true", **AS_A_BROWSER)),
        }
        rates: dict[str, list[float]] = {name: [] for name in kinds}
        for number in range(ROUNDS + 1):  # the first round warms up
            for name, (where, request) in kinds.items():
                found, statuses = rate(where.address, request, connections=CONNECTIONS, seconds=SECONDS)
                assert statuses == {200}, f"{name} answered {statuses}"
                if number:
                    rates[name].append(found)
    medians = {name: statistics.median(found) for name, found in rates.items()}
    for name, median in medians.items():
        spread = f"{min(rates[name]):.0f} to {max(rates[name]):.0f}"
        print(f"  {name:32} {median:8.0f} requests/s ({spread})")
    base, bare_rate, known = list(medians.values())[:3]
    for name, median in list(medians.items())[3:]:
        of_others = f"{median / known:.2f} of the one that knows who asks, {median / bare_rate:.2f} of the bare one"
        print(f"  {name:32} {median / base:8.2f} of the empty view, {of_others}")
    print("  targets, of the one that knows who asks: fragment 0.45, whole page 0.25")


def weigh_page() -> None:
    """Prints what the inspector's page and all it links weigh, as sent and compressed."""
    with site() as running:
        _, page, headers = running.get("/inspect/")
        sent, packed = len(page), _packed(page, headers)
        print(f"  {'/inspect/':44} {sent:8} sent {packed:8} compressed")
        for path in sorted(set(_LINKED.findall(page.decode()))):
            status, body, headers = running.get(path)
            assert status == 200, f"{path} answered {status}"
            size = _packed(body, headers)
            print(f"  {path:44} {len(body):8} sent {size:8} compressed")
            sent, packed = sent + len(body), packed + size
        print(f"  {'together':44} {sent:8} sent {packed:8} compressed (target 60000)")


def _packed(body: bytes, headers: dict[str, str]) -> int:
    """The bytes over a wire that compresses: as sent when the server did, else what gzip makes of it."""
    return len(body) if headers.get("content-encoding") else len(gzip.compress(body, 6))


if __name__ == "__main__" and sys.argv[1:] == ["prepare"]:
    prepare()
