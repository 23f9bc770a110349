"""A preflight goes on from stage to stage, keeps what later ones need, and keeps nothing once it is done."""

from console.core.runs.base import NextStage, Progress, RunFacts
from console.core.runs.preflight import KIND

NOW = 1_800_000_000
FACTS = RunFacts(NOW)


def test_it_begins_before_its_first_stage():
    begun = KIND.begin(FACTS, NextStage("names", "Name resolution", {"path": "/orders"}))
    assert begun == Progress("Name resolution", False, NOW, {"path": "/orders", "stage": "names"})


def test_nothing_begins_without_a_stage():
    assert KIND.begin(FACTS, NextStage("", "")) is None


def test_what_was_kept_stays_beside_what_a_stage_leaves():
    going = KIND.advance(FACTS, {"path": "/orders", "stage": "names"}, NextStage("tcp", "Connection", {"ahead_s": "3"}))
    assert going.kept == {"path": "/orders", "ahead_s": "3", "stage": "tcp"}
    assert not going.is_done


def test_the_end_keeps_nothing():
    ended = KIND.advance(FACTS, {"path": "/orders", "stage": "token"}, NextStage("", "Stopped: Token"))
    assert ended == Progress("Stopped: Token", True, NOW)
