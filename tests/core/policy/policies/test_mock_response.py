"""mock-response: the gateway answers with an example, and nothing after it runs."""

import pytest

from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import judged, policy, request

ANSWERS = [
    ("<mock-response/>", Verdict.ALLOW, 200),
    ('<mock-response status-code="399"/>', Verdict.ALLOW, 399),
    ('<mock-response status-code="400"/>', Verdict.REJECT, 400),
    ('<mock-response status-code="401"/>', Verdict.REJECT, 401),
]


@pytest.mark.parametrize(("text", "verdict", "status"), ANSWERS)
def test_below_400_it_allows_and_from_400_on_it_refuses(text, verdict, status):
    trace = judged(text + policy(), request())
    assert (trace.verdict, trace.status, trace.body, trace.reason) == (verdict, status, None, "")
    assert [step.is_reached for step in trace.steps] == [True, False]


def test_the_content_type_of_the_example_is_told():
    trace = judged('<mock-response content-type="application/json"/>', request())
    assert trace.headers == (("Content-Type", "application/json"),)


OPEN = [
    ('<mock-response status-code="{{code}}"/>', "status-code: {{code}}"),
    (f'<mock-response status-code="{"9" * 5000}"/>', "status-code: a number up to 2147483647"),
]


@pytest.mark.parametrize(("text", "need"), OPEN)
def test_a_status_that_only_the_runtime_knows_leaves_the_answer_open(text, need):
    trace = judged(text + policy(), request())
    assert (trace.verdict, trace.status) == (Verdict.UNDECIDED, None)
    assert need in trace.needs
