"""Every message as it is met in a log, an answer or a console: the right cause first, and no surer than it allows.

`tests/vectors/messages.jsonl.xz` holds one JSON object a line: `example`, `cause` (null where the message alone must
name none), `also`, `decides`, `validator`.
"""

import json
import lzma
from pathlib import Path

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.terms import Confidence

VECTORS = Path(__file__).parents[2] / "vectors" / "messages.jsonl.xz"
SURENESS = tuple(map(str, Confidence))


@pytest.fixture(scope="module")
def told():
    rows = [json.loads(line) for line in lzma.decompress(VECTORS.read_bytes()).decode().splitlines()]
    return [(row, explain(read_evidence(row["example"])).primary) for row in rows]


def is_right(row, primary):
    return primary is not None and primary.cause in {row["cause"], *row["also"]}


def test_the_right_cause_comes_first(told):
    named = [(row, primary) for row, primary in told if row["cause"]]
    wrong = [(row["example"][-160:], primary and primary.cause) for row, primary in named if not is_right(row, primary)]
    assert len(wrong) <= len(named) * 0.02, wrong


def test_no_cause_is_wrong_for_certain(told):
    assert [
        (row["example"][-160:], primary.cause)
        for row, primary in told
        if primary and primary.confidence == "certain" and not is_right(row, primary)
    ] == []


def test_no_cause_is_surer_than_its_message_allows(told):
    """One is: two issuers of one tenant stand in it, and they decide more than the sentence around them."""
    surer = [
        row["example"][-160:]
        for row, primary in told
        if row["cause"]
        and is_right(row, primary)
        and SURENESS.index(primary.confidence) < SURENESS.index(row["decides"])
    ]
    assert len(surer) <= 1, surer
