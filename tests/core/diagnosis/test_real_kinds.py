"""Kinds of text that people paste, in words of our own: what is told first, and what is never told."""

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence

FIRST = [
    ("AADSTS70002: The request must contain a 'client_assertion' input parameter.", "client-credential-missing"),
    ("AADSTS70002: Error validating credentials. The secret is not right.", "client-secret-invalid"),
    (
        'Forbidden: User "carla" cannot list resource "secrets" in API group "" at the cluster scope',
        "resource-role-missing",
    ),
    ('nodes is forbidden: User "ci" cannot watch resource "nodes" at the cluster scope', "resource-role-missing"),
    (
        'Forbidden: User "system:anonymous" cannot get resource "pods" in the namespace "yard"',
        "authorization-header-missing",
    ),
    ("Anonymous caller does not have boats.list permission on the yard", "authorization-header-missing"),
    ("Unable to verify secret hash for client 1example23456789", "client-secret-invalid"),
    ("upstream sent too big header while reading response header from upstream", "request-header-too-large"),
    # Envoy's access log writes blanks as underscores.
    ('"GET /boats HTTP/1.1" 401 - jwt_authn_access_denied{Jwt_is_expired} - "-" 0 14', "token-expired"),
    ('"GET /boats HTTP/1.1" 403 - jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed} -', "audience-other-api"),
    ('"GET /boats HTTP/1.1" 401 - jwt_authn_access_denied{Jwt_verification_fails} -', "signature-invalid"),
    ("Error creating session during callback: audience claims [aud] do not exist in claims: ", "audience-other-api"),
    ("AADSTS70000: The provided value for the 'code' parameter is not valid.", "authorization-code-redeemed"),
    ("AADSTS70000: The provided refresh token is not valid.", "refresh-token-expired"),
    ("Sign-in failed: token does not exist", "token-expired"),
    ("the token does not exist in the request header", "authorization-header-missing"),
    ("google.auth.exceptions.RefreshError: ('invalid_grant: Bad Request', '{}')", "refresh-token-expired"),
    ("Unhandled exception. Yard.HarbourException: the access token has expired", "token-expired"),
    ("Requested audience 'quay' has not been whitelisted by the OAuth 2.0 Client.", "target-access-policy"),
    (
        "The request is missing a required parameter, includes an invalid parameter value, or is otherwise malformed. "
        "Requested audience 'quay' has not been whitelisted by the OAuth 2.0 Client.",
        "target-access-policy",
    ),
    ('{"code":"900902","message":"Missing Credentials","description":"none"}', "authorization-header-missing"),
    (
        '{"code":"900910","message":"The access token does not allow you to access the requested resource"}',
        "scope-missing",
    ),
    (
        "Access failure for API: /boats/1, version: 1 status: (900909) - The subscription to the API is inactive",
        "subscription-wrong-product",
    ),
]
NEVER = [
    ("Error creating session during callback: audience claims [aud] do not exist in claims: ", "refresh-token-expired"),
    ("RefreshError: ('invalid_grant: Bad Request', {})", "grant-type-not-allowed"),
    ("Sign-in failed: token does not exist", "authorization-header-missing"),
    (
        "proxy: fetching keys: failed to decode key set: invalid JWK, x5t header is no base64",
        "certificate-thumbprint-invalid",
    ),
    ('Uncaught access_denied: {"error":"access_denied","error_description":"Quay closed"}', "role-insufficient"),
    ('Uncaught access_denied: {"error":"access_denied","error_description":"Quay closed"}', "consent-declined"),
    ("Error redeeming code during callback: could not verify id_token: not for us", "authorization-response-invalid"),
]


@pytest.mark.parametrize(("text", "cause"), FIRST)
def test_what_is_told_first(text, cause):
    causes = explain(read_evidence(text)).causes
    assert (causes[0].cause if causes else None) == cause


@pytest.mark.parametrize(("text", "cause"), NEVER)
def test_what_is_never_told(text, cause):
    assert cause not in [one.cause for one in explain(read_evidence(text)).causes]


@pytest.mark.parametrize(
    "line",
    [
        "proxy_set_header Authorization '';",
        "RequestHeader unset Authorization early",
        "http-request del-header Authorization if { path /boats }",
    ],
)
def test_a_proxy_that_is_told_to_drop_the_header_may_be_what_is_wrong(line):
    causes = explain(read_evidence(f"Behind the proxy every call is 401.\nlocation /boats {{\n    {line}\n}}")).causes
    assert causes and (causes[0].cause, causes[0].confidence) == ("authorization-header-stripped", "possible")


def test_a_proxy_that_passes_the_header_on_is_not():
    told = explain(read_evidence("location / {\n    proxy_set_header Authorization $http_authorization;\n}")).causes
    assert "authorization-header-stripped" not in [one.cause for one in told]


def test_the_quoted_error_of_a_go_library_is_the_answer_of_a_token_endpoint():
    text = (
        'login: oauth2: "invalid_client" "Client authentication failed (unknown client, no authentication included)."'
    )
    causes = [one.cause for one in explain(read_evidence(text)).causes]
    assert "authorization-header-missing" not in causes
    text = r'msg="oauth2: \"invalid_grant\" \"The refresh token was revoked\""'
    assert [one.cause for one in explain(read_evidence(text)).causes][:1] == ["refresh-token-expired"]


@pytest.mark.parametrize("text", ["Invalid scopes requested by boats_spa", "Scope boats_api not found in store."])
def test_a_scope_that_was_asked_for_is_not_one_that_a_token_lacks(text):
    assert [one.cause for one in explain(read_evidence(text)).causes][:1] == ["scope-not-granted"]
