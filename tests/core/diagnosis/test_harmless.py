"""What programs write while all is well tells nothing; its twin, with the word that makes it a refusal, does."""

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from tests.core.diagnosis.test_real_kinds import FIRST

TWINS = [
    ("Removed expired session of anna from the store", "The token of anna has expired", "token-expired"),
    ("Cleaned up 3 expired tokens", "The token has expired", "token-expired"),
    (
        'ts=10:00 lookup="token is expired" outcome=success',
        'ts=10:00 status=success error="token is expired"',
        "token-expired",
    ),
    (
        'ts=10:00 lookup="token is expired" result=success',
        'ts=10:00 delivery result=success http status=401 message="token is expired"',
        "token-expired",
    ),
    ("token cache: 0 expired entries of 12", "token cache: the access token is expired", "token-expired"),
    ("Audience validation is disabled by configuration", "Audience validation failed", "audience-other-api"),
    ("The session timeout is 30 minutes", "timeout of 30000ms exceeded", "call-timeout"),
    (
        "certificate verify result: unable to get local issuer certificate (20), continuing anyway",
        "certificate verify failed: unable to get local issuer certificate",
        "tls-untrusted-certificate",
    ),
    (
        "Warning: the variable makes TLS connections insecure by disabling certificate verification",
        "certificate verification failed: unknown authority",
        "tls-untrusted-certificate",
    ),
    (
        "TLS established, client certificate not required",
        "client certificate missing",
        "client-certificate-not-accepted",
    ),
    ("Preflight request handled: OPTIONS /boats 204", "Preflight request was blocked", "cors-preflight-rejected"),
    (
        "CORS is configured for origin https://boats.example",
        "CORS: the origin is not allowed",
        "cors-preflight-rejected",
    ),
    ("Allowed clock skew: 30 seconds", "The token is used too early: clock skew of 312 s", "clock-skew"),
    ("ManagedIdentityCredential will use IMDS", "Managed identity not found at IMDS", "managed-identity-not-assigned"),
    ("scopes are deprecated, requests do not send them", "unknown scope requested by the client", "scope-not-granted"),
    (
        "Invoking AnonymousAuthenticationFilter (11/15)",
        "Holder set to anonymous context",
        "authorization-header-missing",
    ),
    (
        "Will secure any request with [QuayFilter, AnonymousAuthenticationFilter, BearerTokenAuthenticationFilter]",
        "Full authentication is required",
        "authorization-header-missing",
    ),
    (
        "Did not protect against CSRF since request did not match QuayNotRequired",
        "CSRF state does not match",
        "authorization-response-invalid",
    ),
    ("The endpoint does not specify the IRequestSizeLimitMetadata.", "Cannot fetch metadata", "metadata-unreachable"),
    ("The ISSUER variable is not set.", "The issuer claim is not set", "claim-name-mismatch"),
    (
        "checking connection: remote address 10.0.0.1, ssl: none, dynamicMetadata: ",
        "metadata unreachable: connection reset",
        "metadata-unreachable",
    ),
    (
        "[2026-01-05][27][debug][rbac] [yard/rbac_filter.cc:114] enforced allowed",
        "missing role: forbidden by RBAC",
        "resource-role-missing",
    ),
    (
        "2026-01-05 DEBUG pGroup-1-4 Request GET: nothing required was denied",
        "required group was denied",
        "role-insufficient",
    ),
    (
        "The given roles matched one of the required roles. Allowing the request",
        "a required role is missing",
        "role-insufficient",
    ),
    ("SSL peer is not authenticated, returning ANONYMOUS", "the caller is anonymous", "authorization-header-missing"),
    (
        "rule skipped: yard.auth.claims[iss] must not be used here",
        "iss must not be used: wrong issuer",
        "issuer-wrong-tenant",
    ),
    (
        '"GET /boats HTTP/1.1" 302 - oauth.missing_credentials - "-" 0 14',
        "oauth.missing_credentials",
        "authorization-header-missing",
    ),
    (
        '{"method":"POST","path":"/boats","response_code":"302","details":"oauth.missing_credentials"}',
        '{"method":"POST","path":"/boats","response_code":"401","details":"oauth.missing_credentials"}',
        "authorization-header-missing",
    ),
]


def _causes(text):
    return [one.cause for one in explain(read_evidence(text)).causes]


@pytest.mark.parametrize("text", [twin[0] for twin in TWINS])
@pytest.mark.parametrize("around", ["{}", "INFO yard: {}", "We call the yard and wonder:\n\n{}\n\nAny idea?"])
def test_what_refuses_nothing_claims_nothing(text, around):
    assert _causes(around.replace("{}", text)) == []


@pytest.mark.parametrize(("text", "cause"), [twin[1:] for twin in TWINS])
def test_its_twin_is_told(text, cause):
    assert cause in _causes(text)


HEADS = [
    "[2026-01-05 10:11:12.772][27][debug][rbac] [source/quay/quay_filter.cc:36] ",
    "2026-01-05 10:11:12,345 ERROR [default task-68] (pGroup-1-4) o.q.RoleFilter - ",
    "E0105 10:11:12.061892   22966 handler.go:127] ",
    "Jan  5 10:11:12 quay boats[17059]: ",
    "[10:11:12 WRN] ",
]
TAIL = ', client: 10.0.0.1, server: _, request: "GET /boats HTTP/1.1", host: "quay.example"'


@pytest.mark.parametrize("head", HEADS)
def test_what_a_log_writes_before_a_message_does_not_change_what_it_tells(head):
    plain = [(text, cause) for text, cause in FIRST if cause and text[0].isalpha() and "\n" not in text]
    assert len(plain) > 20
    assert {text: _causes(head + text)[:1] for text, _ in plain} == {text: [cause] for text, cause in plain}


def test_what_nginx_writes_behind_an_error_does_not_either():
    told = "check(): client certificate was not present"
    assert _causes(told) == _causes(told + TAIL) == ["client-certificate-not-accepted"]
    assert _causes("the check was not passed" + TAIL) == []
