"""Everything that must hold, in one command: `python -m tests`. Arguments are handed to pytest.

`python -m tests new KIND NAME` begins an entry of a catalogue instead.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests import new, postgres

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
WITHOUT_DATABASE = ("tests/core", "tests/adapters", "tests/sandbox")  # the same on any database: run once
STATIC = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
    ["lint-imports"],
    ["djlint", "--lint", "--quiet", "templates"],
    ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
]


def run(name: str, command: list[str], **environment: str) -> bool:
    """Runs one step of the environment's own programs; says how it went."""
    print(f"\n== {name}", flush=True)
    program = [str(BIN / command[0]), *command[1:]]
    done = subprocess.run(program, cwd=ROOT, env={**os.environ, **environment}, check=False)
    if done.returncode:
        print(f"== {name}: failed with status {done.returncode}", flush=True)
    return done.returncode == 0


def main() -> int:
    """0 when everything holds; the closing lines name what did not. `check --deploy` is tests/test_deploy_check.py."""
    results = {" ".join(step): run(" ".join(step), step, DJANGO_SETTINGS_MODULE="tests.settings") for step in STATIC}
    pytest = ["pytest", "-n", "2", "--dist", "worksteal", *sys.argv[1:]]  # browser tests are long: nobody idles
    results["pytest on SQLite"] = run("pytest on SQLite", pytest)
    if (binaries := postgres.find_binaries()) is None:
        print("\n== pytest on PostgreSQL: not run, because initdb and pg_ctl are not installed")
        results["pytest on PostgreSQL"] = "CONSOLE_REQUIRE_POSTGRES" not in os.environ
    else:
        with postgres.running(binaries) as url:
            ignored = [f"--ignore={folder}" for folder in WITHOUT_DATABASE]
            results["pytest on PostgreSQL"] = run("pytest on PostgreSQL", [*pytest, *ignored], DATABASE_URL=url)
    failed = [name for name, is_good in results.items() if not is_good]
    print(f"\n{len(results) - len(failed)} of {len(results)} steps passed.")
    for name in failed:
        print(f"failed: {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(new.main(sys.argv[2:]) if sys.argv[1:2] == ["new"] else main())
