"""Where a policy expression ends, and what the plainest ones give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.policy.text.expressions import MAX_BRACKETS, end_of, is_expression, is_whole, static_text

WHOLE = [
    "@(true)",
    "@{ return 1; }",
    '@("a)b")',
    r'@("a\")b")',
    '@(@"a\\")',
    '@(@"a"")b")',
    '@($"a{context.Api.Name})b")',
    '@($"{{(}}")',
    '@($"{(a ? "x" : ")")}")',
    '@($@"a""{x[")"]})")',
    '@(@$"\\{x}")',
    "@(h[i] == ')')",
    "@(h[i] == '\"')",
    r"@(h[i] == '\'')",
    r"@(h[i] == '\u0029')",
    '@{ // ) } "\n return 1; }',
    '@{ /* ) } " */ return 1; }',
    "@(new List<string>().Count > 1 && a < b)",
    "@(a[b(c{d})])",
    "@(10 / 2 / x)",
    "@(@class.Name)",
    '@("http://x")',
]


@pytest.mark.parametrize("text", WHOLE)
def test_an_expression_ends_at_the_bracket_that_closes_it(text):
    assert end_of(text, 0) == len(text)
    assert end_of(f'__{text})"', 2) == len(text) + 2
    assert is_whole(f" {text}\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "x",
        "@x(1)",
        "@(",
        "@{)}",
        "@(]",
        '@("a)',
        '@("a\n")',
        '@(@"a)',
        "@{ /* }",
        "@{ // }",
        '@($"{a)")',
        '@($"}")',
        "@(" + "(" * MAX_BRACKETS + ")" * (MAX_BRACKETS + 1),
    ],
)
def test_what_is_not_closed_has_no_end(text):
    assert end_of(text, 0) is None
    assert not is_whole(text)


def test_two_expressions_are_not_one():
    assert not is_whole("@(a) @(b)")


@pytest.mark.parametrize(("text", "expected"), [(" @(x", True), ("@{", True), ("a @(x)", False), ("@x", False)])
def test_an_expression_is_known_by_its_beginning(text, expected):
    assert is_expression(text) is expected


STATIC = [
    ("@(true)", "true"),
    ("@( false )", "false"),
    ("@(401)", "401"),
    ("@(-1.5)", "-1.5"),
    ('@("x")', "x"),
    ('@("")', ""),
    (r'@("a\"b\\c\n\u00e9\x41")', 'a"b\\c\né' + "A"),
    (r'@("\ud83d\ude00")', "\U0001f600"),
    ('@(@"a\\""b")', 'a\\"b'),
    ('@{ return "x"; }', "x"),
    ("@{return true;}", "true"),
    ('@(("x"))', "x"),
    ('@((string)"x")', "x"),
    ('@(context.Variables["v"])', "known"),
    ('@((string)context.Variables["v"])', "known"),
    ('@((bool) context.Variables[ "v" ])', "known"),
    ('@(((string)context.Variables["v"]).ToString())', "known"),
    ('@(context.Variables["v"]?.ToString())', "known"),
    ('@(context.Variables.GetValueOrDefault<string>("v"))', "known"),
    ('@(context.Variables.GetValueOrDefault<string>("v", "d"))', "known"),
    ('@(context.Variables.GetValueOrDefault("v",(string)"d"))', "known"),
    ("plain", "plain"),
    ("", ""),
]


@pytest.mark.parametrize(("expression", "expected"), STATIC)
def test_literals_and_known_variables_have_a_text(expression, expected):
    assert static_text(expression, {"v": "known"}) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "@(context.Request.Method)",
        '@("a" + "b")',
        '@("a" == "a")',
        "@(!true)",
        '@(context.Variables["other"])',
        '@(context.Variables["unknown"])',
        '@(context.Variables["open"])',
        '@(context.Variables.GetValueOrDefault("other", "d"))',
        "@(context.Variables)",
        '@(context.Variables["v"].Length)',
        '@(context.Variables["v"]["v"])',
        '@("{{name}}")',
        "{{name}}",
        "@(null)",
        "@()",
        "@(true",
        "@{ var x = 1; return x; }",
        '@{ return "a"; return "b"; }',
        "@{ true; }",
        r'@("\ud83d")',
        '@($"{x}")',
    ],
)
def test_nothing_else_is_computed(expression):
    assert static_text(expression, {"v": "known", "unknown": "@(x)", "open": "{{n}}"}) is None


def test_the_default_of_a_variable_is_taken_only_on_demand():
    expression = '@(context.Variables.GetValueOrDefault<string>("x", "d"))'
    assert static_text(expression, {}) is None
    assert static_text(expression, {}, takes_defaults=True) == "d"
    assert static_text(expression, {"x": "set"}, takes_defaults=True) == "set"
    assert static_text('@(context.Variables.GetValueOrDefault<string>("x"))', {}, takes_defaults=True) is None


@given(st.text(alphabet="@({[)]}\"'$/*\\\n x", max_size=60))
def test_any_text_is_scanned(text):
    end = end_of(text, 0)
    assert end is None or text[end - 1] in ")}"
    assert end is None or end_of(text[:end], 0) == end
    assert static_text(text, {}) is None or isinstance(static_text(text, {}), str)


BLANKS = " " * 400_000
WIDE = [
    f"@((string{BLANKS}x))",
    f"@((string?{BLANKS}x))",
    f"@(context.Variables.GetValueOrDefault{BLANKS}x)",
    f"@(context.Variables.GetValueOrDefault<string>{BLANKS}x)",
    f"@(context{BLANKS}.{BLANKS[:9]}Variables{BLANKS[:9]}x)",
]


@pytest.mark.parametrize("text", WIDE, ids=range(len(WIDE)))
def test_wide_blanks_are_passed_over_once(text):
    assert static_text(text, {}) is None
