"""set-header: what later policies see of the call."""

import pytest

from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import URL, judged, policy, request, token, warnings


def header(action):
    return f'<set-header name="Authorization" exists-action="{action}"><value>x</value></set-header>'


OVERWRITING = [
    ("deleted header", '<set-header name="authorization" exists-action="delete"/>' + policy(), True),
    ("other header", '<set-header name="X-Other" exists-action="delete"/>' + policy(), False),
    ("appended header", header("append") + policy(), True),
    ("header after the policy", policy() + '<set-header name="Authorization" exists-action="delete"/>', False),
    ("skipped header", header("skip") + policy(), False),
    ("no token policy", '<set-header name="Authorization" exists-action="delete"/>', False),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "is_warned"), OVERWRITING, ids=[row[0] for row in OVERWRITING])
def test_replacing_the_token_that_a_later_policy_reads_is_said(what, text, is_warned):
    trace = judged(text, request(token()))
    assert ("token-overwritten" in warnings(trace)) is is_warned


def test_the_warning_names_both_policies():
    text = '<set-header name="X"><value>1</value></set-header><set-header name="Authorization" exists-action="delete"/>'
    (warned,) = judged(text + policy(), request(token())).warnings
    assert (warned.path, warned.text) == (
        "inbound/set-header[2]",
        "inbound/set-header[2] replaces or deletes the header Authorization before validate-jwt reads the token there.",
    )


def test_a_header_that_the_caller_did_not_send_is_not_overwritten():
    text = f'<set-header name="Authorization"><value>Bearer {token()}</value></set-header>' + policy()
    trace = judged(text, request())
    assert (trace.verdict, warnings(trace)) == (Verdict.ALLOW, set())


def test_an_unknown_header_value_that_a_token_policy_reads_leaves_the_answer_open():
    text = '<set-header name="Authorization"><value>@(context.Variables["t"])</value></set-header>'.replace(
        '"t"', "&quot;t&quot;"
    )
    trace = judged(text + policy(), request(token()))
    assert trace.verdict is Verdict.UNDECIDED
    assert '@(context.Variables["t"])' in trace.needs


@pytest.mark.parametrize("action", ["override", "skip", "append"])
def test_an_unknown_value_leaves_the_answer_open_also_when_the_caller_sent_no_header(action):
    text = f'<set-header name="authorization" exists-action="{action}"><value>Bearer {{{{t}}}}</value></set-header>'
    trace = judged(text + policy(), request())
    assert (trace.verdict, "Bearer {{t}}" in trace.needs) == (Verdict.UNDECIDED, True)


@pytest.mark.parametrize("sent", ["Bearer {{t}}", "@(true)", "@{ return 1; }"])
def test_what_a_caller_sends_is_never_taken_for_a_value_of_the_runtime(sent):
    text = f'<validate-jwt header-name="Authorization"><openid-config url="{URL}"/></validate-jwt>'
    trace = judged(text, request(headers=(("Authorization", sent),)))
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "JwtInvalid")


def test_an_unknown_header_value_that_nobody_reads_decides_nothing():
    text = '<set-header name="X-A"><value>@(context.User.Id)</value></set-header>'
    assert judged(text + policy(), request(token())).verdict is Verdict.ALLOW
