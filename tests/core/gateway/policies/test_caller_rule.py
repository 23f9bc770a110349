"""A caller rule is read back from its own condition, and from no other text; long ones are not read at all."""

import pytest

from console.core.gateway.caller_rule import CallerRule, condition_of, rule_in

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
