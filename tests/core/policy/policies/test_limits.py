"""rate-limit, quota and their kin: one call is within them, and the step tells what lies beyond."""

import pytest

from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import judged, policy, request, token

CASES = [
    ('<rate-limit calls="10" renewal-period="60"/>', "10 calls in 60 seconds", "429", "Rate limit is exceeded."),
    (
        '<rate-limit-by-key calls="5" renewal-period="30" counter-key="a"/>',
        "5 calls in 30 seconds",
        "429",
        "Rate limit",
    ),
    ('<quota calls="1000" renewal-period="3600"/>', "1000 calls in 3600 seconds", "403", "Out of call volume quota."),
    (
        '<quota-by-key bandwidth="40000" renewal-period="3600" counter-key="a"/>',
        "40000 kilobytes in 3600 seconds",
        "403",
        "Out of",
    ),
    ('<quota calls="5" bandwidth="7" renewal-period="60"/>', "5 calls and 7 kilobytes in 60 seconds", "403", "Out of"),
    ('<llm-token-limit counter-key="a" tokens-per-minute="500"/>', "500 tokens in a minute", "429", "Token limit"),
    ('<azure-openai-token-limit counter-key="a" token-quota="9"/>', "9 tokens", "429", "Token limit"),
    ('<rate-limit calls="1" renewal-period="1"/>', "1 call in 1 second", "429", "Rate limit is exceeded."),
    ("<rate-limit/>", "the limit", "429", "Rate limit"),
]


@pytest.mark.parametrize(("text", "limit", "status", "message"), CASES)
def test_a_single_call_is_within_the_limit_and_the_answer_beyond_is_told(text, limit, status, message):
    trace = judged(text + policy(), request(token()))
    assert trace.verdict is Verdict.ALLOW
    what = trace.steps[0].checks[0].what
    assert what.startswith(
        f'One call is within {limit}; beyond it the gateway answers {status} with the body {{ "status'
    )
    assert message in what


@pytest.mark.parametrize(("name", "counts"), [("rate-limit", True), ("quota", True), ("rate-limit-by-key", False)])
def test_limits_of_a_subscription_do_nothing_without_a_key_and_say_so(name, counts):
    trace = judged(f'<{name} calls="1" renewal-period="60"/>', request())
    assert ("does nothing for a call without a subscription key" in trace.steps[0].checks[0].what) is counts


def test_no_call_at_all_leaves_the_answer_open():
    trace = judged('<rate-limit calls="0" renewal-period="60"/>', request())
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, ("rate-limit: calls",))
