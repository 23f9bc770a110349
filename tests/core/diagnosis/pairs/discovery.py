"""The right authority and its keys cannot be located; and they can."""

from tests.core.diagnosis.evidence import ENDPOINT, TENANT, V2, claims, of_call, of_token_request

OKTA = "https://acme.okta.com/oauth2"
PAIRS = (
    (
        "metadata-unreachable",
        of_call(500, "", pasted="IDX20803: Unable to obtain configuration from: "
                f"'{V2}/.well-known/openid-configuration'. IDX20804: Unable to retrieve document."),
        {"pasted": f"Configuration was read from '{V2}/.well-known/openid-configuration' in 80 ms."},
    ),
    (
        "metadata-url-invalid",
        of_call(500, "", pasted="GET https://login.example.com/realms/shop/.well-known/openid-configuration -> 404"),
        {"pasted": "GET https://login.example.com/realms/shop/.well-known/openid-configuration -> 200"},
    ),
    (
        "tenant-not-found",
        of_token_request(90002, "Tenant 'fabrikam.onmicrosoft.co' not found.", error="invalid_request", status=400,
                         endpoint="https://login.microsoftonline.com/fabrikam.onmicrosoft.co/oauth2/v2.0/token"),
        {"token_error": {"error": "invalid_request"}},
    ),
    (
        "wrong-cloud",
        of_token_request(90038, "Tenant request is being redirected to the National Cloud 'MicrosoftOnline.COM'.",
                         error="invalid_request", status=400,
                         endpoint=f"https://login.microsoftonline.us/{TENANT}/oauth2/v2.0/token"),
        {"token_error": {"error": "invalid_request"}, "token_request.endpoint": ENDPOINT},
    ),
    (
        "tenantless-authority",
        of_token_request(50059, "No tenant-identifying information found in either the request or implied by any "
                         "provided credentials.", error="invalid_request", status=400,
                         endpoint="https://login.microsoftonline.com/organizations/oauth2/v2.0/token"),
        {"token_error": {"error": "invalid_request"}, "token_request.endpoint": ENDPOINT},
    ),
    (
        "identity-provider-unavailable",
        of_token_request(None, "", error="temporarily_unavailable", status=503, endpoint="https://idp.example/token"),
        {"token_error.error": "invalid_client", "http_status": 401},
    ),
    (
        "wrong-authorization-server",
        of_call(token=claims(iss=OKTA + "/default", ver=None, tid=None),
                expectations={"issuers": [OKTA + "/aus1a2b3c"]}),
        {"token_claims.iss": OKTA + "/aus1a2b3c"},
    ),
)  # fmt: skip
