"""A bench of rows run on SQLite and on PostgreSQL, each in a fresh database of its own and in a process of its own."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable

from tests import postgres
from tests.bench.served import environment

# One person asks for more within a minute than anybody may; the share of the processor is not what is measured.
UNHINDERED = {"CONSOLE_PROCESSOR_S_PER_MINUTE": "0"}


def main(bench: str, doc: str, what: str, many: int, measure: Callable[[int], int]) -> int:
    """Runs `measure(how many)` of tests.bench.BENCH on each; `--WHAT N` says how many. 0 when all is well."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument(f"--{what}", type=int, default=many, dest="many")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        return measure(chosen.many)
    command = [sys.executable, "-m", f"tests.bench.{bench}", "--here", f"--{what}", str(chosen.many)]
    with tempfile.TemporaryDirectory() as folder:
        bad = subprocess.run(command, env={**environment(folder, is_bare=False), **UNHINDERED}, check=False).returncode
    if (binaries := postgres.find_binaries()) is None:
        print("PostgreSQL is not installed: not measured")
        return bad
    with tempfile.TemporaryDirectory() as folder, postgres.running(binaries) as url:
        found = {**environment(folder, is_bare=False), **UNHINDERED, "DATABASE_URL": url}
        return subprocess.run(command, env=found, check=False).returncode or bad
