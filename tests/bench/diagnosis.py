"""Measures the diagnosis: evidence of every case beside the JSON parser, a long log, memory, and policy expressions.

Run it from the top of the checkout, on a quiet machine: `python -m tests.bench.diagnosis [EVIDENCE...]`, where EVIDENCE
are further files or folders of `*.json`, each with an object or {"evidence": {...}}. It is a program, not a test: it
prints figures beside their targets and decides nothing.
"""

import gc
import json
import pathlib
import random
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable
from importlib import import_module
from typing import Any

import re2  # type: ignore[import-untyped]

from console.core.diagnosis import CAUSES, explain, read_evidence
from console.core.diagnosis.codes.phrase_table import TABLE
from console.core.diagnosis.terms import Stage
from console.core.policy.csharp import Unknown, evaluate

ROOT = pathlib.Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
EXPRESSIONS = "policy_expressions/expressions.jsonl"
LOG_CHARACTERS, MANY, ROUNDS = 64 * 1024, 10_000, 5
LINES = (
    "2026-11-28T10:{m:02d}:{s:02d}.{n}Z INFO  [http-nio-8080-exec-{n}] o.s.web.Servlet - Completed 200 OK",
    "2026-11-28T10:{m:02d}:{s:02d}.{n}Z DEBUG [http-nio-8080-exec-{n}] o.s.web.FilterChain - GET /orders/{n}",
    "info: AspNetCore.Hosting[2] Request finished HTTP/1.1 GET https://api.example.com/o/{n} - 200",
    "\tat org.springframework.security.web.FilterChainProxy$VirtualFilterChain.doFilter(FilterChainProxy.java:{n})",
    '{{"time":"2026-11-28T10:{m:02d}:{s:02d}Z","level":"info","msg":"request","path":"/orders/{n}","status":200}}',
)  # fmt: skip
REFUSAL = (
    "Bearer error: IDX10214: Audience validation failed. Audiences: 'api://orders'. Did not match: "
    "validationParameters.ValidAudience: 'api://billing' or validationParameters.ValidAudiences: 'null'."
)


def milliseconds(function: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Of processor, for one call; the best of some rounds, because what other programs do only ever adds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time_ns()
        function()
        best = min(best, (time.process_time_ns() - started) / 1e6)
    return best


def cases() -> dict[str, Any]:
    """Evidence by name: the files that were named, else the shared cases, else the rows of the tests of the stages."""
    named = [pathlib.Path(one) for one in sys.argv[1:]] or [SHARED / "cases"]
    paths = [path for one in named for path in (sorted(one.glob("*.json")) if one.is_dir() else [one])]
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in paths if path.exists()}
    if found:
        return {name: value.get("evidence", value) for name, value in found.items()}
    modules = [import_module(f"tests.core.diagnosis.test_{stage.value.replace('-', '_')}") for stage in Stage]
    rows = [row for module in modules for row in (*module.MATCHES, *module.NEAR_MISSES)]
    return {f"{number} {row[0]}": row[1] for number, row in enumerate(rows)}


def log(size: int = LOG_CHARACTERS) -> str:
    """What a service prints in an hour, and between two requests why it refused one."""
    chance = random.Random(1)
    lines: list[str] = []
    while sum(map(len, lines)) < size:
        line = chance.choice(LINES)
        lines += [line.format(m=chance.randrange(60), s=chance.randrange(60), n=chance.randrange(100, 999))]
    lines.insert(len(lines) // 3, REFUSAL)
    return "\n".join(lines)[:size]


def soup(size: int = LOG_CHARACTERS) -> str:
    """The words of all patterns in no order: the worst text for whoever looks for them."""
    chance = random.Random(1)
    words = sorted({word for phrase in TABLE for word in phrase.pattern.pattern.split() if word.isalpha()})
    return " ".join(chance.choice(words) for _ in range(size // 4))[:size]


def diagnose(evidence: Any) -> Any:
    return explain(read_evidence(evidence))


def measure_cases(evidence: dict[str, Any]) -> None:
    for one in evidence.values():
        diagnose(one)  # tables are prepared at the first text
    taken = sorted((milliseconds(lambda one=one: diagnose(one)), name) for name, one in evidence.items())
    texts = [json.dumps(one) for one in evidence.values()]
    parsed = sum(milliseconds(lambda text=text: json.loads(text)) for text in texts) / len(texts)
    median, last, (most, name) = taken[len(taken) // 2][0], taken[int(len(taken) * 0.99)][0], taken[-1]
    print(f"A diagnosis by {len(CAUSES)} causes, of {len(taken)} pieces of evidence (milliseconds of processor)")
    print(f"  median            {median:8.2f}   (target 3)   {median / parsed:.0f} of parsing the same JSON")
    print(f"  99th percentile   {last:8.2f}   (target 20)")
    print(f"  the longest       {most:8.2f}   {name}")


def measure_texts() -> None:
    pattern = re2.compile("|".join(f"(?:{word})" for word in ("expired", "audience", "issuer", "signature")))
    print(f"A pasted text of {LOG_CHARACTERS // 1024} KB (milliseconds of processor)")
    for name, text, target in (("a log", log(), "(target 50)"), ("words of all patterns", soup(), "")):
        walked = milliseconds(lambda text=text: list(pattern.finditer(text)))
        taken = milliseconds(lambda text=text: diagnose(text))
        first = diagnose(text).primary
        told = f"{first.cause}, {first.confidence}" if first else "nothing"
        print(f"  {name:22} {taken:8.2f}   {target:12}{taken / walked:6.0f} of one walk of RE2 over it   told: {told}")


def measure_memory(evidence: dict[str, Any]) -> None:
    ways = list(evidence.values())

    def run(count: int) -> None:
        for number in range(count):
            diagnose(ways[number % len(ways)])
        gc.collect()

    run(len(ways))
    before = resident()
    run(MANY)
    after = resident()
    tracemalloc.start()
    run(len(ways))
    held = tracemalloc.get_traced_memory()[0]
    run(MANY // 10)
    grown, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"Memory over {MANY:,} diagnoses")
    print(f"  of the process    {after / 1e6:8.1f} MB, {(after - before) / 1e6:+.1f} MB")
    print(f"  kept, over {MANY // 10:,}  {(grown - held) / 1e3:+8.1f} KB; at most {peak / 1e6:.1f} MB while diagnosing")


def resident() -> int:
    """Bytes of the process that are in memory now, on Linux; elsewhere the most there ever were."""
    statm = pathlib.Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def measure_expressions() -> None:
    path = next(one for one in (SHARED / EXPRESSIONS, ROOT / "tests" / "vectors" / EXPRESSIONS) if one.exists())
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    asked = [(row["expression"], example.get("context", {})) for row in rows for example in row["examples"]]
    outcomes = [evaluate(*one) for one in asked]
    told = sum(not isinstance(outcome, Unknown) for outcome in outcomes)
    taken = sorted((milliseconds(lambda one=one: evaluate(*one)), one[0]) for one in asked)
    parsed = sum(milliseconds(lambda one=one: json.loads(json.dumps(one[1]))) for one in asked) / len(asked)
    median, last, (most, text) = taken[len(taken) // 2][0], taken[int(len(taken) * 0.99)][0], taken[-1]
    print(f"An expression that was read before, of {len(asked)}, {told} of them told (milliseconds of processor)")
    print(
        f"  median            {median:8.3f}   (target 0.2)   {median / parsed:.0f} of writing and parsing its context"
    )
    print(f"  99th percentile   {last:8.3f}")
    print(f"  the longest       {most:8.3f}   {' '.join(text.split())[:80]}")


def main() -> None:
    evidence = cases()
    measure_cases(evidence)
    measure_texts()
    measure_expressions()
    measure_memory(evidence)


if __name__ == "__main__":
    main()
