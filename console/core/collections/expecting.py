"""What is expected of an answer: a line of text each, and whether an answer is like that.

status 200            status 2xx               status 200, 204
header ETag exists    header Content-Type contains json
$.id exists           $.status is done         $.owner is {{user}}      $.error is absent
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from console.core.collections.answer import CollectionAnswer, words_of
from console.core.collections.json_path import MISSING, JsonPath, read_start
from console.core.collections.lines import MOST_LINE, header_name_problem
from console.core.collections.names import names_in
from console.core.collections.taken import TakenValues
from console.core.compose.variables import NAMED
from console.core.json import strict
from console.core.json.values import NumberText

_STATUS = re.compile(r"[1-5](?:\d\d|xx|XX)")
_MOST_DIGITS = 100  # of a number that is compared as one


class AnswerSide(StrEnum):
    STATUS = "status"
    HEADER = "header"
    JSON = "json"


class Comparison(StrEnum):
    IS = "is"
    IS_NOT = "is not"
    CONTAINS = "contains"
    EXISTS = "exists"
    IS_ABSENT = "is absent"


# What a line may say behind its header or path; the longer of two that begin alike first.
_WORDS = (Comparison.IS_ABSENT, Comparison.IS_NOT, Comparison.EXISTS, Comparison.CONTAINS, Comparison.IS)


@dataclass(frozen=True, slots=True)
class AnswerExpectation:
    """One line. `name` is the header's; `path` the place in the body, None for the other parts; `value` as typed."""

    line: str
    part: AnswerSide
    comparison: Comparison
    name: str = ""
    path: JsonPath | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """`line` is what was expected, as typed; `problem` says what was instead, "" when it is met. `compared` is the line
    with the values that stand for its names, secrets masked; "" where it has none.
    """

    line: str
    problem: str = ""
    compared: str = ""

    @property
    def shown(self) -> str:
        """What was compared with the answer, for people."""
        return self.compared or self.line

    @property
    def is_met(self) -> bool:
        return not self.problem


def read_expectation(line: str) -> AnswerExpectation | str:
    """The expectation that a line says; one sentence when it says none."""
    text = line.strip()
    if len(text) > MOST_LINE:
        return f"The line is longer than {MOST_LINE} characters."
    if text.startswith("$"):
        return _of_path(text)
    word, _, rest = text.partition(" ")
    if word.lower() == "status":
        return _of_status(text, rest.removeprefix("is ").strip())
    if word.lower() == "header":
        return _of_header(text, rest.strip())
    return "A line begins with status, header or $, for example: status 200."


def named_in(expectation: AnswerExpectation) -> list[str]:
    """The values of earlier answers that it compares with."""
    return names_in(expectation.value)


def judged(
    expectations: tuple[AnswerExpectation, ...], answer: CollectionAnswer, values: TakenValues
) -> tuple[ExpectationResult, ...]:
    """Each with what was instead. Where no status is expected, one of 200 to 299 is."""
    told = [_judged(one, answer, values) for one in expectations]
    if not any(one.part is AnswerSide.STATUS for one in expectations):
        told.insert(0, ExpectationResult(USUAL.line, _status(USUAL, answer, values)))
    return tuple(told)


def _judged(one: AnswerExpectation, answer: CollectionAnswer, values: TakenValues) -> ExpectationResult:
    """A name that nobody gave a value stands for itself; where the line is not met, that may be why."""
    names, problem = named_in(one), _JUDGES[one.part](one, answer, values)
    lacks = [name for name in names if name not in values]
    if problem and lacks:
        problem = f"{problem} {{{{{lacks[0]}}}}} was never filled: nobody gave it a value."
    compared = NAMED.sub(lambda found: values[found[1]].shown if found[1] in values else found[0], one.line)
    return ExpectationResult(one.line, problem, compared if len(lacks) < len(names) else "")


def expected_status(expectations: tuple[AnswerExpectation, ...]) -> str:
    """The status that is expected, as typed."""
    return next((one.value for one in expectations if one.part is AnswerSide.STATUS), USUAL.value)


def _of_status(text: str, rest: str) -> AnswerExpectation | str:
    wanted = [one.strip() for one in rest.split(",")]
    if not all(_STATUS.fullmatch(one) for one in wanted):
        return "Behind status stands a number or a class, for example: status 200, or status 2xx."
    return AnswerExpectation(text, AnswerSide.STATUS, Comparison.IS, value=", ".join(wanted).lower())


def _of_header(text: str, rest: str) -> AnswerExpectation | str:
    name, _, said = rest.partition(" ")
    if problem := header_name_problem(name):
        return problem
    return _compared(text, said.strip(), AnswerSide.HEADER, name=name)


def _of_path(text: str) -> AnswerExpectation | str:
    start = read_start(text)
    return start if isinstance(start, str) else _compared(text, start.rest, AnswerSide.JSON, path=start.path)


def _compared(
    text: str, said: str, part: AnswerSide, *, name: str = "", path: JsonPath | None = None
) -> AnswerExpectation | str:
    lower = said.lower()
    for word in _WORDS:
        if lower == word or lower.startswith(f"{word} "):
            value, is_alone = said[len(word) :].strip(), word in (Comparison.EXISTS, Comparison.IS_ABSENT)
            if is_alone == bool(value):
                if is_alone:
                    return f"“{word}” takes no value: remove what stands behind it."
                return f"Write a value behind “{word}”, for example: {text.strip()} done."
            return AnswerExpectation(text, part, word, name, path, value)
    return "Write exists, is absent, is, is not or contains behind it, for example: $.status is done."


def _status(one: AnswerExpectation, answer: CollectionAnswer, _values: TakenValues) -> str:
    status = str(answer.came.status)
    is_met = any(status == want or (want.endswith("xx") and status[0] == want[0]) for want in one.value.split(", "))
    return "" if is_met else f"The status is {status}."


def _header(one: AnswerExpectation, answer: CollectionAnswer, values: TakenValues) -> str:
    came, shown = answer.came.header(one.name), answer.shown.header(one.name)
    wanted = _as_text(one.value, values)
    is_met = _holds(one.comparison, came, lambda: bool(came == wanted), lambda: wanted.lower() in str(came).lower())
    return "" if is_met else f"The header is {words_of(shown)}." if came is not MISSING else "There is no such header."


def _json(one: AnswerExpectation, answer: CollectionAnswer, values: TakenValues) -> str:
    if one.path is None or answer.came.no_json:
        return answer.came.no_json
    came, shown = answer.came.at(one.path), answer.shown.at(one.path)
    is_met = _holds(
        one.comparison, came, lambda: _is_same(came, one.value, values), lambda: _has(came, one.value, values)
    )
    if is_met:
        return ""
    told = f"There is {words_of(shown if came is not MISSING else came)}"
    return f"{told}; that is a text: write it in quotes." if _lacks_quotes(came, one) else f"{told}."


def _lacks_quotes(came: Any, one: AnswerExpectation) -> bool:
    """Whether a number (or true, or null) was typed for a text of the same letters."""
    return one.comparison is Comparison.IS and isinstance(came, str) and came == one.value


def _holds(comparison: Comparison, came: Any, is_same: Callable[[], bool], has: Callable[[], bool]) -> bool:
    """Of what is not there nothing is true but that it is absent."""
    if came is MISSING:
        return comparison is Comparison.IS_ABSENT
    return {
        Comparison.EXISTS: lambda: True,
        Comparison.IS_ABSENT: lambda: False,
        Comparison.IS: is_same,
        Comparison.IS_NOT: lambda: not is_same(),
        Comparison.CONTAINS: has,
    }[comparison]()


def _is_same(came: Any, typed: str, values: TakenValues) -> bool:
    """As JSON where what was typed is JSON: `is 5` wants the number, `is "5"` the text, `is five` the text alike."""
    wanted = _as_json(typed, values)
    return _equal(came, wanted) or (isinstance(came, str) and came == _as_text(typed, values) and wanted is MISSING)


def _has(came: Any, typed: str, values: TakenValues) -> bool:
    """A part of a text, an item of a list, the name of a member."""
    text, wanted = _as_text(typed, values), _as_json(typed, values)
    if isinstance(came, list):
        return any(_equal(item, text if wanted is MISSING else wanted) for item in came)
    plain = wanted if isinstance(wanted, str) else text
    return plain in came if isinstance(came, str | dict) else False


def _as_json(typed: str, values: TakenValues) -> Any:
    """The value that was typed; MISSING when it is plain text."""
    whole = NAMED.fullmatch(typed)
    text = values[whole[1]].as_json if whole and whole[1] in values else typed
    reading = strict.read_text(text)
    return reading.value if reading.is_json else MISSING


def _as_text(typed: str, values: TakenValues) -> str:
    return NAMED.sub(lambda one: values[one[1]].text if one[1] in values else one[0], typed)


def _equal(one: Any, other: Any) -> bool:
    """JSON's own sense of the same: numbers by value, and true is no 1."""
    left, right = _number(one), _number(other)
    if left is not None or right is not None:
        return left == right
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return type(one) is type(other) and bool(one == other)


def _number(value: Any) -> Decimal | str | None:
    """None for what is no number; of one with too many digits, or too large an exponent, its text."""
    if isinstance(value, bool) or not isinstance(value, int | float | NumberText):
        return None
    text = value.text if isinstance(value, NumberText) else str(value)
    if len(text) > _MOST_DIGITS or not text[-1].isdigit():
        return text
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        return text


USUAL = AnswerExpectation("status 2xx", AnswerSide.STATUS, Comparison.IS, value="2xx")
_Judge = Callable[[AnswerExpectation, CollectionAnswer, TakenValues], str]
_JUDGES: Mapping[AnswerSide, _Judge] = {AnswerSide.STATUS: _status, AnswerSide.HEADER: _header, AnswerSide.JSON: _json}
