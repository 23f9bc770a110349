"""The token endpoint: every refusal in the shape of the real one, and what a good request gets."""

import base64
import json
from dataclasses import replace

import pytest

from console.core.exchange import Request
from console.sandbox.state import State
from tests.sandbox.builders import (
    BASE,
    FORM,
    NOW,
    answered,
    assertion_form,
    body_of,
    decode,
    fresh,
    post_form,
    samples,
    scope,
    secret_form,
    send,
    token_for,
    token_url,
)

UNKNOWN = "11111111-2222-4333-8444-555555555555"


def _expired_at(moment: int) -> State:
    client = samples().secret_client
    ended = replace(client, secrets=(replace(client.secrets[0], expires_at=moment),))
    return replace(fresh(), clients=(ended,))


REFUSALS = [
    ("an unknown client", secret_form(client_id=UNKNOWN), 700016, "unauthorized_client", 400, UNKNOWN),
    ("a wrong secret", secret_form(client_secret="x"), 7000215, "invalid_client", 401, "not the client secret ID"),
    (
        "no secret",
        secret_form(client_secret=None),
        7000216,
        "invalid_client",
        401,
        "'client_assertion', 'client_secret'",
    ),
    ("an empty secret", secret_form(client_secret=""), 7000216, "invalid_client", 401, "required for the"),
    ("an assertion type alone", assertion_form(""), 7000218, "invalid_client", 401, "must contain"),
    (
        "an unknown assertion type",
        assertion_form("a.b.c", client_assertion_type="x"),
        7000218,
        "invalid_client",
        401,
        "must",
    ),
    ("no client id", secret_form(client_id=None), 900144, "invalid_request", 400, "'client_id'"),
    ("no grant type", secret_form(grant_type=None), 900144, "invalid_request", 400, "'grant_type'"),
    ("another grant", secret_form(grant_type="magic"), 70003, "unsupported_grant_type", 400, "'magic'"),
    ("no scope", secret_form(scope=None), 900144, "invalid_request", 400, "'scope'"),
    (
        "a delegated scope",
        secret_form(scope=f"api://{samples().orders.id}/Orders.Read"),
        1002012,
        "invalid_scope",
        400,
        "/.default suffixed",
    ),
    ("a scope of no resource", secret_form(scope="/.default"), 1002012, "invalid_scope", 400, "/.default"),
    ("two scopes", secret_form(scope=f"{scope()} openid"), 70011, "invalid_scope", 400, "openid is not valid"),
    (
        "an unknown API",
        secret_form(scope=f"api://{UNKNOWN}/.default"),
        500011,
        "invalid_resource",
        400,
        f"api://{UNKNOWN}",
    ),
]


@pytest.mark.parametrize(
    ("what", "form", "code", "error", "status", "text"), REFUSALS, ids=[row[0] for row in REFUSALS]
)
def test_a_bad_request_is_refused_with_its_own_code(what, form, code, error, status, text):
    response = answered(post_form(form, None, ("client-request-id", "c0ffee")))
    body = body_of(response)
    assert (response.status, body["error"], body["error_codes"]) == (status, error, [code])
    assert body["error_description"].startswith(f"AADSTS{code}: ")
    assert text in body["error_description"]
    assert set(body) == {
        "error",
        "error_description",
        "error_codes",
        "timestamp",
        "trace_id",
        "correlation_id",
        "error_uri",
    }
    assert body["correlation_id"] == "c0ffee"
    assert body["trace_id"] == response.header("x-ms-request-id")
    assert body["timestamp"] == "2027-01-15 08:00:00Z"
    assert body["error_uri"].endswith(f"?code={code}")
    assert (
        f"Trace ID: {body['trace_id']} Correlation ID: c0ffee Timestamp: {body['timestamp']}"
        in body["error_description"]
    )


def test_no_refusal_repeats_the_secret():
    assert b"s3cret" not in answered(post_form(secret_form(client_secret="s3cret"))).body


@pytest.mark.parametrize(("end", "status"), [(NOW - 1, 401), (NOW, 401), (NOW + 1, 200)])
def test_a_secret_is_good_until_the_second_it_ends(end, status):
    response = answered(post_form(secret_form()), _expired_at(end))
    assert response.status == status
    if status == 401:
        assert body_of(response)["error_codes"] == [7000222]


def test_one_of_two_secrets_is_enough():
    state = _expired_at(NOW - 1)
    other = samples().secret_client.secrets[0]
    client = replace(state.clients[0], secrets=(state.clients[0].secrets[0], other))
    assert answered(post_form(secret_form()), replace(state, clients=(client,))).status == 200


@pytest.mark.parametrize(
    ("tenant", "code", "error"),
    [
        (UNKNOWN, 90002, "invalid_tenant"),
        ("common", 50059, "invalid_request"),
        ("organizations", 50059, "invalid_request"),
    ],
)
def test_a_wrong_tenant_is_named(tenant, code, error):
    body = body_of(answered(post_form(secret_form(), f"{BASE}/{tenant}/oauth2/v2.0/token")))
    assert (body["error_codes"], body["error"]) == ([code], error)


def test_a_get_at_the_token_endpoint_says_that_it_takes_post():
    body = body_of(answered(Request("GET", token_url())))
    assert body["error_codes"] == [900561]
    assert "Received a GET request" in body["error_description"]


def test_a_json_body_counts_as_no_parameters():
    request = Request("POST", token_url(), (("Content-Type", "application/json"),), json.dumps(secret_form()).encode())
    assert body_of(answered(request))["error_codes"] == [900144]


def test_a_secret_in_a_basic_header_is_taken():
    pair = f"{samples().secret_client.id}:{samples().client_secret}".encode()
    basic = ("Authorization", "Basic " + base64.b64encode(pair).decode())
    form = secret_form(client_id=None, client_secret=None)
    assert answered(post_form(form, None, basic)).status == 200


@pytest.mark.parametrize("value", ["Basic %%%", "Basic", "Basic " + base64.b64encode(b"\xff\xfe").decode()])
def test_an_unreadable_basic_header_counts_as_no_credential(value):
    form = secret_form(client_id=None, client_secret=None)
    assert body_of(answered(post_form(form, None, ("Authorization", value))))["error_codes"] == [900144]


def test_the_answer_has_the_members_of_the_real_one():
    response = answered(post_form(secret_form(), None, ("client-request-id", "c0ffee")))
    body = body_of(response)
    assert set(body) == {"token_type", "expires_in", "ext_expires_in", "access_token"}
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3599)
    assert response.header("client-request-id") == "c0ffee"
    assert response.header("cache-control") == "no-store"
    assert response.header("date") == "Fri, 15 Jan 2027 08:00:00 GMT"


def test_a_v2_token_has_the_claims_of_a_v2_token():
    header, claims = decode(token_for())
    assert set(header) == {"typ", "alg", "kid"}
    assert set(claims) == {
        "aud",
        "iss",
        "iat",
        "nbf",
        "exp",
        "aio",
        "azp",
        "azpacr",
        "oid",
        "rh",
        "roles",
        "sub",
        "tid",
        "uti",
        "ver",
    }
    tenant = samples().state.tenant_id
    assert claims["iss"] == f"{BASE}/{tenant}/v2.0"
    assert (claims["ver"], claims["tid"], claims["aud"]) == ("2.0", tenant, samples().orders.id)
    assert (claims["azp"], claims["azpacr"]) == (samples().secret_client.id, "1")
    assert claims["roles"] == ["Orders.Read", "Orders.Write"]
    assert claims["iat"] == claims["nbf"] == NOW - 300
    assert claims["exp"] == NOW + 3600
    assert claims["oid"] == claims["sub"]


@pytest.mark.parametrize("identifier", [samples().invoices.identifier_uri, samples().invoices.id])
def test_a_v1_token_repeats_the_identifier_that_was_asked_for(identifier):
    header, claims = decode(token_for(form=secret_form(scope=f"{identifier}/.default")))
    assert header["x5t"] == header["kid"]
    assert set(claims) == {
        "aud",
        "iss",
        "iat",
        "nbf",
        "exp",
        "aio",
        "appid",
        "appidacr",
        "idp",
        "oid",
        "rh",
        "roles",
        "sub",
        "tid",
        "uti",
        "ver",
    }
    assert claims["aud"] == identifier
    assert claims["iss"] == claims["idp"] == f"{BASE}/sts/{samples().state.tenant_id}/"
    assert (claims["ver"], claims["appid"], claims["appidacr"]) == ("1.0", samples().secret_client.id, "1")


def test_a_v2_token_names_the_bare_id_whatever_was_asked_for():
    _, claims = decode(token_for(form=secret_form(scope=f"{samples().orders.id}/.default")))
    assert claims["aud"] == samples().orders.id


def test_without_a_grant_the_token_has_no_roles():
    state = replace(fresh(), clients=(replace(samples().secret_client, grants=()),))
    assert "roles" not in decode(token_for(state))[1]


def test_other_entropy_gives_another_token_id():
    first, second = token_for(fresh(entropy="a")), token_for(fresh(entropy="b"))
    assert decode(first)[1]["uti"] != decode(second)[1]["uti"]
    assert token_for(fresh(entropy="a")) == first


@pytest.mark.parametrize("base", ["http://127.0.0.1:8000/sandbox/w1", "https://other.example/app/sandbox/w2"])
def test_the_issuer_follows_the_base_the_request_came_by(base):
    url = token_url(base)
    token = body_of(answered(post_form(secret_form(), url)))["access_token"]
    assert decode(token)[1]["iss"] == f"{base}/{samples().state.tenant_id}/v2.0"


def test_a_secret_leaves_the_state_as_it_was():
    _, after = send(post_form(secret_form()))
    assert after == fresh()


def test_the_body_is_read_as_a_form_when_no_type_is_given():
    request = post_form(secret_form())
    assert answered(replace(request, headers=())).status == 200
    assert request.headers == (FORM,)
