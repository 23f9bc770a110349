"""Everything that must hold, in one command: `python -m tests`. Arguments are handed to pytest.

`python -m tests new KIND NAME` begins an entry of a catalogue instead.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import asked, chosen, new, postgres

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
WITHOUT_DATABASE = ("tests/core", "tests/adapters", "tests/sandbox")  # the same on any database: run once
IS_WHOLE = not sys.argv[1:]
WORKERS = "3"  # for two cores: a test often waits for a program or a far side. A container may have fewer than it sees
STATIC = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
    ["lint-imports"],
    ["djlint", "--lint", "--quiet", "templates"],
    ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
]
# Compiles each module once, on the core that mypy leaves free: two workers that begin together would each do it.
COLLECTED = ["pytest", "--collect-only", "--no-header", "-qq"]


def run(name: str, command: list[str], **environment: str) -> bool:
    """Runs one step of the environment's own programs; says how it went."""
    print(f"\n== {name}", flush=True)
    program = [str(BIN / command[0]), *command[1:]]
    done = subprocess.run(program, cwd=ROOT, env={**os.environ, **environment}, check=False)
    return _is_good(name, done.returncode)


def run_static() -> dict[str, bool]:
    """The static steps, two beside each other: what each says is printed whole, in their order."""

    def started(step: list[str]) -> subprocess.CompletedProcess[str]:
        program = [str(BIN / step[0]), *step[1:]]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.run(program, cwd=ROOT, env=environment, text=True, check=False, **both)

    results = {}
    steps = [*STATIC, COLLECTED]
    with ThreadPoolExecutor(2) as beside:
        for step, done in zip(steps, beside.map(started, steps), strict=True):
            name = " ".join(step)
            told = "" if step is COLLECTED and done.returncode == 0 else done.stdout  # a line for each file
            print(f"\n== {name}\n{told}", end="", flush=True)
            results[name] = _is_good(name, done.returncode)
    return results


def _is_good(name: str, status: int) -> bool:
    if status:
        print(f"== {name}: failed with status {status}", flush=True)
    return status == 0


def main() -> int:
    """0 when everything holds; the closing lines name what did not. `check --deploy` is tests/test_deploy_check.py."""
    with TemporaryDirectory() as folder:
        # Hundreds of processes read the same modules: compiled once, for this run, beside the tree and not in it.
        os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        if IS_WHOLE:
            os.environ[asked.FOLDER] = f"{folder}/asked"
            Path(os.environ[asked.FOLDER]).mkdir()
        results = run_all()
    failed = [name for name, is_good in results.items() if not is_good]
    print(f"\n{len(results) - len(failed)} of {len(results)} steps passed.")
    for name in failed:
        print(f"failed: {name}")
    return 1 if failed else 0


def run_all() -> dict[str, bool]:
    """How each step went, by its name."""
    results = run_static()
    # Browser tests are long: who has none left takes them from the others. What costs most is named.
    pytest = ["pytest", "-n", WORKERS, "--dist", "worksteal", "--durations", "15", *sys.argv[1:]]
    results["pytest on SQLite"] = run("pytest on SQLite", pytest)
    if (binaries := postgres.find_binaries()) is None:
        print("\n== pytest on PostgreSQL: not run, because initdb and pg_ctl are not installed")
        results["pytest on PostgreSQL"] = "CONSOLE_REQUIRE_POSTGRES" not in os.environ
    else:
        with postgres.running(binaries) as url:
            ignored = [f"--ignore={folder}" for folder in WITHOUT_DATABASE]
            left_out = {chosen.LEFT_OUT: _left_out()} if IS_WHOLE else {}
            name, pytest = "pytest on PostgreSQL", [*pytest, *ignored]
            results[name] = run(name, pytest, DATABASE_URL=url, **left_out)
        if IS_WHOLE:
            results["asked on both databases"] = _are_all_asked_again()
    return results


def _left_out() -> str:
    """The file of the tests that PostgreSQL does without, because fewer ask all that they asked SQLite."""
    folder = Path(os.environ[asked.FOLDER])
    tests = asked.read(folder, "sqlite")
    again = {test.id for test in chosen.choose(tests)}
    print(f"\n== {len(again)} of {len(tests)} tests ask PostgreSQL all that SQLite was asked")
    file = folder.with_name("left_out")
    file.write_text(json.dumps([test.id for test in tests if test.id not in again]), encoding="utf-8")
    return str(file)


def _are_all_asked_again() -> bool:
    """Whether PostgreSQL was asked wherever SQLite was; says where it was not."""
    print("\n== asked on both databases", flush=True)
    left = asked.never_asked_again(Path(os.environ[asked.FOLDER]))
    for place in left:
        print(f"PostgreSQL was never asked at {place}: the tests that came there with SQLite did not")
    return not left


if __name__ == "__main__":
    sys.exit(new.main(sys.argv[2:]) if sys.argv[1:2] == ["new"] else main())
