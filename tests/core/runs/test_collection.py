"""A collection goes on from step to step, keeps what later ones need, and keeps nothing once it is done."""

from console.core.runs.base import Progress, RunFacts
from console.core.runs.collection import KIND, NextStep

NOW = 1_800_000_000
FACTS = RunFacts(NOW)


def test_it_begins_before_its_first_step():
    begun = KIND.begin(FACTS, NextStep(1, "Step 1 of 3", {"version": "2"}))
    assert begun == Progress("Step 1 of 3", False, NOW, {"version": "2", "step": "1"})


def test_nothing_begins_without_a_step():
    assert KIND.begin(FACTS, NextStep(0, "")) is None


def test_what_was_kept_stays_beside_what_a_step_leaves():
    going = KIND.advance(FACTS, {"version": "2", "step": "1"}, NextStep(2, "Step 2 of 3", {"value.id": "7"}))
    assert going.kept == {"version": "2", "value.id": "7", "step": "2"}
    assert not going.is_done


def test_the_end_keeps_nothing():
    ended = KIND.advance(FACTS, {"value.id": "7", "step": "3"}, NextStep(0, "Done"))
    assert ended == Progress("Done", True, NOW)
