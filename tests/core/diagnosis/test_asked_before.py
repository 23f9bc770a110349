"""A case of a token for another API does not ask for a scope that its token request named already."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.asked_before import OTHER_API, knowing_request
from tests.core.diagnosis.evidence import claims, of_call

ORDERS = "11111111-2222-4333-8444-555555555555"
AUDIENCES = {"audiences": [ORDERS]}


def told(scope):
    call = read_evidence(of_call(token=claims(aud="api://billing"), expectations=AUDIENCES))
    token = read_evidence({"token_request": {"endpoint": "https://idp.example/token", "params": {"scope": scope}}})
    before = explain(call)
    assert before.primary.cause == OTHER_API
    return before.primary.do, knowing_request(before, call, token).primary.do


@pytest.mark.parametrize(
    "scope", [f"{ORDERS}/.default", f"api://{ORDERS}/.default", f"openid api://{ORDERS}/Orders.Read", ORDERS]
)
def test_what_was_asked_for_is_not_asked_for_again(scope):
    _, after = told(scope)
    assert after == (
        f"Get a fresh token: this one was asked for with {scope}, which names this API already. If its aud stays the "
        "same, the identity provider gives another token than it was asked for: show it this explanation."
    )


@pytest.mark.parametrize("scope", ["", "api://billing/.default", "openid profile", "/.default"])
def test_what_was_not_asked_for_is_advised(scope):
    before, after = told(scope)
    assert after == before


def test_a_call_without_its_token_request_is_told_as_ever():
    call = read_evidence(of_call(token=claims(aud="api://billing"), expectations=AUDIENCES))
    diagnosis = explain(call)
    assert knowing_request(diagnosis, call, None) is diagnosis
