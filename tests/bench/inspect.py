"""Measures the inspector: the core beside PyJWT, large pastes, memory, the page under load and its weight.

Run it from the top of the checkout, on a quiet machine: `python -m tests.bench.inspect` (`--core` leaves the server
out). It is a program, not a test: it prints figures beside their targets and decides nothing.
"""

import sys

if sys.path[0].endswith("bench"):  # run as a file: this folder must not hide the standard library's inspect
    sys.path[0] = __file__.rpartition("tests")[0] or "."

import gc
import json
import subprocess
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import jwt

from console.core.api import Expectation
from console.core.checks import CHECKS, run_all
from console.core.checks.base import Context
from console.core.inspection import inspect_text
from console.core.tokens.claims import describe
from console.core.tokens.keys import read_jwks
from console.core.tokens.parse import MAX_CHARACTERS, parse
from console.core.tokens.signature import verify
from tests.core.tokens.keys_for_tests import jwk, rsa_key, signed
from tests.core.tokens.wire import b64u, compact

NOW = int(time.time())  # PyJWT reads the clock, so the token must be of now
TENANT, API, CLIENT = (f"{digit * 8}-2222-4333-8444-555555555555" for digit in "123")
ISSUER = f"https://login.microsoftonline.com/{TENANT}/v2.0"
KEYS = read_jwks({"keys": [jwk(rsa_key(), kid="bench-key-1", use="sig")]})
EXPECTATION = Expectation(
    (API,), (ISSUER,), (CLIENT,), ("Orders.Read",), tenant=TENANT, token_version="2.0", algorithms=("RS256",),
    leeway_s=60,
)  # fmt: skip


def claims(groups: int, **more: Any) -> dict[str, Any]:
    return {
        "aud": API, "iss": ISSUER, "iat": NOW - 300, "nbf": NOW - 300, "exp": NOW + 3_600, "aio": "A" * 64,
        "azp": CLIENT, "azpacr": "2", "oid": API, "rh": "0." + "B" * 50, "roles": ["Orders.Read", "Orders.Write"],
        "sub": API, "tid": TENANT, "uti": "C" * 22, "ver": "2.0",
        "groups": [f"{number:08x}-2222-4333-8444-555555555555" for number in range(groups)], **more,
    }  # fmt: skip


def token(groups: int, **more: Any) -> str:
    return signed(rsa_key(), "RS256", claims(groups, **more), kid="bench-key-1", typ="JWT")


def taken(*functions: Callable[[], Any], calls: int = 10, rounds: int = 150) -> list[float]:
    """Microseconds of processor per call of each function, taken in turns; the best of all rounds.

    The best, because what other programs do to a shared machine only ever adds.
    """
    best = [float("inf")] * len(functions)
    gc.disable()
    for _ in range(rounds):
        for index, function in enumerate(functions):
            started = time.process_time_ns()
            for _ in range(calls):
                function()
            best[index] = min(best[index], (time.process_time_ns() - started) / calls / 1_000)
    gc.enable()
    return best


def judge(text: str) -> Any:
    """What the target is about: decode, verify, all checks."""
    parsed = parse(text)
    return run_all(Context(parsed, EXPECTATION, verify(parsed, KEYS, source="bench"), NOW))


def inspect(text: str) -> Any:
    """The same from any paste: recognise first, and the tree of what is in it."""
    return inspect_text(text, expectation=EXPECTATION, keyset=KEYS, now=NOW)


def measure_core() -> None:
    small, key = token(6), rsa_key().public_key()
    found = judge(small)
    assert len(found) == len(CHECKS) and not any(finding.status in ("fail", "crashed") for finding in found)

    def peer() -> Any:
        return jwt.decode(small, key, algorithms=["RS256"], audience=API, issuer=ISSUER)

    parsed = parse(small)
    signature = verify(parsed, KEYS)
    context = Context(parsed, EXPECTATION, signature, NOW)
    ours, theirs, whole, decoded, verified, checked, described = taken(
        lambda: judge(small), peer, lambda: inspect(small), lambda: parse(small), lambda: verify(parsed, KEYS),
        lambda: run_all(context), lambda: describe(parsed, NOW),
    )  # fmt: skip
    print(f"A token of {len(small)} bytes, RS256, key loaded (microseconds of processor, best of all rounds)")
    print(f"  PyJWT, decode                    {theirs:8.1f}")
    print(f"  decode, verify, {len(CHECKS)} checks        {ours:8.1f}   {ours / theirs:.2f} of PyJWT (target 2.0)")
    print(f"    of which decode {decoded:.1f}, verify {verified:.1f}, checks {checked:.1f}")
    print(f"  any paste: recognised and judged {whole:8.1f}   {whole / theirs:.2f} of PyJWT")
    print(f"  every claim in words             {described:8.1f}")


def measure_large() -> None:
    large = token(163)
    (each,) = taken(lambda: judge(large), calls=2, rounds=60)
    print(f"A token of {len(large)} bytes\n  decode, verify, all checks       {each:8.1f} microseconds")


def archive(count: int) -> str:
    """A HAR with so many calls, each with a token of its own, answered 200."""
    entries = [
        {
            "startedDateTime": "2030-01-01T00:00:00.000Z", "time": 1,
            "request": {
                "method": "GET", "url": f"https://api.example.com/orders/{number}", "httpVersion": "HTTP/1.1",
                "headers": [{"name": "Authorization", "value": f"Bearer {token(6, jti=str(number))}"}],
                "queryString": [], "cookies": [], "headersSize": -1, "bodySize": 0,
            },
            "response": {
                "status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "headers": [], "cookies": [],
                "content": {"size": 0, "mimeType": "application/json", "text": "{}"}, "redirectURL": "",
                "headersSize": -1, "bodySize": 2,
            },
            "cache": {}, "timings": {"send": 0, "wait": 1, "receive": 0},
        }
        for number in range(count)
    ]  # fmt: skip
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "bench", "version": "1"}, "entries": entries}})


def measure_archive(count: int = 1_000) -> None:
    text = archive(count)
    started = time.process_time()
    found = inspect(text)
    seconds = time.process_time() - started
    judged = [item for item in found.items if item.token is not None]
    print(f"A HAR of {len(text) / 1e6:.1f} MB with {count} tokens")
    print(f"  recognised as {found.kind.value}, {len(judged)} tokens judged in {seconds:.2f} s")


def measure_memory() -> None:
    limit = MAX_CHARACTERS
    pastes = {
        "one token": compact({"sub": "a", "x": "y" * (limit * 3 // 4 - 200)}, signature=b"s" * 32),
        "a token of many claims": compact({f"{n:05d}": n for n in range(limit // 22)}),
        "a token of brackets": f"{b64u('{}')}.{b64u('[' * (limit // 2))}.x",
        "many small tokens": " ".join([compact({"sub": str(n)}) for n in range(limit // 105)]),
        "text of no kind": ("lorem ipsum. " * (limit // 13)),
    }
    print(f"Pastes of {limit // 1024} KB (peak of memory while inspecting)")
    for name, text in pastes.items():
        assert len(text) <= limit, (name, len(text))
        gc.collect()
        tracemalloc.start()
        started = time.process_time()
        inspect(text)
        seconds = time.process_time() - started
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"  {name:32} {peak / 1e6:8.1f} MB   {seconds:.2f} s (traced)   {len(text) // 1024} KB")


def main() -> None:
    measure_core()
    measure_large()
    measure_archive()
    measure_memory()
    if "--core" in sys.argv:
        return
    subprocess.run([sys.executable, "-m", "tests.bench.pages"], check=True)  # a process of its own: it has settings
    from tests.bench import served

    print(f"Behind gunicorn, {served.WORKERS} x {served.THREADS}, {served.CONNECTIONS} connections")
    served.compare_rates(token(6))
    print("The inspector's page (bytes)")
    served.weigh_page()


if __name__ == "__main__":
    main()
