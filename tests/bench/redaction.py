"""What it costs to redact an answer of 1 MB, by kind: milliseconds of processor time, without secrets and with two.

`python -m tests.bench.redaction` prints them, beside what `json.loads` takes of the same text where it is JSON. With a
kind's name behind it, the functions that took longest are printed instead. It is a program, not a test.
"""

import base64
import cProfile
import json
import pstats
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from console.core.answer.keeping import kept
from console.core.credential import Secret
from console.core.exchange import Exchange, Request, Response
from console.core.redaction.redact import Redactor

SIZE, ROUNDS = 1_000_000, 5
_MADE = random.Random(11)
_WORDS = ["order", "chair", "delivered", "customer", "warehouse", "pallet", "open", "Oslo", "invoice", "line", "the"]
KEY = "d41d8cd98f00b204e9800998ecf8427e"


def _sentence(words: int) -> str:
    return " ".join(_MADE.choice(_WORDS) for _ in range(words))


def token() -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    claims = {"aud": "api://orders", "iss": "https://sts.windows.net/1/", "uti": "AbCdEfGhIjKlMnOpQrSt", "x": "y" * 600}
    signature = base64.urlsafe_b64encode(random.Random(7).randbytes(256)).decode().rstrip("=")
    return ".".join((part({"alg": "RS256", "typ": "JWT"}), part(claims), signature))


def _records() -> bytes:
    made = [
        {
            "id": f"{_MADE.getrandbits(32):08x}-{_MADE.getrandbits(16):04x}-4a1b-9c2d-{_MADE.getrandbits(48):012x}",
            "number": number,
            "price": number / 4,
            "customerName": _sentence(2),
            "status": "open",
            "created": f"2026-03-{number % 28 + 1:02}T10:11:12.131Z",
            "lines": [{"sku": f"A-{number}", "isGift": False}],
            "self": f"https://api.example/orders/{number}?api-version=1",
        }
        for number in range(5_000)
    ]
    return json.dumps(made, indent=1).encode()[: SIZE - 2].rpartition(b"},\n {")[0] + b"}]"


def _long_strings() -> bytes:
    return json.dumps([{"title": _sentence(4), "text": _sentence(1_500)} for _ in range(110)]).encode()


def _xml() -> bytes:
    rows = "".join(
        f'  <order id="{number}" state="open"><customer>{_sentence(2)}</customer><price>{number}.50</price></order>\n'
        for number in range(10_400)
    )
    return f"<?xml version='1.0'?>\n<orders xmlns='urn:x'>\n{rows}</orders>".encode()


def _log() -> bytes:
    lines = [
        f"2026-03-01T10:11:{number % 60:02}.{number % 1000:03}Z INFO worker-{number % 7} [req {number:x}] "
        f"GET /api/orders/{number} 200 {number % 97} ms: {_sentence(4)}\n"
        for number in range(9_600)
    ]
    return "".join(lines).encode()


KINDS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "records": ("application/json", _records),
    "long-strings": ("application/json", _long_strings),
    "bench": (
        "application/json",
        lambda: json.dumps([{"id": number, "text": "x" * 80} for number in range(9_300)]).encode(),
    ),
    "base64": ("text/plain", lambda: base64.b64encode(_MADE.randbytes(SIZE * 3 // 4))),
    "json-base64": (
        "application/json",
        lambda: json.dumps(
            [{"content": base64.b64encode(_MADE.randbytes(30_000)).decode()} for _ in range(25)]
        ).encode(),
    ),
    "xml": ("application/xml", _xml),
    "log": ("text/plain", _log),
    "binary": ("application/octet-stream", lambda: _MADE.randbytes(SIZE)),
}


def _once(body: bytes, kind: str, secrets: list[Secret]) -> None:
    response = Response(200, "OK", (("Content-Type", kind),), body)
    raw = Exchange(Request("GET", "https://api.example/orders", (), b""), response, None, 0.0, 1)
    clean = Redactor(secrets)
    kept(raw, clean.exchange(raw), clean)


def _taken(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1_000)
    return statistics.median(times)


def _told(name: str, kind: str, body: bytes) -> str:
    plain, both = (_taken(partial(_once, body, kind, some)) for some in ([], SECRETS))
    read = f", json.loads {_taken(partial(json.loads, body)):.1f} ms" if kind == "application/json" else ""
    return f"  {name} ({len(body):,} bytes): no secret {plain:.1f} ms, two secrets {both:.1f} ms{read}"


def main() -> None:
    wanted = sys.argv[1:]
    for name, (kind, make) in KINDS.items():
        body = make()
        if name in wanted:
            profile = cProfile.Profile()
            profile.runcall(_once, body, kind, SECRETS)
            pstats.Stats(profile).sort_stats("tottime").print_stats(16)
        elif not wanted:
            print(_told(name, kind, body))


SECRETS = [Secret(token()), Secret(KEY)]

if __name__ == "__main__":
    main()
