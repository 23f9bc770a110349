"""Faults of the call: subscription key, gateway and back end."""

import pytest

from console.core.exchange import Failure, FailureKind
from console.core.policy.engine.answers import error_body
from console.sandbox.faults import FAULTS
from tests.sandbox.builders import (
    answered,
    call,
    fresh,
    samples,
    scope,
    secret_form,
    send,
    token_for,
)

V1 = secret_form(scope=scope(samples().invoices.id))
AT_CALL = [
    ("subscription-key-missing", 401, "missing subscription key"),
    ("subscription-key-invalid", 401, "invalid subscription key"),
    ("rate-limited", 429, error_body(429, "Rate limit is exceeded. Try again in 57 seconds.")),
    ("path-unknown", 404, error_body(404, "Resource not found")),
    ("backend-500", 500, "InternalError"),
]


@pytest.mark.parametrize(("code", "status", "words"), AT_CALL, ids=[row[0] for row in AT_CALL])
def test_a_fault_of_the_call_gives_its_answer(code, status, words):
    response = answered(call(token_for()), fresh(code))
    assert response.status == status
    assert words in response.body.decode()


@pytest.mark.parametrize("code", ["subscription-key-missing", "subscription-key-invalid"])
def test_a_key_in_the_query_does_not_get_round_the_fault(code):
    query = f"subscription-key={samples().subscription_key}"
    assert answered(call(token_for(), key=None, query=query), fresh(code)).status == 401


@pytest.mark.parametrize("code", ["subscription-key-missing", "subscription-key-invalid"])
def test_a_key_fault_shows_at_an_api_that_asks_for_no_key(code):
    token = token_for(form=V1)
    assert b"subscription key" in answered(call(token, path="/invoices/invoices", key=None), fresh(code)).body


@pytest.mark.parametrize("code", ["rate-limited", "backend-500"])
def test_a_wrong_token_is_refused_before_the_fault_of_the_call(code):
    assert answered(call("x.y.z"), fresh(code)).status == 401


def test_the_rate_limit_says_when_to_come_back():
    assert answered(call(token_for()), fresh("rate-limited")).header("retry-after") == "57"


def test_an_api_that_is_too_slow_is_a_failure_and_not_a_wait():
    answer, _ = send(call(token_for()), fresh("slow-api"))
    assert isinstance(answer, Failure)
    assert (answer.kind, answer.rule) == (FailureKind.TIMEOUT, "total")


@pytest.mark.parametrize("one", [one for one in FAULTS if one.on_call_headers], ids=lambda one: one.code)
def test_what_replaces_headers_may_be_applied_twice(one):
    headers = (("Accept", "*/*"), ("OCP-apim-subscription-key", "good"))
    once = one.on_call_headers(headers)
    assert ("Accept", "*/*") in once
    assert "good" not in dict(once).values()
    assert one.on_call_headers(once) == once


def test_a_gateway_that_asks_for_no_key_lets_a_call_in_without_one_and_checks_its_token():
    assert answered(call(token_for(), key=None), fresh("key-not-asked")).status == 200
    assert answered(call("x.y.z", key=None), fresh("key-not-asked")).status == 401


def test_a_gateway_that_checks_no_token_lets_any_in_and_asks_for_the_key():
    assert answered(call("x.y.z"), fresh("token-not-checked")).status == 200
    assert answered(call("x.y.z", key=None), fresh("token-not-checked")).status == 401
