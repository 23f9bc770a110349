"""The evidence of real cases given as one pasted text: the same cause, or none and what is missing, never another."""

import json
from pathlib import Path

import pytest

from tests.pasted_cases import DOORS, NOW, as_pasted, outcome

CASES = json.loads((Path(__file__).parents[2] / "vectors" / "pasted_cases.json").read_text("utf-8"))
LEAST_SAME = {"diagnose": 24, "inspect": 22}  # of 28


@pytest.mark.parametrize("door", DOORS)
def test_a_case_in_one_text_is_told_as_in_fields_and_no_other_cause_is_certain(door):
    ends = {}
    for case in CASES:
        evidence = case["evidence"]
        ends[case["id"]] = outcome(case, DOORS[door](as_pasted(evidence), evidence.get("now", NOW)))[0]
    assert [case for case, end in ends.items() if end in ("other, certain", "silent")] == []
    assert list(ends.values()).count("same") >= LEAST_SAME[door]
