"""What each test asks its database: noted while the suite runs, so that PostgreSQL is asked the same by few tests.

A question is a statement's shape at a place of the console, what is special about its values, and what came of it.
`tests/chosen.py` chooses by the questions that the tests asked SQLite.
"""

import json
import os
import re
import sys
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper

FOLDER = "CONSOLE_TESTS_ASKED"  # the environment's name of the folder that questions are noted in
CONSOLE = f"{Path(__file__).parent.parent / 'console'}{os.sep}"
DEPTH = 2  # a statement's own line, and the line that wanted it: a helper of many is as many places
NO_PLACE = ("migrations", "management")  # what prepares a database
# Where Django finds out what SQLite can, once for each connection, from whatever line happens to need it first.
FEATURES = str(Path("db", "backends", "sqlite3", "features.py"))
VENDORS = ("sqlite", "postgresql")
SAME_SHAPE = (
    (re.compile(r"%s(?:, %s)+"), "%s"),  # any number of values
    (re.compile(r"\(%s\)(?:, \(%s\))+"), "(%s)"),  # any number of rows of them
    (re.compile(r'"s\d+_x\d+"'), '"savepoint"'),
    (re.compile(r"\b(LIMIT|OFFSET) \d+"), r"\1 n"),
)
LENGTHS = (20, 50, 100, 200, 500, 2000)  # of columns: PostgreSQL refuses what is longer, SQLite does not count
Question = tuple[str, str, str]  # the place, the statement, and the rest
# What a test proves beyond its questions.
DID_NOT_PASS = "did not pass on SQLite"
REFUSED = "was refused something"
THREADS = "asks in several threads"
TRANSACTIONS = "keeps its transactions"


@dataclass(frozen=True)
class Asking:
    """A test that asks any database: what it proves beyond its questions, and those."""

    id: str
    took_s: float
    is_browser: bool
    beyond: frozenset[str]
    questions: frozenset[Question]


class Notes:
    """A plugin of pytest that writes what each test of this process asked."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._tests: list[tuple[str, float, bool, list[str], list[int]]] = []
        self._begin()

    def _begin(self) -> None:
        self._asked: set[int] = set()
        self._beyond: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Iterator[None]:
        os.environ.pop(FOLDER, None)  # a suite that a test starts is none of this one's
        with noted(self.note):
            done = yield
        if self._tests:  # the process that hands them out runs none
            questions = [(_place(lines), shape, f"{rest}") for lines, shape, *rest in self._numbers]
            self._file.write_text(json.dumps([questions, self._tests]), encoding="utf-8")
        return done

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._begin()
        begun = time.perf_counter()
        done = yield
        if asks_any_database(item):
            took_s, is_browser = time.perf_counter() - begun, item.get_closest_marker("browser") is not None
            if is_browser:  # each has threads, keeps its transactions
                self._beyond &= {DID_NOT_PASS}
            elif _keeps_its_transactions(item):
                self._beyond.add(TRANSACTIONS)
            self._tests.append((item.nodeid, took_s, is_browser, sorted(self._beyond), sorted(self._asked)))
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self._beyond.add(DID_NOT_PASS)

    def note(self, question: tuple[Any, ...], was_refused: bool) -> None:
        """Whatever thread asks, it is the test that runs now that wanted it."""
        self._asked.add(self._numbers.setdefault(question, len(self._numbers)))
        if was_refused:
            self._beyond.add(REFUSED)
        if threading.current_thread() is not threading.main_thread():
            self._beyond.add(THREADS)


def asks_any_database(item: pytest.Item) -> bool:
    """It touches a database, and is not about SQLite alone."""
    if item.get_closest_marker("sqlite"):
        return False
    fixtures = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(fixtures & set(getattr(item, "fixturenames", ()))) or item.get_closest_marker("django_db") is not None


def _keeps_its_transactions(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in getattr(item, "fixturenames", ()) or bool(mark and mark.kwargs.get("transaction"))


@contextmanager
def noted(note: Callable[[tuple[Any, ...], bool], None]) -> Iterator[None]:
    """Each question is told, and whether it was refused: the lines of the console that ask, the statement's shape, what
    is special about its values, and what came of it.
    """
    ask = CursorWrapper._execute_with_wrappers

    def asked(cursor: Any, statement: Any, values: Any, **options: Any) -> Any:
        cursor.asked = (_lines(), _shape(str(statement)), _special(values))
        outcome: int | str = "interrupted"
        try:
            answer = ask(cursor, statement, values, **options)
            outcome = min(cursor.cursor.rowcount, 2)  # rows that it changed: none, one, several
            return answer
        except Exception as problem:
            outcome = type(problem).__name__
            raise
        finally:
            note((*cursor.asked, outcome), isinstance(outcome, str))

    def fetching(how: str) -> Callable[..., Any]:
        def fetch(cursor: Any, *size: int) -> Any:
            came = cursor.__getattr__(how)(*size)
            if came:  # what becomes of values is seen where there are some
                note((*cursor.asked, "a row"), False)
                if how != "fetchone" and len(came) > 1:  # and their order
                    note((*cursor.asked, "rows"), False)
            return came

        return fetch

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CursorWrapper, "_execute_with_wrappers", asked)
        for how in ("fetchone", "fetchmany", "fetchall"):
            patch.setattr(CursorWrapper, how, fetching(how), raising=False)
        yield


def _lines() -> tuple[str | int, ...]:
    """The nearest lines of the console, each after its file: none for a statement of the tests' or of Django's own."""
    found: tuple[str | int, ...] = ()
    frame = sys._getframe(2)
    while frame is not None and len(found) < 2 * DEPTH:
        name = frame.f_code.co_filename
        part = _part(name)
        if part == CONSOLE:
            found = (*found, name, frame.f_lineno)
        elif part == FEATURES:
            return ()
        frame = frame.f_back
    return found


@cache
def _part(name: str) -> str:
    """Of what a file is: of the console, of what finds out about SQLite, or "" of anything else."""
    return CONSOLE if name.startswith(CONSOLE) else FEATURES if name.endswith(FEATURES) else ""


def _place(lines: tuple[str | int, ...]) -> str:
    told = (f"{str(name).removeprefix(CONSOLE)}:{line}" for name, line in zip(lines[::2], lines[1::2], strict=True))
    return " < ".join(told)


@cache
def _shape(statement: str) -> str:
    """The same for any number of values, rows and levels."""
    for pattern, shape in SAME_SHAPE:
        statement = pattern.sub(shape, statement)
    return statement


def _special(values: Any) -> str:
    """A letter for each kind of value that one database takes, or finds, and the other does not; and how long."""
    found, longest, left = set(), 0, [values]
    while left:
        value = left.pop()
        if isinstance(value, str):
            longest = max(longest, len(value))
            if not value.isascii() or "\\u" in value:  # as JSON has it
                found.add("u")
            if "\0" in value or "\\u0000" in value:
                found.add("0")
        elif isinstance(value, int):
            found.add("i" * min(value.bit_length() // 32, 2))  # more than a column of 32 or 64 bits takes
        elif isinstance(value, dict):
            left += value.values()
        elif isinstance(value, list | tuple):
            left += value
    return f"{bisect_right(LENGTHS, longest)}{''.join(sorted(found))}"


def read(folder: Path, vendor: str) -> list[Asking]:
    """What the processes of a run noted, in the order of their tests' names; of the console's questions alone."""
    tests = []
    for file in folder.glob(f"{vendor}.*"):
        questions, asking = json.loads(file.read_text(encoding="utf-8"))
        own = [tuple(one) if one[0] and not one[0].startswith(NO_PLACE) else None for one in questions]
        for name, took_s, is_browser, beyond, numbers in asking:
            asked = frozenset(own[number] for number in numbers) - {None}
            tests.append(Asking(name, took_s, is_browser, frozenset(beyond), asked))
    return sorted(tests, key=lambda test: test.id)


def never_asked_again(folder: Path) -> list[str]:
    """The places that asked SQLite and not PostgreSQL. Who wanted it does not count where a test asked by itself."""
    first, again = ({place for test in read(folder, vendor) for place, *_ in test.questions} for vendor in VENDORS)
    return sorted(first - again - {place.partition(" < ")[0] for place in again})
