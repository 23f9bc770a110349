"""Long work: none, ended well, ended badly, refused, given up."""

import pytest

from console.core.preflight.base import StageStatus
from console.core.preflight.operation import STAGE, SeenOperation


@pytest.mark.parametrize("state", ["Succeeded", "succeeded", "Finished"])
def test_a_good_end_is_well(state):
    result = STAGE.judge(SeenOperation(state, 3, status=200))
    assert (result.status, result.what) == (
        StageStatus.OK,
        f"The work that the call began ended well: {state}.",
    )


@pytest.mark.parametrize(
    ("seen", "what", "why"),
    [
        (SeenOperation("Failed", 2, status=200), "did not end well: Failed.", "Its monitor says so."),
        (SeenOperation("Stopped", 2, status=401), "did not end well: Stopped.", "Its monitor refused the look."),
        (SeenOperation("Running", 9, status=202, is_given_up=True), "is not done: Running.", "It was followed"),
    ],
)
def test_any_other_end_fails(seen, what, why):
    result = STAGE.judge(seen)
    assert result.status is StageStatus.FAIL
    assert result.what.endswith(what)
    assert result.why.startswith(why)


def test_without_a_202_there_is_nothing_to_follow():
    result = STAGE.judge(SeenOperation())
    assert (result.status, result.is_needed) == (StageStatus.SKIPPED, False)


def test_an_end_that_could_not_be_read_is_no_good_one_and_no_bad_one():
    result = STAGE.judge(SeenOperation("Not known", 3, status=200))
    assert (result.status, "is not known" in result.what, "too long" in result.why) == (StageStatus.FAIL, True, True)
