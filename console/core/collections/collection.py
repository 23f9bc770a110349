"""A collection: saved requests in an order, and what is expected of and taken from each answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from console.core.collections.expecting import AnswerExpectation, read_expectation
from console.core.collections.lines import MOST_LINES, lines_of
from console.core.collections.taking import ValueToTake, read_take

MOST_STEPS = 20
MOST_TEXT = 8000  # characters of what is expected, or taken, of one step
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CollectionStep:
    """`request_id` is the saved request; `expects` and `takes` are lines as typed, "" for none. `follows`: where its
    answer begins long work, the answer at the end of that work is the one they are about.
    """

    request_id: str
    expects: str = ""
    takes: str = ""
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Collection:
    """`stops_early`: the first step that is not as expected is the last. `version` counts its changes."""

    id: str
    profile_id: str
    name: str
    steps: tuple[CollectionStep, ...] = ()
    stops_early: bool = False
    version: int = 0
    changed_at: int = 0


@dataclass(frozen=True, slots=True)
class LinesRead:
    """What the lines of a step say; with `problems` one sentence for each that says nothing."""

    expectations: tuple[AnswerExpectation, ...] = ()
    values: tuple[ValueToTake, ...] = ()
    problems: tuple[str, ...] = ()


def read_expects(text: str) -> LinesRead:
    found, problems = _read(text, lambda _, line: read_expectation(line))
    return LinesRead(expectations=tuple(found), problems=tuple(problems))


def read_takes(text: str) -> LinesRead:
    first: dict[str, int] = {}

    def read_once(number: int, line: str) -> ValueToTake | str:
        one = read_take(line)
        if isinstance(one, ValueToTake) and first.setdefault(one.name, number) != number:
            return f"{one.name} is taken in line {first[one.name]} already. Give one of the two another name."
        return one

    found, problems = _read(text, read_once)
    return LinesRead(values=tuple(found), problems=tuple(problems))


def read_step(step: CollectionStep) -> LinesRead:
    """Both; what is kept was read when it was saved, so that problems mean a row that was changed by hand."""
    expects, takes = read_expects(step.expects), read_takes(step.takes)
    return LinesRead(expects.expectations, takes.values, (*expects.problems, *takes.problems))


def _read(text: str, read: Callable[[int, str], T | str]) -> tuple[list[T], list[str]]:
    lines = lines_of(text)
    if len(lines) > MOST_LINES or len(text) > MOST_TEXT:
        return [], [f"At most {MOST_LINES} lines and {MOST_TEXT:,} characters are read."]
    found, problems = list[T](), list[str]()
    for number, line in lines:
        one = read(number, line)
        if isinstance(one, str):
            problems.append(f"Line {number}: {one}")
        else:
            found.append(one)
    return found, problems
