"""The sandbox's gateway and the API behind it, called as a client calls them."""

from dataclasses import replace

import pytest

from console.core.policy.engine.answers import error_body
from console.sandbox.gateway import has_operation
from console.sandbox.state import GatewayApi
from tests.sandbox.builders import (
    BASE,
    NOW,
    answered,
    assertion,
    assertion_form,
    body_of,
    call,
    fresh,
    post_form,
    samples,
    scope,
    secret_form,
    send,
    token_for,
    token_url,
)

REFUSED = "Unauthorized. Access token is missing or invalid."


@pytest.mark.parametrize("form", [secret_form(), assertion_form(assertion())], ids=["secret", "certificate"])
def test_without_a_fault_everything_is_green(form):
    response = answered(call(token_for(form=form)))
    assert (response.status, response.reason) == (200, "OK")
    assert body_of(response)["orders"][0]["id"] == "1001"


def test_the_v1_api_is_green_too_and_asks_for_no_key():
    token = token_for(form=secret_form(scope=scope(samples().invoices.id)))
    assert answered(call(token, path="/invoices/invoices", key=None)).status == 200


@pytest.mark.parametrize("base", ["http://127.0.0.1:8000/sandbox/w1", "https://x.example/deep/sandbox/w9"])
def test_it_is_green_under_any_base(base):
    token = body_of(answered(post_form(secret_form(), token_url(base))))["access_token"]
    assert answered(call(token, base=base)).status == 200


def test_a_call_without_a_token_gets_the_policys_message():
    response = answered(call())
    assert (response.status, response.body.decode()) == (401, error_body(401, REFUSED))
    assert response.header("www-authenticate") is None


def test_a_call_without_a_key_is_refused_before_the_token_is_looked_at():
    response = answered(call(key=None))
    assert (response.status, response.reason) == (401, "Access Denied")
    assert response.header("www-authenticate") == (
        f'AzureApiManagementKey realm="{BASE}/gateway/orders",name="Ocp-Apim-Subscription-Key",type="header"'
    )
    assert b"missing subscription key" in response.body


def test_a_wrong_key_is_called_invalid():
    assert b"invalid subscription key" in answered(call(token_for(), key="wrong")).body


def test_a_key_in_the_query_is_taken_and_not_passed_on():
    query = f"a=1&subscription-key={samples().subscription_key}"
    response = answered(call(token_for(), path="/orders/echo", key=None, query=query))
    assert response.status == 200
    assert body_of(response)["query"] == "a=1"
    assert samples().subscription_key.encode() not in response.body


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/orders/nowhere"),
        ("DELETE", "/orders/orders"),
        ("GET", "/unknown/orders"),
        ("GET", ""),
        ("GET", "/orders"),
    ],
)
def test_a_path_or_method_without_an_operation_is_not_found(method, path):
    response = answered(call(token_for(), path=path, method=method))
    assert (response.status, response.body) == (404, b'{ "statusCode": 404, "message": "Resource not found" }')


@pytest.mark.parametrize(
    ("operation", "method", "path", "fits"),
    [
        ("GET /orders", "GET", "/orders", True),
        ("GET /orders", "GET", "/orders/", True),
        ("GET /orders", "POST", "/orders", False),
        ("GET /orders", "GET", "/orders/1", False),
        ("* /echo", "PATCH", "/echo", True),
        ("GET /reports/*", "GET", "/reports/1", True),
        ("GET /reports/*", "GET", "/reports/", False),
        ("GET /reports/*", "GET", "/reportsx/1", False),
    ],
)
def test_an_operation_fits_its_method_and_path(operation, method, path, fits):
    assert has_operation(GatewayApi("x", "X", "", operations=(operation,)), method, path) is fits


def test_the_echo_tells_what_the_back_end_was_told_without_secrets():
    token = token_for()
    headers = (("X-Client-Id", "spoofed"), ("X-Trace", "t1"), ("Cookie", "session=1"))
    response = answered(
        call(token, path="/orders/echo/deep", method="PUT", query="a=1&b=", headers=headers, body=b"hello")
    )
    told = body_of(response)
    assert told == {
        "method": "PUT",
        "path": "/echo/deep",
        "query": "a=1&b=",
        "body": "hello",
        "headers": {
            "X-Trace": "t1",
            "Cookie": "***",
            "Authorization": "Bearer ***",
            "X-Client-Id": samples().secret_client.id,
            "X-Client-Roles": "Orders.Read,Orders.Write",
        },
    }
    assert token.encode() not in response.body


def test_a_client_that_is_not_registered_here_is_not_on_the_policys_list():
    token = token_for()
    others = tuple(client for client in fresh().clients if client.id != samples().secret_client.id)
    assert answered(call(token), replace(fresh(), clients=others)).status == 401


def test_a_policy_that_cannot_be_read_is_an_error_of_the_gateway():
    broken = tuple(replace(api, policy="<policies>") for api in fresh().gateway_apis)
    response = answered(call(token_for()), replace(fresh(), gateway_apis=broken))
    assert response.status == 500
    assert b"cannot decide this call" in response.body


def test_a_policy_that_is_not_understood_lets_nobody_through():
    strange = tuple(
        replace(api, policy="<ip-fitler action='allow'/>", requires_key=False) for api in fresh().gateway_apis
    )
    response = answered(call(token_for()), replace(fresh(), gateway_apis=strange))
    assert (response.status, b"policy ip-fitler" in response.body) == (500, True)


def test_a_policy_that_answers_by_itself_keeps_the_call_from_the_api():
    parts = '<set-status code="204" reason="Gone home"/><set-body>@(context.Id)</set-body>'
    respond = f"<return-response>{parts}</return-response>"
    answering = tuple(replace(api, policy=respond, requires_key=False) for api in fresh().gateway_apis)
    response = answered(call(token_for()), replace(fresh(), gateway_apis=answering))
    assert (response.status, response.reason, response.body) == (204, "Gone home", b"")


def _started() -> tuple[str, str, object]:
    response, state = send(call(token_for(), path="/orders/reports", method="POST"))
    assert response.status == 202
    assert response.header("retry-after") == "2"
    return response.header("operation-location"), response.header("location"), state


def _poll(url: str, state, now: int):
    path = url.removeprefix(f"{BASE}/gateway")
    return answered(call(token_for(now=now), path=path), state, now)


@pytest.mark.parametrize(
    ("later", "status"), [(0, "NotStarted"), (1, "Running"), (5, "Running"), (6, "Succeeded"), (7, "Succeeded")]
)
def test_the_status_monitor_follows_the_work(later, status):
    monitor, _, state = _started()
    response = _poll(monitor, state, NOW + later)
    assert response.status == 200
    assert body_of(response)["status"] == status
    assert (response.header("retry-after") is None) == (status == "Succeeded")
    assert ("result" in body_of(response)) == (status == "Succeeded")


@pytest.mark.parametrize(("later", "status"), [(0, 202), (5, 202), (6, 200)])
def test_the_location_answers_202_until_the_work_is_done(later, status):
    _, result, state = _started()
    assert _poll(result, state, NOW + later).status == status


@pytest.mark.parametrize("path", ["/orders/operations/nothing", "/orders/reports/nothing"])
def test_work_that_nobody_started_is_not_found_by_the_api(path):
    response = answered(call(token_for(), path=path))
    assert response.status == 404
    assert body_of(response)["error"]["code"] == "NotFound"


def test_the_state_only_remembers_what_happened():
    _, _, state = _started()
    assert replace(state, operations=()) == fresh()
