"""How a heartbeat stands after what was measured, and what is said of a time in which nobody looked."""

from dataclasses import replace

import pytest

from console.core.heartbeat import (
    CONFIRM_S,
    LATE_S,
    PAUSES_S,
    SHOWN,
    HeartbeatState,
    Measured,
    MeasuredShare,
    after,
    bars,
    begun,
    has_turned,
    next_at,
    shown_state,
)

NOW, EVERY = 1_800_000_000, 900
UNKNOWN, UP, DOWN = HeartbeatState.UNKNOWN, HeartbeatState.UP, HeartbeatState.DOWN


def walk(results, *, every=EVERY, start=NOW):
    """How it stands after these, one each pause: "." good, "x" failed, " " not measured."""
    standing, steps = begun(start), []
    for number, one in enumerate(results):
        if one == " ":
            continue
        before, at = standing, start + number * every
        standing = after(before, Measured(at, one == ".", 1), every_s=every)
        steps.append((standing.state, has_turned(before, standing)))
    return standing, steps


@pytest.mark.parametrize(
    ("results", "state", "since", "turns"),
    [
        (".", UP, 0, 0),
        ("..", UP, 0, 0),
        ("x", UNKNOWN, 0, 0),
        ("xx", DOWN, 1, 1),
        (".x", UP, 0, 0),
        (".x.", UP, 0, 0),
        (".x.x.x.", UP, 0, 0),
        (".xx", DOWN, 2, 1),
        (".xxxx", DOWN, 2, 1),
        (".xx.", UP, 3, 2),
        (".xx.xx", DOWN, 5, 3),
        (".   .", UP, 4, 0),
        (".x   x", UP, 0, 0),
        (".xx   x", DOWN, 2, 1),
        (".xx   .", UP, 6, 2),
    ],
)
def test_two_failures_in_a_row_turn_it_red_and_one_success_turns_it_green(results, state, since, turns):
    standing, steps = walk(results)
    assert (standing.state, standing.since) == (state, NOW + since * EVERY)
    assert sum(turned for _, turned in steps) == turns


def test_a_first_failure_is_confirmed_soon_and_what_is_known_waits_its_pause():
    good = after(begun(NOW), Measured(NOW, True, 1), every_s=EVERY)
    assert next_at(good, at=NOW, every_s=EVERY) == NOW + EVERY
    doubtful = after(good, Measured(NOW, False, 1), every_s=EVERY)
    assert next_at(doubtful, at=NOW, every_s=EVERY) == NOW + CONFIRM_S
    down = after(doubtful, Measured(NOW, False, 1), every_s=EVERY)
    assert next_at(down, at=NOW, every_s=EVERY) == NOW + EVERY


@pytest.mark.parametrize("every", PAUSES_S)
def test_nobody_knows_how_it_stands_when_nobody_has_looked_for_too_long(every):
    standing = after(begun(NOW), Measured(NOW, True, 1), every_s=every)
    assert shown_state(standing, every_s=every, now=NOW + every + LATE_S) is UP
    assert shown_state(standing, every_s=every, now=NOW + every + LATE_S + 1) is UNKNOWN
    assert shown_state(begun(NOW), every_s=every, now=NOW) is UNKNOWN


def test_a_share_counts_what_was_measured_and_says_all_only_of_all():
    told = {
        (0, 0): "not measured",
        (1, 1): "100 %",
        (1, 3): "33.3 %",
        (2_879, 2_880): "99.9 %",
        (9_999, 10_000): "99.9 %",
    }
    assert {one: MeasuredShare(*one).words for one in told} == told


def test_the_bars_show_the_newest_and_the_times_in_which_nobody_looked():
    measured = [Measured(NOW + number * EVERY, True, 1) for number in range(40)]
    shown = bars(measured[::-1], every_s=EVERY, now=measured[-1].at)
    assert [one.measured for one in shown] == measured[-SHOWN:]
    gap = [measured[0], replace(measured[9], is_good=False)]
    shown = bars(gap[::-1], every_s=EVERY, now=gap[-1].at + EVERY + LATE_S + 1)
    assert [one.measured for one in shown] == [gap[0], None, gap[1], None]
    assert bars([], every_s=EVERY, now=NOW) == []
