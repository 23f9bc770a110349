"""Each fault changes exactly what it says, and without one nothing is wrong."""

import json
from base64 import urlsafe_b64decode

import pytest

from console.core.exchange import Failure, FailureKind, Request, Response
from console.core.policy.engine.answers import error_body
from console.core.policy.engine.evaluate import Trace
from console.core.policy.engine.model import Outcome
from console.core.policy.engine.request import GatewayRequest
from console.sandbox.faults import FAULTS, fault
from console.sandbox.faults.base import Needs, ShowsAt
from console.sandbox.gateway import trace_call
from console.sandbox.ids import guid
from tests.sandbox.builders import (
    BASE,
    NOW,
    answered,
    assertion,
    assertion_form,
    body_of,
    call,
    decode,
    fresh,
    key_pair,
    keys,
    post_form,
    samples,
    scope,
    secret_form,
    send,
    token_for,
)

V1 = secret_form(scope=scope(samples().invoices.id))
TENANT = samples().state.tenant_id
ORDERS, INVOICES = samples().orders.id, samples().invoices.id
OTHER_TENANT = guid("another tenant", TENANT)
GONE = object()


def _changes(code: str, form: dict[str, str]) -> tuple[dict, dict]:
    good, bad = decode(token_for(form=form)), decode(token_for(fresh(code), form=form))
    header, claims = (
        {name: b.get(name, GONE) for name in {**g, **b} if g.get(name, GONE) != b.get(name, GONE)}
        for g, b in zip(good, bad, strict=True)
    )
    return header, claims


CONTENT = [
    ("wrong-audience", secret_form(), {"aud": guid("another API", ORDERS)}, "audience"),
    ("wrong-audience", V1, {"aud": f"api://{guid('another API', INVOICES)}"}, "audience"),
    ("audience-other-form", secret_form(), {"aud": f"api://{ORDERS}"}, "audience"),
    ("audience-other-form", V1, {"aud": INVOICES}, "audience"),
    ("issuer-version-mix", secret_form(), {"iss": f"{BASE}/sts/{TENANT}/", "ver": "1.0"}, "issuer"),
    ("issuer-version-mix", V1, {"iss": f"{BASE}/{TENANT}/v2.0", "ver": "2.0"}, "issuer"),
    ("expired", secret_form(), {"exp": NOW - 60, "nbf": NOW - 3660, "iat": NOW - 3660}, "expiry"),
    ("not-yet-valid", secret_form(), {"exp": NOW + 4200, "nbf": NOW + 600, "iat": NOW + 600}, "not-before"),
    ("missing-role", secret_form(), {"roles": GONE}, "required-claim:roles"),
    ("wrong-client", secret_form(), {"azp": guid("another client", samples().secret_client.id)}, "required-claim:azp"),
    ("wrong-client", V1, {"appid": guid("another client", samples().secret_client.id)}, "required-claim:appid"),
    ("bad-signature", secret_form(), {}, "signature"),
    ("other-tenant", secret_form(), {"iss": f"{BASE}/{OTHER_TENANT}/v2.0", "tid": OTHER_TENANT}, "issuer"),
    ("other-tenant", V1, {"iss": f"{BASE}/sts/{OTHER_TENANT}/", "tid": OTHER_TENANT}, "issuer"),
]


def _trace(token: str, form: dict[str, str]) -> Trace:
    state = fresh()
    api = state.gateway_apis[1 if form is V1 else 0]
    headers = (("Authorization", f"Bearer {token}"), ("Ocp-Apim-Subscription-Key", samples().subscription_key))
    request = GatewayRequest("GET", f"{BASE}/gateway/{api.path}/echo", headers)
    return trace_call(request, api, base=BASE, state=state, keys=keys(), now=NOW)


def _failed(trace: Trace) -> list[str]:
    return [check.check for step in trace.steps for check in step.checks if check.outcome is Outcome.FAIL]


@pytest.mark.parametrize(
    ("code", "form", "changed", "check"), CONTENT, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_faulty_token_differs_in_exactly_one_way_and_fails_exactly_one_check(code, form, changed, check):
    assert _changes(code, form) == ({}, changed)
    assert _failed(_trace(token_for(fresh(code), form=form), form)) == [check]


def test_a_token_of_a_retired_key_names_another_key_and_keeps_its_claims():
    header, claims = _changes("unknown-kid", secret_form())
    assert set(header) == {"kid"}
    assert claims == {}
    assert _failed(_trace(token_for(fresh("unknown-kid")), secret_form())) == ["key-found"]


def test_an_id_token_is_for_the_client_and_says_nothing_of_permissions():
    header, claims = _changes("id-token", secret_form())
    assert header == {}
    assert set(claims) == {"aud", "nonce", "name", "preferred_username", "roles", "azp", "azpacr", "aio"}
    assert claims["aud"] == samples().secret_client.id
    assert claims["roles"] is claims["azp"] is GONE
    assert "audience" in _failed(_trace(token_for(fresh("id-token")), secret_form()))


def test_a_graph_token_has_a_nonce_and_cannot_be_verified():
    header, claims = _changes("graph-token", secret_form())
    assert set(header) == {"nonce"}
    assert claims == {"aud": "00000003-0000-0000-c000-000000000000"}
    trace = _trace(token_for(fresh("graph-token")), secret_form())
    assert _failed(trace) == ["signature", "audience"]
    assert "graph-token" in {warned.code for warned in trace.warnings}


CERTIFICATE = assertion_form(assertion())
AT_TOKEN = [
    ("secret-wrong", secret_form(), 7000215),
    ("secret-id", secret_form(), 7000215),
    ("secret-expired", secret_form(), 7000222),
    ("certificate-not-registered", CERTIFICATE, 700027),
    ("certificate-expired", CERTIFICATE, 700027),
    ("thumbprint-form", CERTIFICATE, 700027),
    ("client-unknown", secret_form(), 700016),
    ("resource-unknown", secret_form(), 500011),
    ("provider-down", secret_form(), 90033),
]


@pytest.mark.parametrize(("code", "form", "number"), AT_TOKEN, ids=[row[0] for row in AT_TOKEN])
def test_a_fault_of_the_token_request_gives_its_code(code, form, number):
    assert body_of(answered(post_form(form), fresh(code)))["error_codes"] == [number]
    assert "access_token" in body_of(answered(post_form(form)))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("certificate-not-registered", "The key was not found."),
        ("certificate-expired", "The key used is expired."),
        ("thumbprint-form", "The key was not found."),
    ],
)
def test_the_three_faults_of_a_certificate_have_their_own_words(code, words):
    assert words in body_of(answered(post_form(CERTIFICATE), fresh(code)))["error_description"]


def test_the_thumbprint_that_is_echoed_is_the_one_in_the_wrong_form():
    text = body_of(answered(post_form(CERTIFICATE), fresh("thumbprint-form")))["error_description"]
    assert urlsafe_b64decode(key_pair("client").x5t_s256 + "=").hex().upper() in text


def test_a_provider_that_is_down_answers_503_and_still_publishes_its_metadata():
    assert answered(post_form(secret_form()), fresh("provider-down")).status == 503
    assert (
        answered(
            Request("GET", f"{BASE}/{TENANT}/v2.0/.well-known/openid-configuration"), fresh("provider-down")
        ).status
        == 200
    )


@pytest.mark.parametrize(("code", "request_"), [("provider-slow", post_form(secret_form())), ("slow-api", None)])
def test_what_is_too_slow_is_a_failure_and_not_a_wait(code, request_):
    answer, _ = send(request_ or call(token_for()), fresh(code))
    assert isinstance(answer, Failure)
    assert (answer.kind, answer.rule) == (FailureKind.TIMEOUT, "total")


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


@pytest.mark.parametrize("one", [one for one in FAULTS if one.on_secret], ids=lambda one: one.code)
def test_what_replaces_a_secret_may_be_applied_twice(one):
    once = one.on_secret("value", fresh(), samples().secret_client.id)
    assert once != "value"
    assert one.on_secret(once, fresh(), samples().secret_client.id) == once


def test_the_id_of_a_secret_is_a_guid_that_belongs_to_the_client():
    sent = fault("secret-id").on_secret("value", fresh(), samples().secret_client.id)
    assert sent == samples().secret_client.secrets[0].id
    assert fault("secret-id").on_secret("value", fresh(), "unknown") == "value"


@pytest.mark.parametrize("one", [one for one in FAULTS if one.on_call_headers], ids=lambda one: one.code)
def test_what_replaces_headers_may_be_applied_twice(one):
    headers = (("Accept", "*/*"), ("OCP-apim-subscription-key", "good"))
    once = one.on_call_headers(headers)
    assert ("Accept", "*/*") in once
    assert "good" not in dict(once).values()
    assert one.on_call_headers(once) == once


def test_the_wrong_thumbprint_may_be_applied_twice():
    pair = key_pair("client")
    once = fault("thumbprint-form").on_assertion_header({"alg": "PS256", "x5t#S256": pair.x5t_s256}, pair)
    assert once == {"alg": "PS256", "x5t": pair.x5t_s256}
    assert fault("thumbprint-form").on_assertion_header(once, pair) == once


def test_every_fault_shows_and_only_where_it_says():
    for one in FAULTS:
        form = CERTIFICATE if one.needs is Needs.CERTIFICATE else secret_form()
        answer, state = send(post_form(form), fresh(one.code))
        is_refused = not isinstance(answer, Response) or answer.status != 200
        assert is_refused == (one.shows_at is ShowsAt.TOKEN), one.code
        if not is_refused:
            token = json.loads(answer.body)["access_token"]
            second, _ = send(call(token), state)
            assert not isinstance(second, Response) or second.status >= 400, one.code


def test_codes_are_unique_and_every_field_for_people_is_filled():
    assert len({one.code for one in FAULTS}) == len(FAULTS) == 28
    assert all(one.title and one.explanation.endswith(".") and one.cause for one in FAULTS)


def test_a_fault_never_stays_in_the_state_but_as_its_code():
    for one in FAULTS:
        _, after = send(post_form(secret_form()), fresh(one.code))
        assert after == fresh(one.code), one.code


@pytest.mark.parametrize("code", [None, "gone"])
def test_no_code_and_an_unknown_code_are_no_fault(code):
    assert fault(code) is None
    assert answered(call(token_for(fresh(code))), fresh(code)).status == 200
