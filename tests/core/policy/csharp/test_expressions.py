"""Policy expressions: never a wrong value, bounded work, and what is not given is named."""

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.policy.csharp import Evaluated, Failed, Unknown, evaluate, syntax
from console.core.policy.csharp.work import MOST_STEPS, MOST_STEPS_OF_A_CALL, Purse

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
    ("@(double.Parse(\"1.5\"))", 1.5),
    ('@{ var s = ""; foreach (var p in JObject.Parse("{\\"a\\": 1, \\"b\\": 2}")) { s += p.Key; } return s; }', "ab"),
    ('@(JObject.Parse("{\\"at\\": \\"2026-01-01T00:00:00Z\\"}").ToString(Newtonsoft.Json.Formatting.None))',
     '{"at":"2026-01-01T00:00:00Z"}'),
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
    '@(JObject.Parse("{\\"at\\": \\"2026-01-01T00:00:00.100+02:00\\"}").ToString())',
    '@(double.Parse("1,5"))',
    '@(double.Parse("1_000"))',
    '@("\U0001f600abc".Substring(1))',
    '@{ foreach (var p in JObject.Parse("{\\"a\\": 1}")) { return p.Name; } return ""; }',
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


@pytest.mark.parametrize(
    "expression",
    [
        "@{ var a = Enumerable.Range(0, 10000).ToList(); while (true) { a = a.Concat(a).ToList(); } }",
        "@{ var a = Enumerable.Range(0, 5000).ToList(); return a.SelectMany(x => a).Count(); }",
        "@{ var a = new string('a', 900000); return a.Replace(\"a\", a).Length; }",
        "@{ var a = new string('a', 900000); return string.Format(\"" + "{0}" * 5000 + '", a).Length; }',
        "@{ var a = new string('a', 900000); return string.Join(a, Enumerable.Range(0, 9000)).Length; }",
        "@{ var a = new string('a', 900000); return Regex.Replace(a, \"a\", a).Length; }",
        "@{ var a = new string('a', 900000); return a.ToCharArray().Length; }",
        "@{ var a = new string('a', 900000); return a.Select(x => x).Count(); }",
        "@{ var a = new JArray(); for (;;) { a = new JArray(a, a); } }",
        "@{ var a = new JArray(); a.Add(a); return a.ToString(); }",
        "@{ object a = 1; for (;;) { a = new { x = a, y = a }; } }",
        "@{ var a = new[] { new[] { 1 } }.ToList(); for (;;) { var b = new[] { a, a }.ToList(); a = b; } }",
        "@{ var a = Enumerable.Range(0, 9000).ToList(); return a.Select(x => (object)x).Distinct().Count(); }",
        '@{ for (var i = 0; ; i++) { new Regex("[^a]{1000}" + i); } }',
    ],
)
def test_no_expression_grows_beyond_its_bounds(expression):
    """What it would cost without them ends the process: memory is the bound here, the time that a step takes too."""
    tracemalloc.start()
    try:
        assert isinstance(evaluate(expression, GOOD), Unknown)
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "expression",
    [
        '@("a".Substring())',
        '@(Math.Min("a", 1))',
        "@(Math.Abs(null))",
        '@(TimeSpan.FromSeconds("x").TotalSeconds)',
        "@(TimeSpan.FromDays(1e300).TotalSeconds)",
        "@((int)1e400)",
        '@("a".PadLeft(5, "ab"))',
        "@(new byte[] { 1, 999 }.Length)",
        "@(context.Request.Headers[new byte[2]])",
        '@("e30.eyJleHAiOjFlMjB9.x".AsJwt().ExpirationTime)',
        '@((5).ToString("X99999999"))',
    ],
)
def test_a_use_that_the_gateway_would_not_compile_or_that_nobody_foresaw_is_not_known(expression):
    assert isinstance(evaluate(expression, GOOD), Unknown)


def test_a_range_of_numbers_is_told():
    assert evaluate("@(Enumerable.Range(3, 4).Sum())", {}) == Evaluated(18)


def test_expressions_of_one_judgement_share_what_they_may_do():
    purse, endless = Purse(), "@{ while (true) { } }"
    for _ in range(MOST_STEPS_OF_A_CALL // MOST_STEPS + 1):
        assert isinstance(evaluate(endless, GOOD, purse), Unknown)
    assert evaluate("@(1 + 1)", GOOD, purse) == Unknown("expressions of so many steps together")
    assert evaluate("@(1 + 1)", GOOD) == Evaluated(2)


def test_what_a_named_value_puts_into_an_expression_is_kept_in_no_cache():
    before = syntax.read.cache_info().currsize
    assert evaluate('@("{{key}}".Length)', {"named_values": {"key": "canary-named-value"}}) == Evaluated(18)
    assert syntax.read.cache_info().currsize == before


def test_a_pattern_that_does_not_compile_is_written_to_no_log(capfd):
    assert isinstance(evaluate('@(Regex.IsMatch("a", "(canary-pattern"))', {}), Unknown)
    assert "canary" not in capfd.readouterr().err


def test_many_plain_elements_are_told_apart_at_once():
    expression = "@{ var a = Enumerable.Range(0, 9000).ToList(); return a.Concat(a.Take(3)).Distinct().Count(); }"
    assert evaluate(expression, {}) == Evaluated(9000)
    assert evaluate('@(new[] { "a", "b", "a" }.Except(new[] { "b" }).Count())', {}) == Evaluated(1)


@pytest.mark.parametrize("repeated", ["a<", "a<b<", "a;", "a; "])
def test_a_text_of_signs_that_is_no_expression_is_not_given_to_the_grammar(repeated, monkeypatch):
    monkeypatch.setattr(syntax, "_parser", None)
    assert evaluate(f"@({repeated * (60_000 // len(repeated))})", GOOD) == Unknown("an expression of this length")


def test_mending_broken_expressions_is_work_of_the_judgement():
    purse = Purse()
    assert evaluate(f"@({'a;' * 900})", GOOD, purse) == Unknown("text that is no C#")
    assert purse.steps < MOST_STEPS_OF_A_CALL - 8 * 1_800
    assert evaluate("@(1 + 1)", GOOD, purse) == evaluate("@(1 + 1)", GOOD)
