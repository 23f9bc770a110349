"""Policies that steer: what stands in them runs, once, as if it stood in their place; the schema knows their parts."""

import pytest

from console.core.policy import schema
from console.core.policy.engine.model import Verdict
from console.core.policy.text.document import read_policy
from console.core.policy.text.values import Values
from tests.core.policy.builders import judged, policy, request, token

AROUND = [
    ("retry", '<retry condition="@(false)" count="3" interval="1">{}</retry>'),
    ("wait", '<wait for="all">{}</wait>'),
    ("limit-concurrency", '<limit-concurrency key="a" max-count="3">{}</limit-concurrency>'),
    ("choose", '<choose><when condition="true">{}</when></choose>'),
    ("include-fragment", '<include-fragment fragment-id="f"/>'),
]


@pytest.mark.parametrize(("name", "around"), AROUND)
def test_a_token_policy_inside_decides(name, around):
    values = Values(fragments={"f": f"<fragment>{policy()}</fragment>"})
    text = f"<policies><inbound>{around.format(policy())}</inbound></policies>"
    good, bad = judged(text, request(token()), values=values), judged(text, request(), values=values)
    assert (good.verdict, bad.verdict, bad.reason) == (Verdict.ALLOW, Verdict.REJECT, "TokenNotPresent")
    assert good.steps[0].policy == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<choose/>", "missing-child"),
        ('<choose><otherwise/><when condition="true"/></choose>', "child-order"),
        ('<retry count="1" interval="1"/>', "missing-attribute"),
        ('<wait for="some"/>', "wrong-value"),
        ('<limit-concurrency max-count="1"/>', "missing-attribute"),
        ("<include-fragment/>", "missing-attribute"),
    ],
)
def test_the_gateway_would_not_store_it(text, code):
    assert [problem.code for problem in schema.problems(read_policy(text))] == [code]
