"""Policy expressions: never a wrong value, bounded work, and what is not given is named."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.policy.csharp import Evaluated, Failed, Unknown, evaluate
from console.core.policy.csharp.evaluate import MOST_STEPS

VECTORS = Path(__file__).parents[3] / "vectors" / "policy_expressions" / "expressions.jsonl"
SHARED = Path(__file__).parents[5] / "shared" / "policy_expressions" / "expressions.jsonl"
ROWS = [json.loads(line) for line in VECTORS.read_text("utf-8").splitlines()]


def agrees(example, outcome):
    """Whether an outcome is what an example expects; False for a wrong one, None where it is left unknown."""
    if isinstance(outcome, Unknown):
        return True if "unknown" in example or example.get("error") == "CompilationError" else None
    if isinstance(outcome, Failed):
        return "error" in example
    if "value" not in example:
        return False
    if example.get("compare") == "json":
        return json.loads(outcome.value) == json.loads(example["value"])
    return type(outcome.value) is type(example["value"]) and outcome.value == example["value"]


def judged(rows):
    found = [
        agrees(one, evaluate(row["expression"], one["context"])) for row in rows for one in row.get("examples", ())
    ]
    wrong = [
        (row["id"], one, evaluate(row["expression"], one["context"]))
        for row in rows
        for one in row.get("examples", ())
        if agrees(one, evaluate(row["expression"], one["context"])) is False
    ]
    return found, wrong


def test_of_the_kinds_that_policies_hold_none_is_told_wrongly_and_nearly_all_are_told():
    found, wrong = judged(ROWS)
    assert wrong == []
    assert found.count(True) >= 0.98 * len(found) > 500


@pytest.mark.skipif(not SHARED.exists(), reason="the shared expressions are not beside this checkout")
def test_the_shared_expressions_are_told_as_well():
    found, wrong = judged([json.loads(line) for line in SHARED.read_text("utf-8").splitlines()])
    assert wrong == []
    assert found.count(True) >= 0.95 * len(found)


def test_without_its_context_an_expression_has_no_value():
    """What is not given is never guessed: the same expressions, and nothing of the call."""
    told = [row["id"] for row in ROWS if row["needs"] and isinstance(evaluate(row["expression"], {}), Evaluated)]
    assert told == []


GOOD = {
    "method": "GET",
    "headers": {"X-Role": ["admin"], "Two": ["a", "b"]},
    "variables": {"text": "7", "number": 7, "none": None},
    "body": '{"a": {"b": [1, 2]}, "when": "2026-01-01T00:00:00Z"}',
}
VALUES = [
    ('@(context.Request.Headers.GetValueOrDefault("x-role","") == "admin")', True),
    ("@(1 + 2 * 3 - 7 / 2)", 4),
    ("@(-7 / 2)", -3),
    ("@(-7 % 2)", -1),
    ('@("a" + 1 + true + null)', "a1True"),
    ('@("abc".Substring(1))', "bc"),
    ('@("a,b;c".Split(new[] {\',\', \';\'}).Length)', 3),
    ('@((string)context.Variables["none"] ?? "nothing")', "nothing"),
    ("@(context.Request.Body.As<JObject>()[\"a\"][\"b\"].Last().Value<int>())", 2),
    ('@(context.Request.Body.As<JObject>()["x"]?["y"]?.ToString() ?? "none")', "none"),
    ("@{ var s = 0; for (int i = 0; i < 5; i++) { if (i == 3) continue; s += i; } return s; }", 7),
    ("@{ switch (context.Request.Method) { case \"POST\": return 1; case \"GET\": return 2; default: return 3; } }", 2),
    ('@{ try { int.Parse("x"); return "no"; } catch (FormatException e) { return "yes"; } }', "yes"),
    ('@(string.Join("-", new List<string> { "a", "b" }.Select(x => x.ToUpper())))', "A-B"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_what_c_sharp_gives_is_given(expression, value):
    assert evaluate(expression, GOOD) == Evaluated(value)


THROWN = [
    ('@((int)context.Variables["text"])', "InvalidCastException"),
    ('@(context.Variables["other"])', "KeyNotFoundException"),
    ('@("abc".Substring(4))', "ArgumentOutOfRangeException"),
    ("@(1 / 0)", "DivideByZeroException"),
    ('@(new[] {"a"}[1])', "IndexOutOfRangeException"),
    ('@(context.Request.Body.As<JObject>()["x"].ToString())', "NullReferenceException"),
    ('@(JObject.Parse("[]"))', "JsonReaderException"),
]


@pytest.mark.parametrize(("expression", "kind"), THROWN)
def test_what_c_sharp_throws_is_thrown(expression, kind):
    assert evaluate(expression, GOOD) == Failed(kind)


UNSETTLED = [
    '@(context.Request.Headers.GetValueOrDefault("Two",""))',
    '@(context.Request.Headers["missing"])',
    '@(context.Variables["text"] == "7")',
    '@(context.Request.Body.As<JObject>()["when"].ToString())',
    "@(DateTime.UtcNow.ToString())",
    '@("ä".StartsWith("a"))',
    "@(Guid.NewGuid())",
    '@(context.Request.Url.Path)',
    "@(context.User.Email)",
    '@(System.IO.File.ReadAllText("/etc/passwd"))',
    '@(Environment.GetEnvironmentVariable("PATH"))',
    "@(2147483647 + 1)",
    '@("{{secret}}")',
]  # fmt: skip


@pytest.mark.parametrize("expression", UNSETTLED)
def test_what_is_not_settled_or_not_given_is_unknown(expression):
    assert isinstance(evaluate(expression, GOOD), Unknown)


HOSTILE = [
    "@{ while (true) { } return 1; }",
    "@{ for (;;) { } }",
    '@{ var s = "a"; while (true) { s = s + s; } return s; }',
    '@{ var s = "aaaaaaaaaa"; for (int i = 0; i < 100; i++) { s = s.Replace("a", "aaaaaaaaaa"); } return s; }',
    '@{ var l = new List<string>(); while (true) { l.Add("x"); } return l.Count; }',
    "@{ var l = new List<string>(); var s = new string('a', 900000); while (true) { l.Add(s + l.Count); } }",
    "@(new string('a', 2000000000))",
    "@(new byte[2000000000].Length)",
    "@(Enumerable.Range(0, 2000000000).Count())",
    f"@({'(' * 5000}1{')' * 5000})",
    f"@({'!' * 5000}true)",
    "@(" + " + ".join(["1"] * 20_000) + ")",
    '@(Regex.IsMatch("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$"))',
    f'@(JObject.Parse("{"[" * 2000}"))',
    "@(",
    "@{ return 1; } } class X { object y() { return 2; ",
    "",
]


@pytest.mark.parametrize("expression", HOSTILE)
def test_hostile_expressions_end_after_bounded_work(expression):
    outcome = evaluate(expression, GOOD)
    assert isinstance(outcome, Unknown | Evaluated | Failed)
    assert not (isinstance(outcome, Evaluated) and isinstance(outcome.value, str) and len(outcome.value) > 1_000_000)
    assert MOST_STEPS <= 20_000


PIECES = st.sampled_from(
    ["context", ".Request", ".Headers", '["a"]', "?.", "(", ")", "{", "}", "@(", "@{", "return ", ";", '"x"', "+", "==",
     "&&", "!", "(string)", ".Length", ".Split(',')", "new ", "JObject", "[0]", "=>", "x", "1", "??", "$\"{", "'"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_text_ends_in_an_error_of_ours(text):
    for expression in (text, f"@({text})", f"@{{{text}}}"):
        assert isinstance(evaluate(expression, GOOD), Unknown | Evaluated | Failed)
