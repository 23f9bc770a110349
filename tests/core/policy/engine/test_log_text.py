"""What support staff find of a refusal in the gateway's log and trace."""

from console.core.policy.engine.log_text import trace_text
from console.core.policy.policies.subscription_key import SubscriptionRule
from tests.core.policy.builders import NOW, judged, policy, request, token


def test_a_missing_token_is_told_in_the_gateways_confirmed_words():
    assert trace_text(judged(policy('id="orders"'), request())).splitlines() == [
        "ResponseCode: 401",
        "BackendResponseCode: 0 (the back end was not asked)",
        "LastErrorSource: validate-jwt",
        "LastErrorReason: TokenNotPresent (also seen: TokenNotFound)",
        "LastErrorMessage: JWT not present.",
        "LastErrorSection: inbound",
        "LastErrorPolicyId: orders",
    ]


def test_a_librarys_sentence_is_marked_as_unconfirmed_and_stands_in_the_trace():
    lines = trace_text(judged(policy(), request(token(exp=NOW - 1)))).splitlines()
    assert any(line.startswith("LastErrorMessage: IDX10223: ") and "(wording unconfirmed)" in line for line in lines)
    assert lines[-1].startswith("Trace (validate-jwt): JWT Validation Failed: IDX10223: ")


def test_a_policy_inside_another_has_a_path_as_the_gateway_writes_it():
    text = (
        f'<choose><when condition="true"><retry condition="x" count="1" interval="1">{policy()}</retry></when></choose>'
    )
    assert "LastErrorPath: choose[1]\\when[1]\\retry[1]" in trace_text(judged(text, request()))


def test_a_missing_key_is_the_gateways_authorization():
    trace = judged(policy(), request(), subscription=SubscriptionRule((), "https://gw.example"))
    text = trace_text(trace)
    assert "LastErrorSource: authorization\nLastErrorReason: SubscriptionKeyNotFound\n" in text


def test_an_answer_given_on_purpose_is_no_error():
    text = trace_text(judged('<return-response><set-status code="@(409)"/></return-response>', request()))
    assert text.endswith("LastErrorSource: (none: return-response answers on purpose)")


def test_a_call_that_passes_leaves_nothing_to_find():
    assert trace_text(judged(policy(), request(token()))) == ""
