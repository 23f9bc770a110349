"""Texts in single quotation marks: told from characters, comments and what stands in other texts."""

import pytest

from console.core.policy import schema
from console.core.policy.text.document import read_policy
from console.core.policy.text.quoted_texts import holds_quoted_text

WRONG = [
    "@(context.Request.Headers.GetValueOrDefault('Authorization', \"\"))",
    "@(a == '')",
    "@(a == 'https://issuer.example/v2.0')",
    "@(\"https://a\" + b['tid'])",
    "@{ /* 'c' */ return 8 / 2 + 'ab'; }",
]
RIGHT = [
    "@(a.Split(' ').B(',', '.'))",
    "@(a.Split('\\'').B('\\\\', '\\u0041'))",
    "@(\"it's\" + 'x' + \"they're\")",
    "@{ // don't 'do' it\n return 'c'; }",
    "@{ /* 'all' */ return 'c'; }",
    "@(@\"a\"\"b 'cd'\" + 'e')",
    "@(a.Split('{{mark}}'))",
    '@($"{a["x"]} \'b\'" + "\'c\'")',
    '@($@"{(a == \'b\' ? "it\'s" : "x")} \'cd\'")',
    "@(it's)",
]


@pytest.mark.parametrize("expression", WRONG)
def test_a_text_in_single_quotation_marks_is_found(expression):
    assert holds_quoted_text(expression)


@pytest.mark.parametrize("expression", RIGHT)
def test_a_character_is_none_nor_what_stands_elsewhere(expression):
    assert not holds_quoted_text(expression)


def test_it_is_said_of_the_place_and_repeats_no_text():
    document = read_policy("<choose><when condition=\"@(context.User.Id == 'canary')\"><base /></when></choose>")
    (problem,) = schema.problems(document)
    assert (problem.code, problem.line) == ("expression", 1)
    assert problem.what.startswith("The expression in condition of <when> has a text in single quotation marks")
    assert "canary" not in problem.what + problem.do
