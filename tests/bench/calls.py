"""What the console adds to a call: its service beside the same `requests.Session` call alone, over loopback.

`python -m tests.bench.calls` prints medians and what they are to be: an answer of few bytes and one of 1 MB, the memory
while 200 MB or a bomb arrive, a plain page while four far sides hang, and the import of a document of 2,000
operations. It is a program, not a test: run it on a quiet machine.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.pages import Ask, Site
from tests.bench.served import HOST, environment, free_port

ROUNDS = 60
MB = 1 << 20
SMALL_MS, LARGE_RATIO, MEMORY_MB, PAGE_RATIO = 1.5, 1.3, 20, 1.5


@contextmanager
def far_side() -> Iterator[int]:
    """A server in a process of its own, which keeps its connections."""
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "tests.bench.far_side", str(port)])
    try:
        for _ in range(100):
            try:
                socket.create_connection((HOST, port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        server.kill()
        server.wait()


def medians(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Milliseconds of each, taken in turns."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            taken[name].append((time.perf_counter() - started) * 1_000)
    return {name: statistics.median(times[5:]) for name, times in taken.items()}


def caller(port: int, name: str) -> Callable[[str], Any]:
    """Sends a call to that path by the console's service, for a person with a profile, as a page does."""
    from console.adapters import clock
    from console.core.api import Api, Expectation
    from console.core.call import ApiCall
    from console.services import calls, destinations, opening
    from console.store import apis
    from tests.store import builders

    owner = builders.person(name)
    wanted = Api("", 0, "Bench", f"http://{HOST}:{port}", Expectation())
    api = apis.create(owner, wanted, id=builders.new_id(), now=clock.now())
    profile = builders.profile(owner, api_id=api.id)
    change = destinations.change_of(opening.of_profile(owner, "manage", profile.id))
    if change is not None:
        destinations.accept(owner, profile.id, seen=change.seen)

    def send(path: str) -> Any:
        return calls.send(owner, profile.id, ApiCall("GET", path, sends_token=False, sends_subscription_key=False))

    return send


def times(port: int, send: Callable[[str], Any]) -> None:
    import requests

    session = requests.Session()
    session.trust_env = False
    for path in ("small", "large"):
        url = f"http://{HOST}:{port}/{path}"
        found = medians({"session": lambda url=url: session.get(url).content, "console": lambda p=path: send(p)})
        alone, ours = found["session"], found["console"]
        print(
            f"  a call, {path}: session alone {alone:.2f} ms, the console's service {ours:.2f} ms: "
            f"{ours - alone:.2f} ms added, {ours / alone:.2f} times "
            f"(wanted: {f'{SMALL_MS} ms added' if path == 'small' else f'{LARGE_RATIO} times'})"
        )


def memory(send: Callable[[str], Any]) -> None:
    for path in ("200mb", "bomb"):
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        sent = send(path)
        peak = (tracemalloc.get_traced_memory()[1] - before) / MB
        tracemalloc.stop()
        response = sent.exchange.response
        kept = len(response.body) / MB if response else 0
        print(f"  memory while {path} arrives: {peak:.1f} MB at most, {kept:.1f} kept (wanted: under {MEMORY_MB})")


def hanging(site: Site, senders: list[Callable[[str], Any]]) -> None:
    """p95 of a plain page, alone and while a call of each waits for its answer."""
    ask = Ask("GET", "/bench/empty/", headers={"HTTP_COOKIE": site.cookie})

    def p95() -> float:
        taken = []
        for _ in range(200):
            started = time.perf_counter()
            site.answer(ask)
            taken.append((time.perf_counter() - started) * 1_000)
        return statistics.quantiles(taken, n=20)[-1]

    alone = p95()
    waiting = [threading.Thread(target=send, args=("hang",), daemon=True) for send in senders]
    for one in waiting:
        one.start()
    time.sleep(0.5)  # until they wait
    beside = p95()
    held = sum(one.is_alive() for one in waiting)
    print(
        f"  a plain page, p95: {alone:.2f} ms, beside {held} far sides that hang {beside:.2f} ms: "
        f"{beside / alone:.2f} times (wanted: {PAGE_RATIO})"
    )


def document() -> None:
    from console.core.openapi.read import read_document

    paths = {
        f"/things{number}/{{id}}": {
            method: {
                "operationId": f"{method}Thing{number}",
                "summary": f"What is done to thing {number}. " + "It is told at length. " * 90,
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "done"}},
            }
            for method in ("get", "put")
        }
        for number in range(1_000)
    }
    text = json.dumps({"openapi": "3.1.0", "info": {"title": "Large", "version": "1"}, "paths": paths}, indent=1)
    started = time.perf_counter()
    parsed = json.loads(text)
    alone = time.perf_counter() - started
    started = time.perf_counter()
    read = read_document(text)
    ours = time.perf_counter() - started
    assert len(read.operations) == 2 * len(parsed["paths"])
    print(
        f"  a document of {len(text) / MB:.1f} MB with {len(read.operations)} operations: {ours:.2f} s, "
        f"{ours / alone:.0f} times json.loads"
    )


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="token-console-bench-") as folder, far_side() as port:
        os.environ.update(environment(folder, is_bare=False), CONSOLE_CALLS_PER_MINUTE="60000")
        os.environ.update(CONSOLE_PROCESSOR_S_PER_MINUTE="0", CONSOLE_EGRESS_ALLOW=f"http://{HOST}:{port}")
        import django

        django.setup()
        site = Site()
        senders = [caller(port, f"caller{number}") for number in range(4)]
        times(port, senders[0])
        memory(senders[0])
        hanging(site, senders)
        document()


if __name__ == "__main__":
    main()
