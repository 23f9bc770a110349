"""Every public policy case, judged by the core alone: the rules of the gateway as examples."""

import codecs
import json
from pathlib import Path

import pytest

from console.core.gateway import inputs, report, stored
from console.core.gateway.evaluate import evaluate
from console.core.gateway.values import NO_VALUES
from console.management.files import decoded
from tests.vectors.policy_cases import run

FOLDER = Path(run.__file__).parent
CASES = {case["id"]: case for case in run.load_cases(FOLDER / "public")}
KEYS = run.load_keys(FOLDER)
CANARY = {"{canary}": "file:///nowhere/canary", "{listener}": "http://127.0.0.1:9"}


def judged(case):
    """The command's JSON for a case, and what its exit status would be."""
    marks = run.marks_of(case, KEYS, CANARY)
    raw = run.swap(case["policy"], marks).encode(case.get("policy_encoding", "utf-8"))
    given = {
        name: run.swap(case[name], marks)
        for name in ("named_values", "expressions", "variables", "certificates")
        if name in case
    }
    values = inputs.read_values(json.dumps(given)) if given else NO_VALUES
    found = stored.read(decoded(raw), values)
    if isinstance(found, stored.NotStored):
        return report.invalid_json(found.problems, found.warnings)
    call = inputs.read_calls(json.dumps(run.swap(case["request"], marks)))
    metadata = inputs.read_metadata(json.dumps(run.swap(case.get("metadata", {}), marks)))
    trace = evaluate(
        found.document,
        inputs.to_request(call),
        metadata=metadata,
        subscription=inputs.to_rule(call),
        now=run.T0,
        values=values,
    )
    return report.to_json(trace, stored.all_warnings(found, trace))


@pytest.mark.parametrize("name", CASES)
def test_a_public_case_gets_the_expected_answer(name):
    answer = judged(CASES[name])
    expect = CASES[name]["expect"]
    assert run.compare(expect, answer, run.EXIT[answer["verdict"]]) == []
    assert [text for text in expect.get("absent", []) if text in json.dumps(answer)] == []


def test_all_cases_are_here():
    assert len(CASES) == 130


def test_a_byte_order_mark_reaches_the_reader():
    assert decoded(codecs.BOM_UTF8 + b"<base/>") == "\ufeff<base/>"
