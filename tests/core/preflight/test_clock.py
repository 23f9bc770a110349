"""Clocks: agreeing, apart, far apart, unknown."""

import pytest

from console.core.preflight.base import StageStatus
from console.core.preflight.clock import FAIL_S, STAGE, WARN_S, SeenClock

HOST = "login.example"


@pytest.mark.parametrize(
    ("ahead_s", "status"),
    [
        (0, StageStatus.OK),
        (WARN_S - 1, StageStatus.OK),
        (WARN_S, StageStatus.WARN),
        (-FAIL_S, StageStatus.WARN),
        (FAIL_S + 1, StageStatus.FAIL),
        (-FAIL_S - 1, StageStatus.FAIL),
    ],
)
def test_how_far_clocks_may_be_apart(ahead_s, status):
    assert STAGE.judge(SeenClock(HOST, ahead_s)).status is status


def test_a_clock_that_is_off_is_told_with_both_sides_and_stops_nothing():
    result = STAGE.judge(SeenClock(HOST, -600))
    assert result.what == "The clock of login.example and the one of this console differ by 10 minutes."
    assert result.why.startswith("10 minutes behind ours. ")
    assert (result.cause, STAGE.is_needed_by_rest) == ("clock-skew", False)


def test_without_a_date_nothing_is_said():
    result = STAGE.judge(SeenClock())
    assert (result.status, result.is_needed) == (StageStatus.SKIPPED, False)
