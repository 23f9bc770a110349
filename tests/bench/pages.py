"""What a page costs in the process that answers it: processor time without sockets, and the queries it makes.

`python -m tests.bench.pages` prints it. Unlike a rate over the wire it does not depend on what else the machine does,
so two versions of the program can be compared by it; `--profile NAME` tells where the time of one page goes.
"""

import cProfile
import io
import os
import pstats
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.bench.served import environment

ROUNDS = 150
TOKEN_CLAIMS = 6


@dataclass(frozen=True)
class Ask:
    """One request, ready to be put to the application again and again."""

    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    def environ(self) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": self.method, "PATH_INFO": self.path, "QUERY_STRING": "", "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000", "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
            **self.headers,
        }  # fmt: skip


class Site:
    """The application with one person signed in, called as a server calls it."""

    def __init__(self) -> None:
        from console.wsgi import application

        self._application = application
        self.session, self.person = _prepared()

    @property
    def cookie(self) -> str:
        return f"sessionid={self.session}"

    def answer(self, ask: Ask) -> tuple[int, bytes, list[tuple[str, str]]]:
        told: list[Any] = []
        answer = self._application(ask.environ(), lambda status, headers, *_: told.extend((status, headers)))
        try:
            body = b"".join(answer)
        finally:
            answer.close()
        return int(told[0][:3]), body, told[1]

    def get(self, path: str) -> Ask:
        return Ask("GET", path, headers={"HTTP_COOKIE": self.cookie})

    def form(self, page: str, fields: dict[str, str], **headers: str) -> Ask:
        """A form of `page` sent to the same address, with the token and cookie that page gives."""
        status, body, sent = self.answer(self.get(page))
        assert status == 200, f"{page} answered {status}"
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        cookie = next(value for name, value in sent if name == "Set-Cookie" and "csrftoken=" in value).strip()
        assert token
        return Ask(
            "POST",
            page,
            urlencode({"csrfmiddlewaretoken": token[1].decode(), **fields}).encode(),
            {
                "HTTP_COOKIE": f"{self.cookie}; {cookie.partition(';')[0]}",
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                **headers,
            },
        )


def _prepared() -> tuple[str, Any]:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    from tests.services.builders import with_samples

    call_command("migrate", verbosity=0)
    actor = with_samples()
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.user_id))
    return client.cookies["sessionid"].value, actor


def asks(site: Site, token: str) -> dict[str, Ask]:
    """The measured pages by name; the first two are what the others are measured by."""
    from console.services import profiles

    profile = profiles.list_profiles(site.person)[0]
    paste = {"text": token, "api_id": ""}
    fragment = {"HTTP_HX_REQUEST": "true"}
    return {
        "empty view": Ask("GET", "/bench/empty/"),
        "empty view, signed in": site.get("/bench/empty/"),
        "POST /inspect/, fragment": site.form("/inspect/", paste, **fragment),
        "POST /inspect/, whole page": site.form("/inspect/", paste),
        "GET /inspect/": site.get("/inspect/"),
        "profile page": site.get(f"/profiles/{profile.id}/"),
        "profile's form": site.get(f"/profiles/{profile.id}/edit/"),
        "policy page": site.get("/policies/"),
        "policy of an API": site.get(f"/apis/{profile.api_id}/policy/"),
    }


def measured(site: Site, wanted: dict[str, Ask]) -> dict[str, float]:
    """Milliseconds of processor per answer, taken in turns; the best of all rounds.

    One answer at a time: a longer stretch would be interrupted by what else the machine does, and find its caches cold.
    """
    best = dict.fromkeys(wanted, float("inf"))
    for _ in range(ROUNDS):
        for name, ask in wanted.items():
            started = time.process_time_ns()
            site.answer(ask)
            best[name] = min(best[name], (time.process_time_ns() - started) / 1e6)
    return best


def queries(site: Site, ask: Ask) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        site.answer(ask)
    return len(seen)


def told(site: Site, wanted: dict[str, Ask]) -> None:
    for name, ask in wanted.items():
        status, _, _ = site.answer(ask)
        assert status == 200, f"{name} answered {status}"
    found = measured(site, wanted)
    base, known = list(found.values())[:2]
    for name, ask in wanted.items():
        size = len(site.answer(ask)[1])
        print(
            f"  {name:30} {found[name]:7.2f} ms  {base / found[name]:5.2f} of the empty view, "
            f"{known / found[name]:5.2f} of the one that knows who asks  {queries(site, ask):3} queries {size:7} bytes"
        )


def profiled(site: Site, ask: Ask, calls: int = 200) -> None:
    site.answer(ask)
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(calls):
        site.answer(ask)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(45).sort_stats("cumtime").print_stats(110)


def main(token: str) -> None:
    with tempfile.TemporaryDirectory(prefix="token-console-bench-") as folder:
        os.environ.update(environment(folder, is_bare=False), CONSOLE_SANDBOX="true")
        import django

        django.setup()
        site = Site()
        wanted = asks(site, token)
        if "--profile" in sys.argv:
            return profiled(site, wanted[sys.argv[sys.argv.index("--profile") + 1]])
        print("In the process itself (milliseconds of processor per answer, best of all rounds)")
        told(site, wanted)
    return None


if __name__ == "__main__":
    from tests.bench.inspect import token as made

    main(made(TOKEN_CLAIMS))
