"""Places of one process: nobody waits, nobody takes all."""

from contextlib import ExitStack
from threading import Thread

import pytest

from console.adapters.slots import Slots
from tests.patience import finish


def hold(slots, stack, *shares):
    """Which of these shares get a place, each asked in a thread of its own, all held until the stack is closed."""
    given = []
    for share in shares:
        asking = Thread(target=lambda share=share: given.append(stack.enter_context(slots.hold(share))))
        asking.start()
        finish(asking)
    return given


def test_one_share_gets_its_part_and_another_always_finds_a_place():
    slots = Slots(4, each=2)
    with ExitStack() as stack:
        assert hold(slots, stack, *["hostile"] * 14, "other") == [True, True, *[False] * 12, True]
        assert slots.free == 1
    assert slots.free == 4


def test_who_holds_one_leaves_the_last_place_to_the_others():
    with ExitStack() as stack:
        given = hold(Slots(4, each=2), stack, "a", "a", "b", "b", "c", "d")
        assert given == [True, True, True, False, True, False]


def test_a_place_is_given_back_whatever_happens_inside():
    slots = Slots(1, each=1)
    with pytest.raises(ZeroDivisionError), slots.hold("a"):
        1 / 0  # noqa: B018
    with slots.hold("b") as is_held:
        assert is_held
    assert slots.free == 1


def test_the_steps_of_one_piece_of_work_need_one_place_together():
    slots = Slots(1, each=1)
    with slots.hold("a") as outer, slots.hold("a") as inner:
        assert (outer, inner, slots.free) == (True, True, 0)
        with slots.hold("b") as other:
            assert not other
    assert slots.free == 1
