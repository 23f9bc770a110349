"""Where the outcome rests on behaviour that nobody has confirmed, that is said; where it does not, it is not."""

import pytest

from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import AUDIENCE, ISSUER, URL, judged, policy, request, token, view, warnings

CODE = "unconfirmed-behaviour"
OTHER_URL, OTHER_ISSUER = "https://other.example/.well-known/openid-configuration", "https://other.example/"
TENANT = "3f8a0c6e-52b7-4d1b-9e44-a7c1de20b5f9"
CLIENT = "e2c47a90-1b5d-4c8f-a3f6-90bd7e12c4a8"
ENTRA_ISSUER = f"https://login.microsoftonline.com/{TENANT}/v2.0"
ENTRA_URL = f"{ENTRA_ISSUER}/.well-known/openid-configuration"


def wants(*values, name="roles", extra=""):
    listed = "".join(f"<value>{value}</value>" for value in values)
    return policy(children=f'<required-claims><claim name="{name}" {extra}>{listed}</claim></required-claims>')


ALLOW, REJECT = Verdict.ALLOW, Verdict.REJECT
OF_CLAIMS = [
    # a list inside a claim, and an object
    (wants("read"), {"roles": [["read"]]}, REJECT, True),
    (wants("[&quot;read&quot;]"), {"roles": [["read"]]}, ALLOW, True),
    (wants("read"), {"roles": [["write"]]}, REJECT, False),
    (wants("read"), {"roles": ["read", {"a": 1}]}, ALLOW, False),
    # values that hold the separator
    (wants("a b", extra='separator=" "'), {"roles": "a b"}, REJECT, True),
    (wants("a b", extra='separator=" "'), {"roles": "a c"}, REJECT, False),
    (wants("a", extra='separator=" "'), {"roles": "a b"}, ALLOW, False),
    (wants("a", extra='separator=" "'), {"roles": ["a b"]}, ALLOW, True),
    (wants("a b", extra='separator=" "'), {"roles": ["a b"]}, REJECT, True),
    (wants("a", extra='separator=", "'), {"roles": "a,b"}, REJECT, True),
    (wants("a", extra='separator=", "'), {"roles": "a, b"}, ALLOW, False),
    # letter case and blanks
    (wants("Read"), {"roles": ["read"]}, REJECT, True),
    (wants("read"), {"roles": ["read "]}, REJECT, True),
    (wants("read", extra='separator=","'), {"roles": "read, write"}, ALLOW, False),
    (wants("write", extra='separator=","'), {"roles": "read, write"}, REJECT, True),
    (wants("read", name="Roles"), {"roles": ["read"]}, REJECT, True),
    (wants("read", name="Roles"), {"roles": ["write"]}, REJECT, False),
    # nothing of the kind
    (wants("read"), {"roles": ["read"]}, ALLOW, False),
    (wants("admin"), {"roles": ["read"]}, REJECT, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claims", "verdict", "is_said"), OF_CLAIMS)
def test_a_claim_that_may_be_read_otherwise_is_said_to_be(text, claims, verdict, is_said):
    trace = judged(text, request(token(**claims)))
    assert (trace.verdict, CODE in warnings(trace)) == (verdict, is_said)


def padded(value):
    return f"\n      {value}\n    "


PADDED = [
    (policy(audiences=f"<audience>{padded(AUDIENCE)}</audience>"), True),
    (policy(audiences=f"<audience>{padded(AUDIENCE)}</audience><audience>{AUDIENCE}</audience>"), False),
    (policy(audiences=f"<audience>{padded('other')}</audience><audience>{AUDIENCE}</audience>"), False),
    (wants(padded("read")), True),
    (wants(padded("read"), "write", extra='match="any"'), False),
    (wants(padded("admin"), "write", extra='match="any"'), False),
]


@pytest.mark.parametrize(("text", "is_said"), PADDED)
def test_white_space_around_a_value_of_the_policy_is_said_where_it_decides(text, is_said):
    trace = judged(text, request(token()))
    assert (trace.verdict, CODE in warnings(trace)) == (ALLOW, is_said)


def test_another_letter_case_of_audience_and_issuer_is_said():
    trace = judged(policy(), request(token(aud=AUDIENCE.upper())))
    assert (trace.verdict, CODE in warnings(trace)) == (REJECT, True)
    trace = judged(policy(), request(token(iss=ISSUER.upper())))
    assert (trace.verdict, CODE in warnings(trace)) == (REJECT, True)
    assert CODE not in warnings(judged(policy(), request(token(aud="other"))))


def test_a_key_that_verifies_without_being_named_is_said():
    trace = judged(policy(), request(token(kid="unknown")))
    assert (trace.verdict, CODE in warnings(trace)) == (ALLOW, True)
    assert CODE not in warnings(judged(policy(), request(token(kid="a1"))))
    assert CODE not in warnings(judged(policy(), request(token(kid="unknown", signer="b1"))))


def test_another_key_than_the_named_one_that_verifies_is_said():
    both = {URL: view("a1"), OTHER_URL: view("b1", ISSUER)}
    text = policy(children="").replace("<audiences>", f'<openid-config url="{OTHER_URL}" /><audiences>')
    trace = judged(text, request(token(kid="a1", signer="b1")), metadata=both)
    assert (trace.verdict, CODE in warnings(trace)) == (REJECT, True)
    assert CODE not in warnings(judged(text, request(token(kid="a1", signer="c1")), metadata=both))


def test_key_and_issuer_of_different_metadata_are_said():
    pooled = {URL: view("a1"), OTHER_URL: view("b1", OTHER_ISSUER)}
    text = policy().replace("<audiences>", f'<openid-config url="{OTHER_URL}" /><audiences>')
    trace = judged(text, request(token(kid="b1", signer="b1")), metadata=pooled)
    assert (trace.verdict, CODE in warnings(trace)) == (ALLOW, True)
    assert CODE not in warnings(judged(text, request(token(kid="a1")), metadata=pooled))
    same = judged(text, request(token(kid="b1", signer="b1", iss=OTHER_ISSUER)), metadata=pooled)
    assert (same.verdict, CODE in warnings(same)) == (ALLOW, False)
    listed = text.replace("</audiences>", f"</audiences><issuers><issuer>{ISSUER}</issuer></issuers>")
    assert CODE not in warnings(judged(listed, request(token(kid="b1", signer="b1")), metadata=pooled))


ENTRA = [
    ({"azp": CLIENT}, ALLOW, False),
    ({"azp": CLIENT.upper()}, ALLOW, True),
    ({"azp": None, "appid": CLIENT}, REJECT, True),
    ({"azp": "another", "appid": CLIENT}, REJECT, True),
    ({"azp": "another", "appid": "a third"}, REJECT, False),
    ({"azp": CLIENT, "appid": "another"}, ALLOW, False),
]


@pytest.mark.parametrize(("claims", "verdict", "is_said"), ENTRA)
def test_a_client_in_the_claim_of_the_other_version_is_said(claims, verdict, is_said):
    listed = f"<client-application-ids><application-id>{CLIENT}</application-id></client-application-ids>"
    text = f'<validate-azure-ad-token tenant-id="{TENANT}">{listed}</validate-azure-ad-token>'
    sent = token(iss=ENTRA_ISSUER, tid=TENANT, **claims)
    trace = judged(text, request(sent), metadata={ENTRA_URL: view("a1", ENTRA_ISSUER)})
    assert (trace.verdict, CODE in warnings(trace)) == (verdict, is_said)
