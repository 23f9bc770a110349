"""Where the console asks its database: noted while the suite runs, so that PostgreSQL is asked at each place too.

The suite runs whole on SQLite, and on PostgreSQL without the tests marked `once`. So that the mark costs nothing that
PostgreSQL alone would show, the last step of `python -m tests` compares: a place that asked SQLite, but for tests about
SQLite alone, and never PostgreSQL is named and fails the run.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db.backends.utils import CursorWrapper

FOLDER = "CONSOLE_TESTS_PLACES"  # the environment's name of the folder that places are noted in
CONSOLE = f"{Path(__file__).parent.parent / 'console'}{os.sep}"
DEPTH = 2  # a statement's own line, and the line that wanted it: a helper of many is as many places
NO_PLACE = ("migrations", "management")  # what prepares a database
# Where Django finds out what SQLite can, once for each connection, from whatever line happens to need it first.
FEATURES = str(Path("db", "backends", "sqlite3", "features.py"))


@contextmanager
def noted(vendor: str) -> Iterator[None]:
    """Notes each place that asks, if somebody wants to know."""
    folder = os.environ.get(FOLDER)
    if not folder:
        yield
        return
    seen: set[str] = set()
    ask = CursorWrapper._execute_with_wrappers

    def asked(self: Any, *arguments: Any, **options: Any) -> Any:
        seen.add(_place())
        return ask(self, *arguments, **options)

    CursorWrapper._execute_with_wrappers = asked
    try:
        yield
    finally:
        CursorWrapper._execute_with_wrappers = ask
        Path(folder, f"{vendor}.{os.getpid()}").write_text("\n".join(seen), encoding="utf-8")


def _place() -> str:
    """The nearest lines of the console, "" for a statement of the tests' or of Django's own."""
    lines: list[str] = []
    frame = sys._getframe(2)
    while frame is not None and len(lines) < DEPTH:
        name = frame.f_code.co_filename
        if name.endswith(FEATURES):
            return ""
        if name.startswith(CONSOLE):
            lines.append(f"{name.removeprefix(CONSOLE)}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(lines)


def never_asked_again(folder: Path) -> list[str]:
    """The places that asked SQLite and not PostgreSQL. Who wanted it does not count where a test asked by itself."""

    def of(vendor: str) -> set[str]:
        found = (path.read_text(encoding="utf-8").splitlines() for path in folder.glob(f"{vendor}.*"))
        return {place for places in found for place in places if not place.startswith(NO_PLACE)}

    again = of("postgresql")
    lines = {place.partition(" < ")[0] for place in again}
    return sorted(of("sqlite") - again - lines - {""})
