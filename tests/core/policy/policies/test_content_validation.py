"""validate-content and its kin: they may refuse by a description of the API that is not here."""

import pytest

from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import judged, policy, request, token, warnings

CASES = [
    ('<validate-content unspecified-content-type-action="prevent" size-exceeded-action="ignore"/>', True),
    ('<validate-content unspecified-content-type-action="detect" size-exceeded-action="ignore"/>', False),
    ('<validate-content size-exceeded-action="detect"><content type="a" action="prevent"/></validate-content>', True),
    ('<validate-parameters specified-parameter-action="prevent" unspecified-parameter-action="ignore"/>', True),
    ('<validate-parameters specified-parameter-action="ignore" unspecified-parameter-action="detect"/>', False),
    ('<validate-parameters specified-parameter-action="{{action}}"/>', True),
    ("<validate-graphql-request/>", True),
    ("<validate-odata-request/>", True),
    ("<llm-content-safety/>", True),
]


@pytest.mark.parametrize(("text", "may_refuse"), CASES)
def test_only_a_policy_that_prevents_leaves_the_answer_open(text, may_refuse):
    trace = judged(text + policy(), request(token()))
    assert trace.verdict is (Verdict.UNDECIDED if may_refuse else Verdict.ALLOW)
    name = text[1:].partition(" ")[0].partition("/")[0]
    assert trace.needs == ((f"policy {name}",) if may_refuse else ())


@pytest.mark.parametrize("name", ["validate-headers", "validate-status-code", "validate-content"])
def test_a_check_of_the_apis_answer_decides_nothing_about_the_caller(name):
    after = f'<outbound><{name} specified-header-action="prevent"/></outbound>'
    text = f"<policies><inbound>{policy()}</inbound>{after}</policies>"
    trace = judged(text, request(token()))
    assert (trace.verdict, trace.needs, warnings(trace)) == (Verdict.ALLOW, (), {"answer-may-change"})
