"""Behind the gateway: the API's own refusals; and what is none of them."""

from tests.core.diagnosis.evidence import REQUEST, of_call

SIGNED = {
    **REQUEST,
    "url": "https://store.blob.core.windows.net/in/a.csv?sv=2024-11-04&se=2030-01-01&sp=r&sig=***",
    "headers": {"Authorization": "Bearer <token>"},
}
PAIRS = (
    (
        "principal-not-provisioned-in-api",
        of_call(403, {"error": {"code": "UserNotProvisioned", "message": "The caller is not a user of this "
                                "workspace: user not found in the organization."}}),
        {"response.body": {"error": {"code": "Busy", "message": "The workspace sleeps."}}, "response.status": 503},
    ),
    (
        "backend-credential-collision",
        of_call(401, {"error": {"code": "DirectApiAuthorizationRequired", "message": "The request must be "
                                "authenticated only by Shared Access scheme."}}),
        {"response.body": {"error": {"code": "Unknown", "message": "The request was refused."}}},
    ),
    (
        "authorization-sent-to-presigned-url",
        {"request": SIGNED, "response": {"status": 403, "headers": {}, "body":
            "<Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request.</Message>"
            "</Error>"}},
        {"request.url": "https://store.blob.core.windows.net/in/a.csv"},
    ),
    (
        "path-or-method-unknown",
        of_call(405, {"message": "Method Not Allowed"}, headers={"Allow": "GET, HEAD"}),
        {"response.status": 401, "response.headers": {}, "response.body": ""},
    ),
    (
        "answer-too-large",
        {"request": REQUEST, "response": {"status": 200, "headers": {}, "body": "[1, 2", "failure": "too_large",
            "detail": "The answer is larger than 1,000,000 bytes and was cut off there."}},
        {"response.failure": ""},
    ),
    (
        "api-error",
        of_call(502, {"title": "Bad Gateway", "detail": "upstream stock service crashed"}),
        {"response.status": 200},
    ),
)  # fmt: skip
