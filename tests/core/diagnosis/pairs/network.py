"""The request does not arrive as it was sent; and it does."""

from tests.core.diagnosis.evidence import REQUEST, of_call, of_failure

PREFLIGHT = {
    "method": "OPTIONS",
    "url": "https://contoso.azure-api.net/orders",
    "headers": {"Origin": "https://shop.example", "Access-Control-Request-Method": "PUT"},
}
PAIRS = (
    (
        "connection-blocked",
        {"pasted": "java.net.UnknownHostException: orders.internal.example: Name or service not known"},
        {"pasted": "java.lang.IllegalArgumentException: orders.internal.example: the name may not be empty"},
    ),
    (
        "tls-untrusted-certificate",
        {"pasted": "javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification "
                   "path to requested target"},
        {"pasted": "javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake"},
    ),
    (
        "redirect-drops-authorization",
        of_call(
            body="", token=False, expectations=None,
            profile={"hops": [{"status": 308, "location": "https://api.example.com/orders/"}, {"status": 401}]},
        ),
        {"profile.hops": [{"status": 401}]},
    ),
    (
        "authorization-header-stripped",
        of_call(body={"error": "no authorization header in the request"}, token=False, expectations=None),
        {"response.body.error": "no stock in the shop"},
    ),
    (
        "cors-preflight-rejected",
        {"request": PREFLIGHT, "response": {"status": 401, "headers": {}, "body": ""}},
        {"request": {**PREFLIGHT, "method": "PUT"}},
    ),
    (
        "waf-blocked",
        of_call(403, "<html><body>The requested URL was rejected. Your support ID is: 1234567</body></html>"),
        {"response.body": "<html><body>The requested page was moved.</body></html>"},
    ),
    (
        "ip-not-allowed",
        of_call(403, {"error": {"code": "Forbidden", "message": "Client IP 203.0.113.9 is not on the allow list."}}),
        {"response.body.error.message": "Client app-9 is not on the list."},
    ),
    (
        "call-timeout",
        of_failure("timeout", "read", "The server was silent for 20 seconds."),
        {"response": {"status": 200, "headers": {}, "body": "{}"}},
    ),
    (
        "address-refused-by-console",
        of_failure("blocked_address", "address", "10.0.0.4 is inside a private network."),
        {"response.failure": "refused"},
    ),
    (
        "scheme-mismatch",
        {"pasted": "curl: (35) error:0A00010B:SSL routines::wrong version number",
         "request": {**REQUEST, "url": "https://localhost:8080/orders"}},
        {"pasted": "curl: (35) error:0A000152:SSL routines::unsafe legacy renegotiation disabled"},
    ),
    (
        "cached-refusal",
        of_call(body="", headers={"Age": "77", "X-Cache": "HIT from edge"}),
        {"response.headers": {"X-Cache": "MISS from edge"}},
    ),
    (
        "request-header-too-large",
        of_call(400, "<html><head><title>400 Request Header Or Cookie Too Large</title></head></html>"),
        {"response.body": "<html><head><title>400 Bad Request</title></head></html>"},
    ),
)  # fmt: skip
