"""What a far side names at any length is read at a length that people read."""

from console.core.preflight.base import (
    MOST_FACT,
    MOST_FACTS,
    MOST_SENTENCE,
    StageFact,
    StageResult,
    StageStatus,
    bounded,
)

LONG = "x" * 100_000


def test_long_sentences_and_facts_are_cut_and_say_so():
    facts = (StageFact("also", LONG), StageFact(LONG, "v"), *[StageFact("n", "v")] * MOST_FACTS)
    told = bounded(StageResult(StageStatus.FAIL, LONG, LONG, LONG, who=LONG, facts=facts))
    ending = "… (100000 characters)"
    assert [told.what, told.why, told.do, told.who] == [LONG[:MOST_SENTENCE] + ending] * 4
    assert told.facts[0].value == told.facts[1].label == LONG[:MOST_FACT] + ending
    assert len(told.facts) == MOST_FACTS


def test_what_is_short_stays_as_it_is():
    told = StageResult(StageStatus.OK, "All is well.", facts=(StageFact("issuer", "https://idp.example/"),))
    assert bounded(told) == told
