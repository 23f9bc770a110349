"""return-response: the gateway answers by itself, and nothing after it runs."""

import pytest

from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import judged, policy, request, token, warnings


def respond(children="", attributes=""):
    return f"<return-response {attributes}>{children}</return-response>"


STATUS = '<set-status code="{}" reason="Because"/>'
ANSWERS = [
    ("nothing said", respond(), Verdict.ALLOW, 200, ""),
    ("204", respond(STATUS.format(204)), Verdict.ALLOW, 204, ""),
    ("399", respond(STATUS.format(399)), Verdict.ALLOW, 399, ""),
    ("400", respond(STATUS.format(400)), Verdict.REJECT, 400, ""),
    ("412", respond(STATUS.format(412) + "<set-body>No</set-body>"), Verdict.REJECT, 412, "No"),
    ("a literal expression", respond(STATUS.format("@(403)") + "<set-body>@(&quot;No&quot;)</set-body>"),
     Verdict.REJECT, 403, "No"),
    ("a computed body", respond(STATUS.format(403) + "<set-body>@(context.User.Id)</set-body>"),
     Verdict.REJECT, 403, None),
    ("a body with a named value", respond(STATUS.format(403) + "<set-body>Ask {{who}}</set-body>"),
     Verdict.REJECT, 403, None),
    ("a template", respond(STATUS.format(403) + '<set-body template="liquid">{% if %}</set-body>'),
     Verdict.REJECT, 403, None),
    ("a plain template", respond(STATUS.format(403) + '<set-body template="liquid">No</set-body>'),
     Verdict.REJECT, 403, "No"),
    ("from a variable, own status", respond(STATUS.format(403), 'response-variable-name="r"'),
     Verdict.REJECT, 403, None),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "verdict", "status", "body"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_below_400_it_allows_and_from_400_on_it_refuses(what, text, verdict, status, body):
    trace = judged(text + policy(), request())
    assert (trace.verdict, trace.status, trace.body, trace.reason) == (verdict, status, body, "")
    assert [step.is_reached for step in trace.steps] == [True, False]


OPEN = [
    (respond(STATUS.format("@(context.Code)")), "status of return-response: @(context.Code)"),
    (respond(STATUS.format("{{code}}")), "status of return-response: {{code}}"),
    (respond("", 'response-variable-name="r"'), "status in the variable r"),
]


@pytest.mark.parametrize(("text", "need"), OPEN)
def test_a_status_that_only_the_runtime_knows_leaves_the_answer_open(text, need):
    trace = judged(text + policy(), request())
    assert (trace.verdict, trace.status) == (Verdict.UNDECIDED, None)
    assert need in trace.needs


def test_a_refusal_before_it_stands():
    trace = judged(policy() + respond(), request())
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenNotPresent")
    assert judged(policy() + respond(), request(token())).status == 200


def test_headers_and_the_reason_phrase_are_told():
    header = '<set-header name="WWW-Authenticate"><value>Bearer error="invalid_token"</value></set-header>'
    trace = judged(respond(STATUS.format(401) + header), request())
    assert trace.headers == (("WWW-Authenticate", 'Bearer error="invalid_token"'),)
    assert trace.reason_phrase == "Because"


def test_headers_of_an_answer_follow_exists_action_and_hold_one_line():
    one = '<set-header name="X" exists-action="{}"><value>{}</value></set-header>'
    children = one.format("override", "a\n  b") + one.format("append", "c") + one.format("skip", "d")
    assert judged(respond(children), request()).headers == (("X", "a b"), ("X", "c"))
    assert judged(respond(children + one.format("delete", "")), request()).headers == ()


def test_a_different_answer_per_branch_is_said():
    branches = f'<when condition="@(context.User.Id)">{respond()}</when><otherwise>{respond(STATUS.format(204))}'
    text = f"<choose>{branches}</otherwise></choose>"
    trace = judged(text, request())
    assert (trace.verdict, trace.status) == (Verdict.ALLOW, None)
    assert "answer-depends-on-condition" in warnings(trace)
