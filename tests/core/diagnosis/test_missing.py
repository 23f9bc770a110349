"""What is asked for when nothing decides: what exists at that place, was not given, and how it is got."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.owner import Owner
from console.core.providers import PROVIDERS
from console.core.providers.base import SANDBOX
from tests.core.providers.test_base import filled, variants

DESCRIPTION = "error_description in the answer of the token endpoint"
NUMBER = "the error code in the answer of the token endpoint"
LOG = "the log of the API for this call"


def refused(provider, **error):
    place = provider.locate(filled(provider, variants(provider)[-1]), SANDBOX)
    return {
        "profile": {"provider": provider.code},
        "token_request": {"endpoint": place.token_endpoint, "params": {"client_id": "importer-7", "scope": "x"}},
        "token_error": {"error": "something_of_its_own", **error},
        "http_status": 400,
    }


def wanted(evidence):
    return explain(read_evidence(evidence)).wanted


def asked(evidence):
    return explain(read_evidence(evidence)).missing


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.code)
def test_what_the_answer_said_is_never_asked_for_again(provider):
    given = asked(refused(provider, error_description="A sentence that nobody has written before."))
    assert NUMBER not in given and DESCRIPTION not in given
    assert not any("answer of the token endpoint" in one for one in given)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.code)
def test_a_number_is_asked_for_only_where_errors_are_numbered(provider):
    missing = asked(refused(provider))
    assert (NUMBER in missing) is bool(provider.advice.numbers)
    assert (DESCRIPTION in missing) is (provider.advice.describes and not provider.advice.numbers)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.code)
def test_each_thing_has_its_reason_its_place_and_somebody_who_has_it(provider):
    for one in wanted(refused(provider)):
        assert one.why.endswith(".") and one.how.endswith(".") and isinstance(one.who, Owner), one
        assert not one.what.endswith(".") and "<client id>" not in one.command, "what is known is filled in"


def test_a_log_that_was_pasted_is_not_asked_for():
    (keycloak,) = (one for one in PROVIDERS if one.code == "keycloak")
    evidence = refused(keycloak, error_description="Nothing known")
    event = keycloak.advice.log.what
    assert event in asked(evidence)
    line = '2026-01-03 10:00:00,123 WARN [org.keycloak.events] type="CLIENT_LOGIN_ERROR", error="of_its_own"'
    assert event not in asked({**evidence, "pasted": line})


def test_a_registration_that_was_told_is_not_asked_for():
    (okta,) = (one for one in PROVIDERS if one.code == "okta")
    evidence = refused(okta, error_description="Nothing known")
    told = {**evidence, "profile": {"provider": "okta", "grant_types": ["authorization_code"]}}
    assert okta.advice.registration.what in asked(evidence)
    assert okta.advice.registration.what not in asked(told)


def test_a_command_holds_nothing_that_a_shell_would_read():
    (keycloak,) = (one for one in PROVIDERS if one.code == "keycloak")
    evidence = refused(keycloak, error_description="Nothing known")
    evidence["token_request"]["params"]["client_id"] = "x;rm$(HOME)"
    evidence["token_request"]["endpoint"] = "https://idp.example/realms/shop;id/protocol/openid-connect/token"
    commands = [one.command for one in wanted(evidence) if one.command]
    assert commands and all("<client id>" in one and "rm$" not in one and "shop;" not in one for one in commands)


CALL = {
    "request": {"method": "GET", "url": "https://api.example/orders", "headers": {"Authorization": "Bearer <token>"}},
    "token_header": {"alg": "RS256", "kid": "k"},
    "token_claims": {"iss": "https://idp.example/", "aud": "orders", "exp": 1_800_000_000, "iat": 1_799_990_000},
    "response": {"status": 401, "headers": {}, "body": ""},
}


@pytest.mark.parametrize(
    ("headers", "place"),
    [
        ({"apim-request-id": "0f0c2d1e-93aa"}, "API Management"),
        ({"x-amzn-ErrorType": "UnauthorizedException"}, "API Gateway"),
        ({"server": "istio-envoy"}, "mesh"),
        ({"X-Kong-Request-Id": "1"}, "plugins"),
        ({}, "token library"),
    ],
)
def test_what_an_api_demands_is_looked_up_where_that_gateway_keeps_it(headers, place):
    found = wanted({**CALL, "response": {"status": 401, "headers": headers, "body": ""}})
    (demands,) = (one for one in found if one.what.startswith("what the API expects"))
    assert place in demands.how and demands.who is Owner.API_OWNER


def test_the_query_for_a_gateways_log_has_the_id_of_this_call():
    found = wanted({**CALL, "response": {"status": 401, "headers": {"apim-request-id": "0f0c2d1e-93aa"}, "body": ""}})
    (log,) = (one for one in found if one.what == LOG)
    assert 'CorrelationId == "0f0c2d1e-93aa"' in log.command


def test_no_log_is_asked_for_where_the_answer_decides():
    challenge = {"WWW-Authenticate": 'Bearer error="invalid_token", error_description="The token expired"'}
    found = {**CALL, "now": 1_800_000_900, "response": {"status": 401, "headers": challenge, "body": ""}}
    assert asked(found) == ()


def test_a_token_and_a_time_in_the_pasted_text_are_not_asked_for():
    header = {"status": 401, "headers": {}, "body": ""}
    text = "Sat, 28 Nov 2026 11:02:17 GMT  Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lkcCJ9.c2ln"
    given = asked({"request": CALL["request"], "response": header, "pasted": text})
    assert "the decoded token" not in given and "the time of the attempt" not in given


def test_of_a_token_that_was_issued_it_is_asked_what_it_is_judged_by():
    place = "https://idp.example/token"
    issued = {"token_request": {"endpoint": place, "params": {"grant_type": "client_credentials"}}}
    found = asked({**issued, "token_header": CALL["token_header"], "token_claims": CALL["token_claims"], "now": 1})
    assert "the answer of the token endpoint" not in found


def test_with_nothing_but_a_refusal_pasted_both_sides_of_the_comparison_are_asked_for():
    sent = "> GET /demo HTTP/1.1\n> Host: api.example\n> Authorization: Bearer <token>\n"
    text = f"{sent}<\n< HTTP/1.1 401 Unauthorized\n<\n{{}}"
    given = asked({"pasted": text})
    assert "the decoded token" in given and any(one.startswith("what the API expects") for one in given)
    assert LOG in given and "the request as it was sent, with its headers" not in given


def test_of_a_path_that_may_be_unknown_no_token_is_asked_for():
    text = (
        "HTTP/1.1 403 Forbidden\nx-amzn-ErrorType: MissingAuthenticationTokenException\n"
        "x-amz-apigw-id: VwjwNFuUIAMFrRA=\n"
        'Content-Type: application/json\n\n{"message": "Missing Authentication Token"}'
    )
    found = explain(read_evidence({"pasted": text}))
    if found.wanted:
        assert "the decoded token" not in found.missing
