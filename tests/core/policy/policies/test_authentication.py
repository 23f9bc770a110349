"""authentication-managed-identity, -basic and -certificate: how the gateway signs in at the back end."""

import pytest

from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import judged, policy, request, token, warnings

OVERWRITING = [
    ("password", '<authentication-basic username="a" password="b"/>' + policy(), True),
    ("certificate", '<authentication-certificate thumbprint="a"/>' + policy(), False),
    ("identity", '<authentication-managed-identity resource="r"/>' + policy(), True),
    ("identity in a variable",
     '<authentication-managed-identity resource="r" output-token-variable-name="t"/>' + policy(), False),
    ("identity after the policy", policy() + '<authentication-managed-identity resource="r"/>', False),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "is_warned"), OVERWRITING, ids=[row[0] for row in OVERWRITING])
def test_replacing_the_token_that_a_later_policy_reads_is_said(what, text, is_warned):
    trace = judged(text, request(token()))
    assert ("token-overwritten" in warnings(trace)) is is_warned


def test_the_gateways_own_token_leaves_the_answer_open():
    trace = judged('<authentication-managed-identity resource="api://other"/>' + policy(), request(token()))
    assert trace.verdict is Verdict.UNDECIDED
    assert any("the gateway's own token for api://other" in need for need in trace.needs)


def test_a_password_is_no_token_and_is_not_shown():
    trace = judged('<authentication-basic username="u" password="s3cret"/>' + policy(), request(token()))
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenNotPresent")
    assert "s3cret" not in repr(trace)


def test_a_password_that_is_not_known_is_no_token_either():
    trace = judged('<authentication-basic username="u" password="{{p}}"/>' + policy(), request(token()))
    assert (trace.verdict, trace.reason) == (Verdict.REJECT, "TokenNotPresent")


def test_a_certificate_leaves_the_callers_token():
    trace = judged('<authentication-certificate thumbprint="a"/>' + policy(), request(token()))
    assert trace.verdict is Verdict.ALLOW
    assert trace.steps[0].checks[0].what == (
        "The gateway shows its certificate to the back end; the caller's token stays."
    )
