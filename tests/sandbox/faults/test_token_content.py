"""Faults of the token: each changes exactly what it says."""

import pytest

from console.core.policy.engine.evaluate import Trace
from console.core.policy.engine.model import Outcome
from console.core.policy.engine.request import GatewayRequest
from console.sandbox.gateway import trace_call
from console.sandbox.ids import guid
from tests.sandbox.builders import (
    BASE,
    NOW,
    decode,
    fresh,
    keys,
    samples,
    scope,
    secret_form,
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
