"""Causes of the stage discovery: what gives each one away, what only looks like it, and what is said to people."""

from tests.core.diagnosis.evidence import (
    ENDPOINT,
    EXPECTED,
    NOW,
    TENANT,
    V1,
    claims,
    of_call,
    of_failure,
    of_token_request,
)
from tests.core.diagnosis.stage import stage_test

REALM, OKTA = "https://login.example.com/realms", "https://example.okta.com"
MATCHES = [
    (
        "wrong-authorization-server",
        of_token_request(
            None,
            "Custom scopes are not allowed for this request.",
            error="invalid_scope",
            status=400,
            endpoint="https://example.okta.com/oauth2/v1/token",
        ),
    ),
    (
        "wrong-authorization-server",
        of_call(
            token=claims(iss=f"{REALM}/test", tid=None, ver=None),
            expectations={**EXPECTED, "issuers": [f"{REALM}/orders"]},
        ),
    ),
    (
        "wrong-authorization-server",
        of_call(
            token=claims(
                iss="https://example.okta.com", aud="https://example.okta.com", tid=None, ver=None, roles=None
            ),
            expectations=None,
        ),
    ),
    (
        "wrong-cloud",
        of_token_request(
            90051, "Invalid Delegation Token. Invalid national Cloud ID.", error="invalid_request", status=400
        ),
    ),
    (
        "wrong-cloud",
        of_token_request(
            90002,
            f"Tenant '{TENANT}' not found.",
            error="invalid_tenant",
            status=400,
            profile={"portal": "https://portal.azure.us/"},
        ),
    ),
    ("wrong-cloud", of_call(token=claims(iss=f"https://login.microsoftonline.us/{TENANT}/v2.0"))),
    (
        "wrong-cloud",
        of_token_request(
            500011,
            "The resource principal named https://graph.microsoft.us was not found in the tenant",
            error="invalid_resource",
            status=400,
            params={"scope": "https://graph.microsoft.us/.default"},
        ),
    ),
    (
        "tenantless-authority",
        of_token_request(
            50059,
            ("No tenant-identifying information found in either the request or implied by any provided credentials."),
            error="invalid_request",
            status=400,
            endpoint="https://login.microsoftonline.com/common/oauth2/v2.0/token",
        ),
    ),
    (
        "tenantless-authority",
        of_token_request(
            50194,
            (
                "Application is not configured as a multi-tenant application. Usage of the "
                "/common endpoint is not supported."
            ),
            error="invalid_request",
            status=400,
        ),
    ),
    (
        "tenant-not-found",
        of_token_request(
            90002,
            f"Tenant '{TENANT}' not found. Check to make sure you have the correct tenant ID and are signing into "
            "the correct cloud.",
            error="invalid_request",
            status=400,
        ),
    ),
    (
        "tenant-not-found",
        of_token_request(
            900023,
            ("Specified tenant identifier '${TENANT_ID}' is neither a valid DNS name, nor a valid external domain."),
            error="invalid_request",
            status=400,
            endpoint="https://login.microsoftonline.com/${TENANT_ID}/oauth2/v2.0/token",
        ),
    ),
    (
        "tenant-not-found",
        {
            "pasted": (
                "ValueError: Unable to get authority configuration for "
                "https://login.microsoftonline.com/contosoo.onmicrosoft.com. AADSTS90002: Tenant "
                "'contosoo.onmicrosoft.com' not found."
            )
        },
    ),
    (
        "metadata-url-invalid",
        of_call(
            500,
            "",
            token=claims(),
            expectations=None,
            signature="unverifiable",
            pasted=(
                "IDX20803: Unable to obtain configuration from: "
                "'https://login.microsoftonline.com/x/v2.1/.well-known/openid-configuration'. "
                "IDX20807: Unable to retrieve document from: 'x'. HttpResponseMessage: "
                "'StatusCode: 404, ReasonPhrase: 'Not Found''"
            ),
        ),
    ),
    (
        "metadata-url-invalid",
        {
            "now": NOW,
            "request": {
                "method": "GET",
                "url": f"https://login.microsoftonline.com/{TENANT}/v3.0/.well-known/openid-configuration",
            },
            "response": {"status": 404, "body": ""},
        },
    ),
    (
        "metadata-unreachable",
        of_call(
            500,
            "",
            expectations=None,
            signature="unverifiable",
            pasted=(
                "IDX20803: Unable to obtain configuration from: '[PII is hidden]'. ---> "
                "IDX20804: Unable to retrieve document ---> System.Net.Sockets.SocketException: "
                "Name or service not known (login.microsoftonline.com:443)"
            ),
        ),
    ),
    (
        "metadata-unreachable",
        of_call(
            401,
            "",
            expectations=None,
            signature="unverifiable",
            pasted="Failed to fetch JWKS from https://idp.example/keys: timed out",
            profile={},
        ),
    ),
    (
        "metadata-unreachable",
        of_call(
            500,
            "",
            signature="unverifiable",
            expectations=None,
            profile={"signing_key": {"reason": "keys-unavailable", "source": "https://idp.example/keys"}},
        ),
    ),
    (
        "identity-provider-unavailable",
        of_token_request(
            50196,
            "The server terminated an operation because it encountered a client request loop.",
            error="temporarily_unavailable",
            status=429,
        ),
    ),
    (
        "identity-provider-unavailable",
        of_token_request(
            90033, "A transient error has occurred. Please try again.", error="temporarily_unavailable", status=503
        ),
    ),
    (
        "identity-provider-unavailable",
        {
            "now": NOW,
            "token_request": {"endpoint": ENDPOINT, "params": {}},
            "token_error": {"kind": "server_error"},
            "http_status": 503,
        },
    ),
    ("identity-provider-unavailable", of_failure("timeout", "total", token=True)),
    (
        "identity-provider-unavailable",
        {
            "now": NOW,
            "token_request": {"endpoint": ENDPOINT, "params": {}},
            "http_status": 429,
            "token_error": {"error": "", "kind": "throttled"},
        },
    ),
    (
        "identity-provider-unavailable",
        {
            "now": NOW,
            "token_request": {"endpoint": ENDPOINT, "params": {}},
            "response": {"status": 502, "headers": {"Content-Type": "text/html"}, "body": "<html>Bad Gateway</html>"},
        },
    ),
]
# cause it looks like, evidence, cause it is (None: nothing can be said)
NEAR_MISSES = [
    (
        "wrong-authorization-server",
        of_call(
            token=claims(iss="https://login.example.com:8443/realms/orders", tid=None, ver=None),
            expectations={**EXPECTED, "issuers": [f"{REALM}/orders"]},
        ),
        "issuer-spelling-mismatch",
    ),
    (
        "wrong-authorization-server",
        of_call(
            token=claims(iss=f"{REALM}/orders/", tid=None, ver=None),
            expectations={**EXPECTED, "issuers": [f"{REALM}/orders"]},
        ),
        "issuer-spelling-mismatch",
    ),
    (
        "tenant-not-found",
        of_token_request(
            90002,
            "Tenant not found.",
            error="invalid_tenant",
            status=400,
            endpoint=ENDPOINT.replace("microsoftonline.com", "microsoftonline.de"),
        ),
        "wrong-cloud",
    ),
    (
        "tenantless-authority",
        of_token_request(
            7000215,
            "Invalid client secret provided.",
            endpoint="https://login.microsoftonline.com/common/oauth2/v2.0/token",
        ),
        "client-secret-invalid",
    ),
    ("wrong-cloud", of_call(token=claims(iss=V1, ver="1.0")), "issuer-version-mismatch"),
    (
        "metadata-unreachable",
        of_call(
            500,
            "",
            expectations=None,
            pasted=(
                "IDX20803: Unable to obtain configuration from: x/.well-known/openid-configuration 404 (Not Found)"
            ),
        ),
        "metadata-url-invalid",
    ),
    (
        "metadata-url-invalid",
        of_call(404, {"statusCode": 404, "message": "Resource not found"}),
        "path-or-method-unknown",
    ),
    ("identity-provider-unavailable", of_call(503, {"error": "busy"}, expectations=EXPECTED), "api-error"),
    (
        "identity-provider-unavailable",
        of_token_request(None, "", status=401, endpoint="https://idp.example/token"),
        "client-secret-invalid",
    ),
]
MISSING = [
    ("wrong-authorization-server", "token_error", "the answer of the token endpoint"),
    ("wrong-cloud", "token_error", "the answer of the token endpoint"),
    ("tenantless-authority", "token_error", "the answer of the token endpoint"),
    ("tenant-not-found", "token_error", "the answer of the token endpoint"),
    ("metadata-url-invalid", "pasted", "api-error"),
    ("metadata-unreachable", "pasted", "api-error"),
    ("identity-provider-unavailable", "token_error http_status", "the answer of the token endpoint"),
]
UNDECIDED = [
    ({"token_request": {"endpoint": ENDPOINT, "params": {}}}, "the answer of the token endpoint"),
]
# The whole message for the first evidence of each cause.
MESSAGES = [
    (
        "wrong-authorization-server",
        (
            "The identity provider answered 400 because the token or the request belongs to another authorization "
            "server of the same provider."
        ),
        (
            "Okta answered Custom scopes are not allowed for this request: The org authorization server gives no "
            "scopes of your own."
        ),
        "Ask a custom authorization server, for example default, in place of the org's own.",
        "integrator",
    ),
    (
        "wrong-cloud",
        (
            "The identity provider answered 400 because the address and the tenant or the "
            "API belong to different national clouds."
        ),
        (
            "The identity provider answered AADSTS90051: The tenant belongs to another "
            "national cloud. The host asked was login.microsoftonline.com."
        ),
        "Use the login host of the tenant's cloud.",
        "integrator",
    ),
    (
        "tenantless-authority",
        ("The identity provider answered 400 because the request names no tenant, and this grant needs one."),
        "The identity provider answered AADSTS50059: No tenant is named in the request.",
        "Use the endpoint of one tenant, not common.",
        "integrator",
    ),
    (
        "tenant-not-found",
        "The identity provider answered 400 because the tenant in the address is not known.",
        (
            "The identity provider answered AADSTS90002: The tenant was not found. The "
            "tenant asked was 8b1807f9-ca4e-4599-805a-ab71e754d3d4."
        ),
        ("Compare the Directory (tenant) ID and the cloud with the Overview page of the app registration."),
        "integrator",
    ),
    (
        "metadata-url-invalid",
        "The configured metadata address leads to no document.",
        (
            'The answer or log says: "… from: '
            "'https://login.microsoftonline.com/x/v2.1/.well-known/openid-configuration'. "
            "IDX20807: Unable to retrieve document from: 'x'. HttpResponseMessage: "
            "'StatusCode: 404, ReasonPhrase: 'Not Found''\""
        ),
        ("Correct the metadata address: tenant and version must be part of it."),
        "api_owner",
    ),
    (
        "metadata-unreachable",
        "The metadata or the keys of the identity provider could not be downloaded.",
        (
            "The answer or log says: \"IDX20803: Unable to obtain configuration from: '[PII "
            "is hidden]'. ---> IDX20804: Unable to retrieve document ---> "
            "System.Net.Sockets.SocketException: Name or service not known "
            '(login.microsoftonline.com:443)"'
        ),
        (
            "Let the API or the gateway reach the metadata address: check its name "
            "resolution, proxy, firewall and trusted certificates."
        ),
        "network",
    ),
    (
        "identity-provider-unavailable",
        (
            "The identity provider answered 429: this client asked for the same again and again, so that the identity "
            "provider answers it no more."
        ),
        (
            "The identity provider answered AADSTS50196: Too many identical requests came in "
            "a short time; a client without a token cache does that."
        ),
        (
            "Stop the loop: keep each token until it ends, in a cache that all calls share, and ask for no other while "
            "it is valid; then wait some minutes."
        ),
        "integrator",
    ),
]

test_discovery = stage_test(MATCHES, NEAR_MISSES, MISSING, MESSAGES, UNDECIDED)
