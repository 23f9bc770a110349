"""A matrix goes on from variant to variant, keeps what later ones need, and keeps nothing once it is done."""

from console.core.runs.base import NextStage, Progress, RunFacts
from console.core.runs.matrix import KIND

FACTS = RunFacts(1_800_000_000)


def test_it_begins_before_its_first_variant_and_keeps_nothing_at_its_end():
    begun = KIND.begin(FACTS, NextStage("with-token", "with token", {"path": "/orders"}))
    assert begun == Progress("with token", False, FACTS.now, {"path": "/orders", "stage": "with-token"})
    going = KIND.advance(FACTS, begun.kept, NextStage("twice", "Authorization twice", {"control": "let in"}))
    assert going.kept == {"path": "/orders", "control": "let in", "stage": "twice"}
    assert KIND.advance(FACTS, going.kept, NextStage("", "Done")) == Progress("Done", True, FACTS.now)
