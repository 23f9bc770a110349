"""Which tests PostgreSQL is asked by: those that prove more than their questions, and the cheapest that ask the rest.

It is all read from what the tests asked SQLite in the same command: nobody marks a test for it.
"""

import json
import os
from collections.abc import Callable, Iterable
from heapq import heapify, heappop, heappush
from operator import attrgetter
from pathlib import Path
from typing import Any

from tests.asked import Asking

LEFT_OUT = "CONSOLE_TESTS_LEFT_OUT"  # the environment's name of the file that lists the tests PostgreSQL does without
STORE = "tests/store/"  # is about the database itself
LEAST_S = 0.02  # what any test costs, however quick it was
DEAR_S = 15


def left_out() -> frozenset[str]:
    """Told by their names: a test that SQLite never ran is not among them."""
    file = os.environ.get(LEFT_OUT)
    return frozenset(json.loads(Path(file).read_text(encoding="utf-8")) if file else ())


def choose(tests: Iterable[Asking]) -> list[Asking]:
    """Together they ask each question that any of the tests asks that is not dear.

    What is dear goes through hundreds of pages, or lets a browser do it: it is taken for the places and the statements
    that no other test has, and not for one more value of theirs.
    """
    tests = list(tests)
    chosen = [test for test in tests if test.beyond or test.id.startswith(STORE)]
    chosen += _cover([test for test in tests if not _is_dear(test)], attrgetter("questions"), chosen)
    chosen += _cover([test for test in tests if _is_dear(test)], _parts, chosen)
    return chosen


def _is_dear(test: Asking) -> bool:
    return test.is_browser or test.took_s > DEAR_S


def _parts(test: Asking) -> frozenset[Any]:
    """Its places and its statements, each for itself."""
    return frozenset(part for place, statement, _ in test.questions for part in (place, statement))


def _cover(tests: list[Asking], asks: Callable[[Asking], frozenset[Any]], chosen: list[Asking]) -> list[Asking]:
    """What the chosen do not ask, beginning with the test that takes least for each that it asks."""
    left = frozenset[Any]().union(*map(asks, tests)) - frozenset[Any]().union(*map(asks, chosen))
    waiting = [(0.0, test.id, test) for test in tests]
    heapify(waiting)
    cover = []
    while left:
        _, name, test = heappop(waiting)
        if new := asks(test) & left:
            price_s = (test.took_s + LEAST_S) / len(new)
            if waiting and price_s > waiting[0][0]:  # it asks less than when it was put there
                heappush(waiting, (price_s, name, test))
            else:
                cover.append(test)
                left -= new
    return cover
