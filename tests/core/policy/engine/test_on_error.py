"""The on-error section: what the client gets after a refusal, and what stays as it was."""

import pytest

from console.core.policy.engine.model import Verdict
from console.core.policy.policies.subscription_key import SubscriptionRule
from tests.core.policy.builders import NOW, judged, policy, request, token, warnings

OWN = '{ "statusCode": 401, "message": "JWT not present." }'


def document(on_error, inbound=None):
    before = f"<inbound>{inbound or policy()}</inbound><backend/><outbound/>"
    return f"<policies>{before}<on-error>{on_error}</on-error></policies>"


def condition(text, then):
    return f'<choose><when condition="{text}">{then}</when></choose>'


RESPOND = '<return-response><set-status code="403" reason="Forbidden"/><set-body>Ask us.</set-body></return-response>'
SECTIONS = [
    ("base alone", "<base/>", 401, OWN, False),
    ("nothing", "", 401, OWN, False),
    ("a log", "<trace/><log-to-eventhub/>", 401, OWN, False),
    ("an answer", RESPOND, 403, "Ask us.", True),
    ("an answer after base", "<base/>" + RESPOND, 403, "Ask us.", True),
    ("only a status", '<set-status code="400" reason="Bad"/>', 400, OWN, True),
    ("only a body", "<set-body>Sorry</set-body>", 401, "Sorry", True),
    ("a computed body", '<set-body>@(context.LastError.Message)</set-body>', 401, None, True),
    ("a template", '<set-body template="liquid">{{ body }}</set-body>', 401, None, True),
    ("a body of the source", "<set-body>@(context.LastError.Source)</set-body>", 401, "validate-jwt", True),
    ("a computed status", '<set-status code="@(context.Code)"/>', None, OWN, True),
    ("the same status", '<set-status code="401" reason="Unauthorized"/>', 401, OWN, False),
    ("only a header", '<set-header name="X"><value>@(context.LastError.Reason)</value></set-header>', 401, OWN, False),
    ("the right source", condition("@(context.LastError.Source == &quot;validate-jwt&quot;)", RESPOND), 403,
     "Ask us.", True),
    ("another source", condition("@(context.LastError.Source == &quot;quota&quot;)", RESPOND), 401, OWN, False),
    ("the right status", condition("@(context.Response.StatusCode == 401)", RESPOND), 403, "Ask us.", True),
    ("what comes after an answer", RESPOND + "<set-body>late</set-body>", 403, "Ask us.", True),
    ("an example", '<mock-response status-code="418"/>', 418, None, True),
    ("an example without a status", "<mock-response/>", 200, None, True),
    ("an example with a status beyond all numbers", f'<mock-response status-code="{"9" * 5000}"/>', None, None, True),
]  # fmt: skip


@pytest.mark.parametrize(("what", "section", "status", "body", "changes"), SECTIONS, ids=[row[0] for row in SECTIONS])
def test_the_section_may_change_status_and_body_but_not_the_reason(what, section, status, body, changes):
    trace = judged(document(section), request())
    assert (trace.verdict, trace.status, trace.body, trace.reason) == (Verdict.REJECT, status, body, "TokenNotPresent")
    assert ("on-error-overrides" in warnings(trace)) is changes


STATUS = '<set-status code="{}" reason="x"/>'
READING = [
    ("the new one", "500", "@(context.Response.StatusCode == 500)", 418, False),
    ("not the old one", "500", "@(context.Response.StatusCode == 401)", 500, False),
    ("the same one", "401", "@(context.Response.StatusCode == 401)", 418, False),
    ("one that nobody knows", "@(context.Code)", "@(context.Response.StatusCode == 401)", 418, True),
]


@pytest.mark.parametrize(("what", "code", "condition_text", "status", "is_open"), READING, ids=[r[0] for r in READING])
def test_a_condition_reads_the_status_that_the_section_has_set(what, code, condition_text, status, is_open):
    section = STATUS.format(code) + condition(condition_text, STATUS.format(418))
    trace = judged(document(section), request())
    assert (trace.status, trace.reason) == (status, "TokenNotPresent")
    assert ("answer-depends-on-condition" in warnings(trace)) is is_open


def test_a_value_reads_the_status_that_the_section_has_set():
    told = "<set-body>@(context.Response.StatusCode.ToString())</set-body>"
    assert judged(document(STATUS.format(500) + told), request()).body == "500"
    assert judged(document(STATUS.format("@(context.Code)") + told), request()).body is None


@pytest.mark.parametrize("inside", ['<include-fragment fragment-id="rules"/>', "<validate-jvt/>", "<base/>"])
def test_what_is_not_known_of_the_section_leaves_the_refusal_as_it_is(inside):
    trace = judged(document(inside), request())
    assert (trace.verdict, trace.status, trace.body, trace.reason) == (Verdict.REJECT, 401, OWN, "TokenNotPresent")


def test_a_header_is_set_from_what_is_known_of_the_error():
    section = '<set-header name="X-Reason"><value>@(context.LastError.Reason)</value></set-header>'
    trace = judged(document(section), request(token(exp=NOW - 1)))
    assert dict(trace.headers)["X-Reason"] == "TokenExpired"


def test_an_unknown_condition_gives_the_first_answer_and_says_so():
    trace = judged(document(condition("@(context.User == null)", RESPOND)), request())
    assert (trace.verdict, trace.status) == (Verdict.REJECT, 403)
    assert {"answer-depends-on-condition", "on-error-overrides"} <= warnings(trace)


def test_it_does_not_run_for_a_call_that_passes():
    trace = judged(document(RESPOND), request(token()))
    assert (trace.verdict, trace.status) == (Verdict.ALLOW, None)
    assert "on-error-overrides" not in warnings(trace)


def test_it_does_not_run_after_an_answer_that_a_policy_gave_on_purpose():
    trace = judged(document(RESPOND, '<return-response><set-status code="409"/></return-response>'), request())
    assert (trace.verdict, trace.status, trace.body, trace.reason) == (Verdict.REJECT, 409, "", "")


def test_it_runs_for_a_missing_key_which_the_gateway_calls_authorization():
    section = condition("@(context.LastError.Source == &quot;authorization&quot;)", RESPOND)
    trace = judged(document(section), request(token()), subscription=SubscriptionRule((), "https://gw.example"))
    assert (trace.status, trace.reason) == (403, "SubscriptionKeyNotFound")


def test_a_token_policy_there_is_not_run_and_said_to_be_in_the_wrong_section():
    trace = judged(document(policy()), request())
    assert (trace.verdict, warnings(trace)) == (Verdict.REJECT, {"wrong-section"})


def test_the_steps_of_the_section_have_their_own_paths():
    trace = judged(document("<base/>" + RESPOND), request())
    assert [step.path for step in trace.steps] == [
        "inbound/validate-jwt[1]", "on-error/base[1]", "on-error/return-response[1]",
    ]  # fmt: skip
