"""A caller rule is read back from its own condition, and from no other text; long ones are not read at all."""

import html

import pytest

from console.core.policy.engine.caller_rule import CallerRule, condition_of, rule_in
from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import judged, policy, request, token

RULES = [
    CallerRule((("roles", ("Read",)),)),
    CallerRule((("roles", ("Read", 'a" }).Any() && "b', "x, y", "\\", "")), ("scp", ("a.b", "ü", "\n")))),
    CallerRule((("azp", ("c2",)), ("appid", ("c2",)))),
]


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_comes_back(rule):
    assert rule_in(condition_of(rule)) == rule_in(f"  {condition_of(rule)}\n") == rule


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "@(true)",
        condition_of(RULES[0]) + " ",
        f"@(true && {condition_of(RULES[0])[2:]}",
        condition_of(RULES[0])[:-1],
    ],
)
def test_another_condition_is_no_rule(condition):
    expected = RULES[0] if condition.strip() == condition_of(RULES[0]) else None
    assert rule_in(condition) == expected


def test_a_condition_is_read_up_to_a_length():
    bare = len(condition_of(CallerRule((("roles", ("",)),))))
    longest = CallerRule((("roles", ("x" * (20_000 - bare),)),))
    over = CallerRule((("roles", ("x" * (20_001 - bare),)),))
    assert (rule_in(condition_of(longest)), rule_in(condition_of(over))) == (longest, None)


TOLD = [
    ({"roles": ["Read"]}, True),
    ({"roles": ["Other"]}, False),
    ({"roles": "Read"}, True),
    ({"roles": ["Other"], "scp": "y x"}, True),
    ({"scp": "yx"}, False),
    ({"roles": None}, False),
    ({}, False),
]


@pytest.mark.parametrize(("claims", "is_let_in"), TOLD)
def test_one_of_the_values_is_enough(claims, is_let_in):
    assert CallerRule((("roles", ("Read",)), ("scp", ("x",)))).lets_in(claims) is is_let_in


def _after(policies, **claims):
    """The verdict of a policy whose caller rule asks for the role Read, with `policies` between token and rule."""
    output = 'output-token-variable-name="token"'
    refusal = '<return-response><set-status code="403" reason="Forbidden" /></return-response>'
    condition = html.escape(condition_of(RULES[0]))
    choose = f'<choose><when condition="{condition}">{refusal}</when></choose>'
    text = f"<policies><inbound>{policy(attributes=output)}{policies}{choose}</inbound></policies>"
    return judged(text, request(token(**claims)))


def test_the_verified_token_decides_a_rule_that_was_written_here():
    assert _after("", roles=["Read"]).verdict is Verdict.ALLOW
    refused = _after("", roles=["Other"])
    assert (refused.verdict, refused.status) == (Verdict.REJECT, 403)


@pytest.mark.parametrize("value", ["x", "@(context.Unknown)"])
def test_a_variable_that_was_written_over_is_no_token_any_more(value):
    over = f'<set-variable name="token" value="{value}" />'
    assert _after(over, roles=["Read"]).verdict is Verdict.UNDECIDED
