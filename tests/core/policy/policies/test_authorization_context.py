"""get-authorization-context: a token of the credential manager goes into a variable."""

import pytest

from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import judged, policy, request, token


@pytest.mark.parametrize(("attributes", "words"), [("", "answers 500"), ('ignore-error="true"', "the call goes on")])
def test_a_connection_that_fails_is_not_the_callers_fault(attributes, words):
    text = f'<get-authorization-context provider-id="p" authorization-id="i" context-variable-name="t" {attributes}/>'
    trace = judged(text + policy(), request(token()))
    assert trace.verdict is Verdict.ALLOW
    assert words in trace.steps[0].checks[0].what


def test_nobody_knows_the_variable_any_more():
    read = '<set-header name="X-A"><value>@((string)context.Variables["t"])</value></set-header>'
    text = '<get-authorization-context provider-id="p" authorization-id="i" context-variable-name="t"/>'
    trace = judged('<set-variable name="t" value="a"/>' + text + read, request())
    assert trace.request.header_values("X-A") == ('@((string)context.Variables["t"])',)
