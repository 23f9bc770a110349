"""What a run says first, and what is kept of a step."""

import pytest

from console.core.collections.collection import CollectionStep, read_expects, read_step, read_takes
from console.core.collections.expecting import ExpectationResult
from console.core.collections.result import (
    CollectionResult,
    CollectionStepResult,
    StepOutcome,
    StepProblem,
    bounded_step,
)

GOOD = CollectionStepResult(1, "List orders", StepOutcome.AS_EXPECTED, status=200, expected="200")
REFUSED = CollectionStepResult(
    3,
    "Read it",
    StepOutcome.UNEXPECTED,
    status=401,
    expected="200",
    checks=(ExpectationResult("status 200", "The status is 401."),),
    cause="wrong-audience",
    cause_title="The token is for another API",
)
OTHER = CollectionStepResult(
    2,
    "Look",
    StepOutcome.UNEXPECTED,
    status=200,
    checks=(ExpectationResult("status 2xx"), ExpectationResult("$.a is b", "There is 1.")),
)
UNSENT = CollectionStepResult(2, "Read", StepOutcome.NOT_SENT, problem=StepProblem("Nobody gave a value for {{id}}."))
SILENT = CollectionStepResult(
    2, "Read", StepOutcome.UNEXPECTED, problem=StepProblem("Refused."), cause_title="Nobody listens"
)
STOPPED = CollectionStepResult(2, "Read", StepOutcome.STOPPED)


def result(*steps, total=5, is_done=True):
    return CollectionResult("r", "c", "p", "Orders", "Billing", steps, total, is_done, 1_800_000_000)


@pytest.mark.parametrize(
    ("found", "headline"),
    [
        (result(*[GOOD] * 5), "5 of 5 as expected."),
        (
            result(GOOD, GOOD, REFUSED, GOOD, GOOD),
            "4 of 5 as expected; step 3 answered 401 instead of 200: The token is for another API.",
        ),
        (
            result(GOOD, OTHER, GOOD),
            "2 of 5 as expected; step 2 answered 200, but “$.a is b” was expected. There is 1.",
        ),
        (result(GOOD, UNSENT), "1 of 5 as expected; step 2 was not sent: Nobody gave a value for {{id}}."),
        (result(GOOD, SILENT), "1 of 5 as expected; step 2 got no answer: Nobody listens."),
        (result(GOOD, STOPPED), "1 of 5 as expected; step 2 was stopped before it was sent."),
        (
            result(UNSENT, is_done=False),
            "0 of 5 as expected so far; step 2 was not sent: Nobody gave a value for {{id}}.",
        ),
        (result(GOOD, is_done=False), "Orders is under way: 1 of 5 as expected so far."),
    ],
)
def test_the_first_line_is_the_answer(found, headline):
    assert found.headline == headline


def test_only_a_run_that_came_to_its_end_as_expected_is_good():
    assert result(*[GOOD] * 5).is_good
    assert not result(*[GOOD] * 5, is_done=False).is_good
    assert not result(*[GOOD] * 4).is_good
    assert not result(total=0).is_good


def test_what_is_kept_of_a_step_is_bounded():
    long = CollectionStepResult(
        1,
        "x",
        StepOutcome.UNEXPECTED,
        checks=(ExpectationResult("l" * 9000, "p" * 9000, "c" * 9000),),
        problem=StepProblem("w" * 9000),
    )
    kept = bounded_step(long)
    check = kept.checks[0]
    assert max(map(len, (check.line, check.compared, check.problem, kept.problem.what))) < 700


def test_lines_are_read_with_their_numbers():
    read = read_expects("status 200\n\n  $.id exists  \nnonsense")
    assert [one.line for one in read.expectations] == ["status 200", "$.id exists"]
    assert read.problems == ("Line 4: A line begins with status, header or $, for example: status 200.",)
    assert read_takes("a = $.a\na = $.b").problems == (
        "Line 2: a is taken in line 1 already. Give one of the two another name.",
    )
    both = read_step(CollectionStep("r", "status 200", "a = $.a"))
    assert (len(both.expectations), len(both.values), both.problems) == (1, 1, ())


@pytest.mark.parametrize("text", ["status 200\n" * 51, "x" * 8001])
def test_more_lines_than_anybody_needs_are_not_read(text):
    assert read_expects(text).problems == ("At most 50 lines and 8,000 characters are read.",)
