"""What is taken from an answer for the calls that follow: a line each, `name = $.path` or `name = header Name`."""

from dataclasses import dataclass
from typing import Any

from console.core.collections.answer import AnswerPart, CollectionAnswer
from console.core.collections.expecting import ExpectationResult
from console.core.collections.json_path import MISSING, JsonPath, read_start
from console.core.collections.lines import MOST_LINE, header_name_problem
from console.core.collections.taken import NAME, TakenValue, taken

_EXAMPLE = "Write name = $.path, or name = header Name, for example: orderId = $.id."


@dataclass(frozen=True, slots=True)
class ValueToTake:
    """`header` is "" where the value stands in the body, at `path`, which is None else."""

    line: str
    name: str
    header: str = ""
    path: JsonPath | None = None

    def of(self, part: AnswerPart) -> Any:
        return part.at(self.path) if self.path is not None else part.header(self.header)


def read_take(line: str) -> ValueToTake | str:
    """What a line takes; one sentence when it takes nothing."""
    name, equals, place = (part.strip() for part in line.partition("="))
    if len(line) > MOST_LINE:
        return f"The line is longer than {MOST_LINE} characters."
    if not equals or not place:
        return _EXAMPLE
    if not NAME.fullmatch(name):
        return f"A name has letters, digits and _ . - and begins with a letter. {_EXAMPLE}"
    if place.startswith("$"):
        start = read_start(place)
        if isinstance(start, str):
            return start
        return f"Nothing stands behind the path. {_EXAMPLE}" if start.rest else ValueToTake(line, name, path=start.path)
    word, _, header = place.partition(" ")
    if word.lower() != "header":
        return _EXAMPLE
    return header_name_problem(header.strip()) or ValueToTake(line, name, header.strip())


def take(wanted: ValueToTake, answer: CollectionAnswer) -> TakenValue | ExpectationResult:
    """The value; as an expectation that is not met, what there was instead."""
    came = wanted.of(answer.came)
    if came is MISSING:
        why = answer.came.no_json if wanted.path is not None else ""
        return ExpectationResult(wanted.line, why or "There is nothing to take.")
    found = taken(wanted.name, came, shown=wanted.of(answer.shown))
    return found if isinstance(found, TakenValue) else ExpectationResult(wanted.line, f"What stands there {found}")
