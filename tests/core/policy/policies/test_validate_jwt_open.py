"""validate-jwt where something is missing, and what it says besides its verdict."""

import pytest

from console.core.policy.engine.model import UNREACHABLE, Verdict
from tests.core.policy.builders import (
    AUDIENCE,
    NOW,
    URL,
    codes,
    failed,
    judged,
    policy,
    request,
    token,
    view,
    warnings,
)

GRAPH = "00000003-0000-0000-c000-000000000000"


def _claim(inner: str, attributes: str = "") -> str:
    return f'<required-claims><claim name="roles" {attributes}>{inner}</claim></required-claims>'


OPEN = [
    ("metadata that was not given", policy(), {}, (URL,)),
    ("an audience expression", policy(audiences="<audience>@(x)</audience>"), None, ("@(x)",)),
    ("a claim's named value", policy(children=_claim("<value>{{role}}</value>")), None, ("{{role}}",)),
    (
        "a template issuer",
        policy(),
        {URL: view(issuer="https://login.example/{tenantid}/v2.0")},
        ("https://login.example/{tenantid}/v2.0",),
    ),
]


@pytest.mark.parametrize(("what", "text", "metadata", "needs"), OPEN, ids=[row[0] for row in OPEN])
def test_what_is_missing_leaves_the_answer_open_and_is_named(what, text, metadata, needs):
    trace = judged(text, request(token()), metadata=metadata)
    assert trace.verdict is Verdict.UNDECIDED
    assert set(needs) <= set(trace.needs)


def test_a_certain_failure_is_a_refusal_whatever_is_missing():
    trace = judged(policy(), request(token(exp=NOW - 1)), metadata={})
    assert (trace.verdict, trace.reason, trace.needs) == (Verdict.REJECT, "TokenExpired", (URL,))


def test_an_unknown_skew_leaves_a_late_token_open():
    trace = judged(policy('clock-skew="{{skew}}"'), request(token(exp=NOW - 1)))
    assert (trace.verdict, failed(trace)) == (Verdict.UNDECIDED, [])


WARNED = [
    ("a slash at the end", policy(audiences=f"<audience>{AUDIENCE}/</audience>"), {}, "trailing-slash"),
    ("the other form", policy(audiences=f"<audience>api://{AUDIENCE}</audience>"), {}, "audience-form"),
    ("no audiences", policy(audiences=None), {}, "audience-not-checked"),
    ("an empty list", policy(audiences=""), {}, "audiences-empty"),
    ("a v1 issuer", policy(), {"iss": "https://login.example/sts/t/"}, "version-mismatch"),
    ("an unknown key", policy(), {"kid": "b9", "signer": "b1"}, "key-roll"),
    ("a Graph token", policy(), {"aud": GRAPH}, "graph-token"),
    ("no separator", policy(children=_claim("<value>a</value>")), {"roles": "a b"}, "separator-missing"),
]


@pytest.mark.parametrize(("what", "text", "changes", "code"), WARNED, ids=[row[0] for row in WARNED])
def test_what_people_should_know_is_said(what, text, changes, code):
    assert code in warnings(judged(text, request(token(**changes))))


def test_unreachable_metadata_is_said():
    assert "metadata-unreachable" in warnings(judged(policy(), request(token()), metadata={URL: UNREACHABLE}))


def test_neither_metadata_nor_issuers_is_said():
    trace = judged('<validate-jwt header-name="Authorization"/>', request(token()))
    assert {"issuer-not-checked", "audience-not-checked"} <= warnings(trace)
    assert (trace.reason, codes(trace)) == ("TokenSignatureKeyNotFound", ["IDX10500"])


def test_keys_and_issuers_of_several_metadata_are_pooled():
    other = "https://other.example/.well-known/openid-configuration"
    text = policy(children="").replace("<audiences>", f'<openid-config url="{other}"/><audiences>')
    metadata = {URL: view(), other: view("b1", "https://other.example")}
    sent = request(token(kid="b1", signer="b1", iss="https://other.example"))
    assert judged(text, sent, metadata=metadata).verdict is Verdict.ALLOW


def test_a_good_token_has_no_warnings():
    assert warnings(judged(policy(), request(token()))) == set()
