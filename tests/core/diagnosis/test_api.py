"""Causes of the stage api: what gives each one away, what only looks like it, and what is said to people."""

from console.core.diagnosis import explain, read_evidence
from tests.core.diagnosis.evidence import API, ENDPOINT, NOW, REQUEST, V2, claims, of_call
from tests.core.diagnosis.stage import stage_test

_LARGE = of_call(200, '{"orders": [{"id": 1042,')
TOO_LARGE = {
    **_LARGE,
    "response": {
        **_LARGE["response"],
        "failure": "too_large",
        "detail": "The answer is larger than 1,000,000 bytes and was cut off there.",
    },
}
MATCHES = [
    (
        "authorization-sent-to-presigned-url",
        of_call(
            400,
            ("<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>"),
            token=False,
            expectations=None,
            request={
                "method": "GET",
                "url": "https://b.s3.amazonaws.com/x?X-Amz-Signature=***",
                "headers": {"Authorization": "Bearer <token>"},
            },
        ),
    ),
    (
        "backend-credential-collision",
        of_call(
            401,
            {
                "error": {
                    "code": "DirectApiAuthorizationRequired",
                    "message": "The request must be authenticated only by Shared Access scheme.",
                }
            },
            expectations={"audiences": [API]},
        ),
    ),
    (
        "principal-not-provisioned-in-api",
        of_call(
            403,
            {"error": {"code": "0x80072560", "message": "The user is not a member of the organization."}},
            token=claims(aud="https://contoso.crm.dynamics.com", roles=None),
            expectations={"audiences": ["https://contoso.crm.dynamics.com"]},
        ),
    ),
    (
        "principal-not-provisioned-in-api",
        of_call(
            401,
            "",
            token=claims(aud="499b84ac-1321-427f-aa17-267ca6975798", roles=None),
            expectations={"audiences": ["499b84ac-1321-427f-aa17-267ca6975798"]},
        ),
    ),
    ("path-or-method-unknown", of_call(404, {"statusCode": 404, "message": "Resource not found"})),
    ("path-or-method-unknown", of_call(405, "Method Not Allowed")),
    (
        "path-or-method-unknown",
        of_call(404, {"statusCode": 404, "message": "Resource not found"}, token=claims(exp=NOW - 5)),
    ),
    ("answer-too-large", TOO_LARGE),
    ("api-error", of_call(500, {"error": {"code": "InternalError", "message": "The database is not available."}})),
    ("api-error", {**TOO_LARGE, "response": {**TOO_LARGE["response"], "status": 503}}),
    ("api-error", of_call(502, "<html>502 Bad Gateway</html>")),
    ("api-error", of_call(500, {"error": "x"}, token=claims(roles=None))),
]
# cause it looks like, evidence, cause it is (None: nothing can be said)
NEAR_MISSES = [
    ("api-error", of_call(404, {"statusCode": 404, "message": "Resource not found"}), "path-or-method-unknown"),
    ("api-error", of_call(504, ""), "call-timeout"),
    (
        "api-error",
        {
            "now": NOW,
            "token_request": {"endpoint": ENDPOINT, "params": {}},
            "token_error": {"kind": "server_error"},
            "http_status": 500,
        },
        "identity-provider-unavailable",
    ),
    (
        "path-or-method-unknown",
        {
            "now": NOW,
            "request": {"method": "GET", "url": V2 + "/.well-known/openid-configuration"},
            "response": {"status": 404, "body": ""},
        },
        "metadata-url-invalid",
    ),
    (
        "principal-not-provisioned-in-api",
        of_call(403, {"error": "x"}, token=claims(roles=["Other"])),
        "role-insufficient",
    ),
    ("api-error", of_call(200, {"ok": True}), None),
    ("api-error", TOO_LARGE, "answer-too-large"),
    ("answer-too-large", {**TOO_LARGE, "response": {**TOO_LARGE["response"], "status": 404}}, "path-or-method-unknown"),
    ("answer-too-large", {**TOO_LARGE, "response": {**TOO_LARGE["response"], "status": 302}}, None),
    (
        "authorization-sent-to-presigned-url",
        of_call(
            401,
            {"message": "Unauthorized"},
            token=claims(exp=NOW - 600),
            request={**REQUEST, "url": "https://contoso.azure-api.net/x?signature_algorithm=RS256"},
        ),
        "token-expired",
    ),
    (
        "backend-credential-collision",
        of_call(
            401,
            "",
            token=False,
            expectations=None,
            request={**REQUEST, "url": "https://contoso.azure-api.net/x?X-Amz-Signature=***"},
        ),
        "authorization-sent-to-presigned-url",
    ),
]
MISSING = [
    ("authorization-sent-to-presigned-url", "request.headers.Authorization", "backend-credential-collision"),
    ("backend-credential-collision", "response.body.error", "the log of the API for this call"),
    ("principal-not-provisioned-in-api", "response", "the answer of the API, with its headers"),
    ("path-or-method-unknown", "response", "the answer of the API, with its headers"),
    ("answer-too-large", "response", "the answer of the API, with its headers"),
    ("api-error", "response", "the answer of the API, with its headers"),
]
UNDECIDED = [
    (of_call(403, ""), "the log of the API for this call"),
]
# The whole message for the first evidence of each cause.
MESSAGES = [
    (
        "authorization-sent-to-presigned-url",
        ("The API answered 400 because a credential was sent to a URL that already carries its own signature."),
        "The URL carries a signature, and the request an Authorization header besides.",
        "Call that URL without the Authorization header.",
        "integrator",
    ),
    (
        "backend-credential-collision",
        (
            "The API answered 401 because a credential of the caller reaches a backend that "
            "uses another scheme, and the backend refuses the mix."
        ),
        'The answer says: "The request must be authenticated only by Shared Access scheme."',
        ("Remove the Authorization header before the call to the backend, or use one scheme only."),
        "api_owner",
    ),
    (
        "principal-not-provisioned-in-api",
        ("The API answered 403 because the API keeps its own users and roles, and the caller has none there."),
        'The answer says: "The user is not a member of the organization."',
        "Have the caller (client id or user) created in the API, with a role.",
        "api_owner",
    ),
    (
        "path-or-method-unknown",
        ("The gateway answered 404 because there is no operation at this path or for this method."),
        ("GET https://contoso.azure-api.net/orders/v1/orders matches no operation of the gateway."),
        "Compare path, version and method with the API's description.",
        "integrator",
    ),
    (
        "answer-too-large",
        "The call was let in; its answer is larger than what is read of one here.",
        "It answered 200. The answer is larger than 1,000,000 bytes and was cut off there.",
        "Ask for less of it (a page, a filter, fewer fields), or let the administrator raise CONSOLE_ANSWER_MB.",
        "integrator",
    ),
    (
        "api-error",
        "The API answered 500: it failed itself, after the call was let through.",
        "The answer is 500, a fault of the server.",
        "Give the owner of the API the time and the ids of this call.",
        "api_owner",
    ),
]

test_api = stage_test(MATCHES, NEAR_MISSES, MISSING, MESSAGES, UNDECIDED)


def test_a_page_that_is_too_large_may_be_somebodys_sign_in_page():
    page = {**TOO_LARGE["response"], "headers": {"Content-Type": "text/html"}, "body": "<!doctype html><title>Sign in"}
    for response, confidence in ((TOO_LARGE["response"], "certain"), (page, "likely")):
        primary = explain(read_evidence({**TOO_LARGE, "response": response})).primary
        assert primary is not None
        assert (primary.cause, primary.confidence) == ("answer-too-large", confidence)
