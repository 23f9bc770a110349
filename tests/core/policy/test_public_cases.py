"""Every public policy case and its neighbours, judged by the core alone: the rules of the gateway as examples."""

import codecs
import json
from functools import lru_cache
from pathlib import Path

import pytest

from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.trial import Trial
from console.core.policy.keep import inputs
from console.core.policy.keep.policy_text import RefusedText, all_warnings, as_stored, read_text
from console.core.policy.text.values import NO_VALUES
from console.core.reports import policy as report
from console.management.files import decoded
from tests.vectors.policy_cases import run

FOLDER = Path(run.__file__).parent
CASES = {case["id"]: case for case in run.load_cases(FOLDER / "public")}
MORE = {
    case["id"]: case
    for path in sorted((FOLDER.parent / "policy_cases_more").glob("*.json"))
    for case in json.loads(path.read_text("utf-8"))
}
KEYS = run.load_keys(FOLDER)
CANARY = {"{canary}": "file:///nowhere/canary", "{listener}": "http://127.0.0.1:9"}
MARKS = CANARY | {f"{{n:{name}}}": KEYS[name]["jwk"]["n"] for name in ("A", "B", "W")}

# Reading a private key takes longer than judging a case.
_read_once = lru_cache(lambda name, read=run.private_key: read(KEYS, name))
run.private_key = lambda _, name: _read_once(name)


def judged(case):
    """The command's JSON for a case, and what its exit status would be."""
    marks = run.marks_of(case, KEYS, MARKS)
    raw = run.swap(case["policy"], marks).encode(case.get("policy_encoding", "utf-8"))
    given = {
        name: run.swap(case[name], marks)
        for name in ("named_values", "expressions", "variables", "certificates")
        if name in case
    }
    values = inputs.read_values(json.dumps(given)) if given else NO_VALUES
    found = as_stored(read_text(decoded(raw)), values)
    if isinstance(found, RefusedText):
        return report.invalid_json(found.problems, found.warnings)
    call = inputs.read_calls(json.dumps(run.swap(case["request"], marks)))
    metadata = inputs.read_metadata(json.dumps(run.swap(case.get("metadata", {}), marks)))
    request, rule = inputs.to_request(call), inputs.to_rule(call)
    trace = evaluate(Trial(found.document, request, run.T0, metadata=metadata, subscription=rule, values=values))
    return report.to_json(trace, all_warnings(found, trace))


@pytest.mark.parametrize("case", [*CASES.values(), *MORE.values()], ids=[*CASES, *MORE])
def test_a_case_gets_the_expected_answer(case):
    answer = judged(case)
    expect = case["expect"]
    assert run.compare(expect, answer, run.EXIT[answer["verdict"]]) == []
    assert [text for text in expect.get("absent", []) if text in json.dumps(answer)] == []


def test_all_cases_are_here():
    assert (len(CASES), len(MORE)) == (130, 610)


ENCODED = [
    ("utf-16", "<base/><!-- für -->"),
    ("utf-16-le", "<base/><!-- für -->"),
    ("utf-16-be", "<base/><!-- für -->"),
    ("latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?><!-- für --><base/>"),
    ("cp1252", '<?xml version="1.0" encoding="windows-1252"?><!-- „für“ --><base/>'),
    ("utf-8", '<?xml version="1.0" encoding="iso-8859-1"?><!-- saved anew: für --><base/>'),
]


@pytest.mark.parametrize(("encoding", "text"), ENCODED, ids=[row[0] for row in ENCODED])
def test_a_file_is_read_in_the_encoding_it_has(encoding, text):
    assert decoded(text.encode(encoding)) == text


def test_bytes_that_are_no_text_of_any_known_encoding_are_read_with_marks_for_them():
    assert decoded(b"<base/>\xff") == "<base/>\ufffd"


def test_a_byte_order_mark_reaches_the_reader():
    assert decoded(codecs.BOM_UTF8 + b"<base/>") == "\ufeff<base/>"
