"""A table of calls run against one policy: which answers are the expected ones; as JSON, text and JUnit XML."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from console.core.json.text import visible
from console.core.policy.keep.inputs import Row

Answer = dict[str, Any]
Lines = list[str]


@dataclass(frozen=True, slots=True)
class Result:
    """One call: what came of it, in the contract's JSON and in plain lines. `expected` is "" without expectation."""

    name: str
    answer: Answer
    lines: tuple[str, ...]
    problem: str = ""

    @property
    def agrees(self) -> bool:
        return not self.problem


def run(rows: tuple[Row, ...], judge: Callable[[Row], tuple[Answer, Lines]]) -> tuple[Result, ...]:
    """Every row judged and compared with what it expects."""
    return tuple(_result(number, row, judge) for number, row in enumerate(rows, 1))


def _result(number: int, row: Row, judge: Callable[[Row], tuple[Answer, Lines]]) -> Result:
    answer, lines = judge(row)
    return Result(row.name or f"request {number}", answer, tuple(lines), _difference(row, answer))


def _difference(row: Row, answer: Answer) -> str:
    if answer["verdict"] != row.expect.verdict:
        return f"expected {row.expect.verdict}, got {answer['verdict']}"
    names = [answer["reason"], *answer["reason_aliases"]]
    if row.expect.reason is not None and row.expect.reason not in names:
        return f"expected the reason {visible(row.expect.reason)}, got {answer['reason'] or 'none'}"
    return ""


def single(answer: Answer, lines: Lines) -> Result:
    """One call without a table: it should be allowed."""
    problem = "" if answer["verdict"] == "allow" else f"the verdict is {answer['verdict']}"
    return Result("request", answer, tuple(lines), problem)


def to_json(results: tuple[Result, ...]) -> Answer:
    listed = [{"name": one.name, "agrees": one.agrees, "problem": one.problem, "answer": one.answer} for one in results]
    return {"agree": sum(one.agrees for one in results), "of": len(results), "results": listed}


def to_lines(results: tuple[Result, ...]) -> Lines:
    lines: Lines = []
    for one in results:
        told = f": {one.problem}" if one.problem else ""
        lines.append(f"{'ok  ' if one.agrees else 'FAIL'} {visible(one.name)}{told}")
        lines += [] if one.agrees else [f"  {line}" for line in one.lines]
    return [*lines, f"{sum(one.agrees for one in results)} of {len(results)} as expected"]


def to_junit(results: tuple[Result, ...]) -> str:
    """One test case a call, in the form build servers read."""
    failures = sum(not one.agrees for one in results)
    cases = "".join(_case(one) for one in results)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuite name="evaluate_policy" tests="{len(results)}" failures="{failures}">\n{cases}</testsuite>\n'
    )


def _case(result: Result) -> str:
    start = f'  <testcase classname="evaluate_policy" name={quoteattr(visible(result.name))}'
    if result.agrees:
        return f"{start} />\n"
    told = escape("\n".join(visible(line) for line in result.lines))
    return f"{start}>\n    <failure message={quoteattr(result.problem)}>{told}</failure>\n  </testcase>\n"
