"""A token bucket kept as one moment."""

import pytest

from console.core.budget import SECOND_US, Allowance, after_taking, wait_s

THIRTY_A_MINUTE = Allowance(units=30, period_s=60, burst=30)
NOW_US = 1_800_000_000 * SECOND_US


def taken(times, *, spent_until_us=0, now_us=NOW_US):
    for _ in range(times):
        spent_until_us = after_taking(THIRTY_A_MINUTE, spent_until_us, now_us=now_us, units=1)
    return spent_until_us


def test_the_burst_is_there_at_once_and_the_next_one_waits_for_one_unit():
    assert wait_s(THIRTY_A_MINUTE, taken(29), now_us=NOW_US) == 0
    assert wait_s(THIRTY_A_MINUTE, taken(30), now_us=NOW_US) == 2


@pytest.mark.parametrize(("later_us", "waits"), [(2 * SECOND_US - 1, 1), (2 * SECOND_US, 0), (3 * SECOND_US, 0)])
def test_what_was_taken_is_earned_back_with_time(later_us, waits):
    assert wait_s(THIRTY_A_MINUTE, taken(30), now_us=NOW_US + later_us) == waits


def test_a_bucket_never_holds_more_than_its_burst():
    long_ago = NOW_US - 3600 * SECOND_US
    spent = taken(30, spent_until_us=long_ago)
    assert wait_s(THIRTY_A_MINUTE, spent, now_us=NOW_US) == 2


def test_more_than_the_burst_is_given_when_the_bucket_is_full_and_never_waited_for_in_vain():
    assert wait_s(THIRTY_A_MINUTE, 0, now_us=NOW_US, units=1000) == 0
    assert wait_s(THIRTY_A_MINUTE, taken(1), now_us=NOW_US, units=1000) == 2


def test_what_is_paid_afterwards_may_overdraw():
    spent = after_taking(THIRTY_A_MINUTE, 0, now_us=NOW_US, units=90)
    assert wait_s(THIRTY_A_MINUTE, spent, now_us=NOW_US) == 122
