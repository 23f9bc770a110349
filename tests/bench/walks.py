"""The walks of data through the house: queries, files of ours that run, and processor time beside an empty view.

`python -m tests.bench.walks` prints a line for each; `--queries NAME` prints what one of them asks the database.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from tests.bench.pages import TOKEN_CLAIMS, Ask, Site, queries
from tests.bench.served import environment

ROUNDS = 40
POLICY = """<policies><inbound>
  <validate-jwt header-name="Authorization">
    <audiences><audience>api://other</audience></audiences>
    <issuers><issuer>https://login.microsoftonline.com/contoso/v2.0</issuer></issuers>
    <required-claims><claim name="roles"><value>Orders.Read</value></claim></required-claims>
  </validate-jwt>
</inbound></policies>"""


@dataclass(frozen=True)
class Walk:
    """`ask` gives the request anew: a form that was sent once may be refused a second time."""

    name: str
    ask: Callable[[], Ask]
    rounds: int = ROUNDS


def walks(site: Site, token: str) -> list[Walk]:
    """The walks of the plan, on the demo's sample profile; the first is what the others are measured by."""
    from console.services import profiles
    from console.store import attempts

    fragment = {"HTTP_HX_REQUEST": "true"}
    profile = next(one for one in profiles.list_profiles(site.person) if one.name == "Sample: orders with a secret")
    page = f"/profiles/{profile.id}/"
    call = {"method": "GET", "path": "orders", "sends_token": "on", "sends_subscription_key": "on"}

    def sent(path: str, fields: dict[str, str], page: str = page) -> Callable[[], Ask]:
        form = site.form(page, fields, **fragment)
        return lambda: Ask(form.method, path, form.body, form.headers)

    walked = [
        Walk("empty view, signed in", lambda: site.get("/bench/empty/")),
        Walk("inspect", sent("/inspect/", {"text": token, "api_id": ""}, "/inspect/")),
        Walk("fresh token", sent(f"{page}token/", {"fresh": "1"}), rounds=8),  # twelve a minute are allowed
        Walk("stored token", sent(f"{page}token/", {})),
        Walk("policy and repair", sent("/policies/", {"policy": POLICY, "text": token}, "/policies/")),
        Walk("send a call", sent(f"{page}call/", call)),
    ]
    for walk in walked[2:]:
        site.answer(walk.ask())
    attempt = next(one for one in attempts.list_recent(site.person) if one.kind == "call")
    return [*walked, Walk("open an attempt", lambda: site.get(f"/calls/{attempt.id}/"))]


def files_run(site: Site, ask: Ask) -> int:
    """How many files of the console have a function that runs."""
    seen: set[str] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and "/console/" in frame.f_code.co_filename:
            seen.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        site.answer(ask)
    finally:
        sys.setprofile(None)
    return len(seen)


def processor_ms(site: Site, walked: list[Walk]) -> dict[str, float]:
    """The median of all rounds, taken in turns."""
    taken: dict[str, list[float]] = {walk.name: [] for walk in walked}
    for number in range(ROUNDS):
        for walk in walked:
            if number >= walk.rounds:
                continue
            ask = walk.ask()
            started = time.process_time_ns()
            status, body, _headers = site.answer(ask)
            taken[walk.name].append((time.process_time_ns() - started) / 1e6)
            assert status == 200, f"{walk.name} answered {status}: {body[:2000].decode()}"
    return {name: statistics.median(times) for name, times in taken.items()}


def statements(site: Site, ask: Ask) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        site.answer(ask)
    for number, query in enumerate(seen.captured_queries, 1):
        print(f"{number:3} {query['sql'][:400]}")


def main(token: str) -> None:
    with tempfile.TemporaryDirectory(prefix="token-console-bench-") as folder:
        os.environ.update(environment(folder, is_bare=False), CONSOLE_SANDBOX="true", CONSOLE_CALLS_PER_MINUTE="60000")
        os.environ.update(CONSOLE_PROCESSOR_S_PER_MINUTE="0")
        import django

        django.setup()
        site = Site()
        walked = walks(site, token)
        if "--queries" in sys.argv:
            name = sys.argv[sys.argv.index("--queries") + 1]
            return statements(site, next(walk for walk in walked if walk.name == name).ask())
        times = processor_ms(site, walked)
        empty = times[walked[0].name]
        for walk in walked:
            print(
                f"  {walk.name:24} {queries(site, walk.ask()):3} queries {files_run(site, walk.ask()):4} files "
                f"{times[walk.name]:7.2f} ms, {times[walk.name] / empty:6.1f} empty views"
            )
    return None


if __name__ == "__main__":
    from tests.bench.inspect import token as made

    main(made(TOKEN_CLAIMS))
