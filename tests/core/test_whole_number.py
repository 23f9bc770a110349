"""Numbers that people, files and far sides write in digits: "²" is a digit and no number, and 5,000 digits are none."""

import ast
import json
from pathlib import Path

import pytest

import console
from console.core.attempts.history import HistoryFilter
from console.core.diagnosis import explain, read_evidence
from console.core.evidence import Evidence
from console.core.openapi.read import read_document
from console.core.policy.csharp import evaluate
from console.core.policy.repair.located import _one_of
from console.core.whole_number import whole_number

ODD = ("²", "²²²", "٣", "4²1", "9" * 5000, "-1", "+1", "1_000", " 1", "1\n", "")
ODD_IDS = tuple(f"{one[:4]!r} of {len(one)}" for one in ODD)
# What tells a number that is too long, or has another form, from what is no number, and bounds it before it reads it.
BY_HAND = {
    ("core/http/retry_after.py", "told_s"),
    ("core/policy/csharp/casts.py", "parsed_number"),
    ("core/policy/token/attributes.py", "number"),
    ("core/whole_number.py", "whole_number"),
    ("web/forms/calls.py", "clean_timeout_s"),
}


@pytest.mark.parametrize("text", ODD, ids=ODD_IDS)
def test_what_is_no_number_is_none(text):
    assert whole_number(text, digits=12) is None


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("401", 401), ("999999999999", 10**12 - 1)])
def test_digits_are_a_number(text, number):
    assert whole_number(text, digits=12) == number


def test_a_digit_too_many_is_none():
    assert whole_number("1234", digits=3) is None


def _document(reference):
    return json.dumps(
        {"openapi": "3.1.0", "paths": {"/a": {"get": {"parameters": [{"$ref": f"#/x/{reference}"}]}}}, "x": [{}]}
    )


READERS = {
    "a reference of an OpenAPI document": lambda text: read_document(_document(text)),
    "the developer tools of a browser": lambda text: explain(
        Evidence(pasted=f"Request URL: https://a.example/x\nRequest Method: GET\nStatus Code: {text} Unauthorized\n")
    ),
    "the age of an answer": lambda text: explain(
        read_evidence({"response": {"status": 401, "headers": {"Age": text}}})
    ),
    "a time from now": lambda text: read_evidence({"token": {"claims": {"exp": f"now+{text}"}}, "now": "now"}),
    "a log of the gateway": lambda text: explain(
        Evidence(pasted=f"TimeGenerated,ResponseCode,Url,Method\n2026-01-01T00:00:00Z,{text},https://a.example/x,GET\n")
    ),
    "a filter of the history": lambda text: HistoryFilter(status=text).statuses,
    "a format of an expression": lambda text: evaluate(f'@(5.ToString("D{text}") + 5.ToString("X{text}"))', {}),
    "a place of an expression": lambda text: evaluate(f'@(string.Format("{{{text}}}", 1))', {}),
    "a step of an expression": lambda text: evaluate(f'@(JObject.Parse("{{}}").SelectToken("a[{text}]"))', {}),
    "an element of a policy": lambda text: _one_of((), f"when[{text}]"),
}


@pytest.mark.parametrize("text", ODD, ids=ODD_IDS)
@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_each_reader_takes_what_is_no_number_for_none(read, text):
    read(text)


def _calls(function: ast.AST) -> set[str]:
    called = {node.func for node in ast.walk(function) if isinstance(node, ast.Call)}
    return {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in called}


def test_nothing_else_reads_digits_by_hand():
    root = Path(console.__file__).parent
    found = {
        (path.relative_to(root).as_posix(), function.name)
        for path in root.rglob("*.py")
        if any(word in (text := path.read_text("utf-8")) for word in ("isdigit", "isdecimal", "isnumeric"))
        for function in ast.walk(ast.parse(text))
        if isinstance(function, ast.FunctionDef) and _calls(function) & {"isdigit", "isdecimal", "isnumeric"}
        if "int" in _calls(function)
    }
    assert found == BY_HAND
