"""The provider understood who asks and refused what was asked; and it did not."""

from tests.core.diagnosis.evidence import API, CLIENT, ENDPOINT, claims, of_call, of_maskinporten, of_token_request

IDP = "https://idp.example/token"
REALM = "https://login.example.com/realms/shop/protocol/openid-connect/token"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SAYS_NOTHING = {"token_error": {"error": "invalid_request"}}
OTHER_GRANT = {"token_error": {"error": "invalid_grant"}}
CODE = {"grant_type": "authorization_code", "code": "***", "redirect_uri": "https://shop.example/cb"}


def refused(code, text, error="invalid_grant", **more):
    return of_token_request(code, text, error=error, status=400, **more)


PAIRS = (
    (
        "client-id-wrong",
        refused(700016, "Application with identifier '<client-id>' was not found in the directory 'Contoso'.",
                "unauthorized_client", params={"client_id": "<client-id>"}),
        {"token_error": {"error": "unauthorized_client"}, "token_request.params.client_id": CLIENT},
    ),
    (
        "client-in-other-tenant",
        refused(700016, f"Application with identifier '{CLIENT}' was not found in the directory 'Contoso'.",
                "unauthorized_client"),
        {"token_request.params.client_id": "<client-id>"},
    ),
    (
        "client-in-other-environment",
        of_maskinporten("Client is not found, or is registered in another environment",
                        profile={"registration": {"environment": "production"}}),
        {"token_error.error_description": "Invalid assertion. JWT is expired.", "profile": {}},
    ),
    (
        "application-disabled",
        refused(7000112, f"Application '{CLIENT}'(Shop) is disabled.", "unauthorized_client"),
        {"token_error": {"error": "unauthorized_client"}},
    ),
    (
        "resource-not-found",
        refused(500011, "The resource principal named api://stock was not found in the tenant named Contoso.",
                "invalid_resource", params={"scope": "api://stock/.default"}),
        SAYS_NOTHING,
    ),
    (
        "scope-format-invalid",
        refused(1002012, "The provided value for scope openid profile is not valid. Client credential flows must have "
                "a scope value with /.default suffixed to the resource identifier.", "invalid_scope",
                params={"scope": "openid profile"}),
        {"token_error": {"error": "server_error"}, "token_request.params.scope": f"api://{API}/.default"},
    ),
    (
        "multiple-resources-requested",
        refused(28000, "Provided value for the input parameter scope is not valid because it contains more than one "
                "resource.", "invalid_scope", params={"scope": "api://one/.default api://two/.default"}),
        {"token_error": {"error": "server_error"}, "token_request.params.scope": "api://one/.default"},
    ),
    (
        "scope-not-granted",
        of_maskinporten("Client has no access to scope skatteetaten:inntekt", error="invalid_scope"),
        {"token_error": {"error": "invalid_grant", "error_description": "Invalid assertion. JWT is expired."}},
    ),
    (
        "delegation-missing",
        of_maskinporten("Consumer has not delegated access to the scope nav:x to supplier",
                        claims={"consumer_org": "910753614"}),
        {"token_error.error_description": "Invalid assertion. JWT is expired."},
    ),
    (
        "delegation-party-missing",
        of_maskinporten("consumer_org is required for this client"),
        {"token_error.error_description": "Invalid assertion. JWT is expired."},
    ),
    (
        "access-agreement-inactive",
        refused(None, "Purpose state is: ARCHIVED", "invalid_request", endpoint=IDP),
        {"token_error": {"error": "invalid_client"}},
    ),
    (
        "target-access-policy",
        refused(None, "client prod:shop:web is not authorized to get token with aud=prod:shop:stock",
                "invalid_request", endpoint="https://tokendings.prod-gcp.nais.io/token"),
        {"token_error": {"error": "invalid_request", "error_description": "token exchange audience is not known"}},
    ),
    (
        "consent-missing",
        refused(65001, "The user or administrator has not consented to use the application with ID 'x' named 'Shop'."),
        OTHER_GRANT,
    ),
    (
        "user-not-assigned",
        refused(50105, "Your administrator has configured the application Shop to block users unless they are "
                "specifically granted ('assigned') access to the application."),
        OTHER_GRANT,
    ),
    (
        "conditional-access-blocked",
        refused(53003, "Access has been blocked by Conditional Access policies."),
        OTHER_GRANT,
    ),
    (
        "interaction-required",
        refused(50079, "The user is required to use multi-factor authentication.", "interaction_required"),
        OTHER_GRANT,
    ),
    (
        "redirect-uri-mismatch",
        refused(None, "Incorrect redirect_uri", endpoint=REALM, params=CODE),
        {"token_error.error_description": "Code not valid"},
    ),
    (
        "authorization-code-redeemed",
        refused(54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an "
                "existing refresh token.", params=CODE),
        OTHER_GRANT,
    ),
    (
        "pkce-mismatch",
        refused(None, "PKCE verification failed: Code mismatch", endpoint=REALM,
                params={**CODE, "code_verifier": "***"}),
        {"token_error.error_description": "Session not active"},
    ),
    (
        "refresh-token-expired",
        refused(None, "Token is not active", endpoint=REALM, params={"grant_type": "refresh_token"}),
        {"token_error": {"error": "invalid_client", "error_description": "Invalid client or Invalid client "
                         "credentials"}},
    ),
    (
        "refresh-token-reused",
        refused(None, "Maximum allowed refresh token reuse exceeded", endpoint=REALM,
                params={"grant_type": "refresh_token"}),
        {"token_error.error_description": "Token is not active"},
    ),
    (
        "request-body-encoding",
        {**refused(900144, "The request body must contain the following parameter: 'grant_type'.", "invalid_request"),
         "token_request": {"endpoint": ENDPOINT, "params": {"grant_type": "client_credentials", "client_id": CLIENT},
                           "headers": {"Content-Type": "text/plain"}}},
        {"token_error": {"error": "invalid_client"},
         "token_request.headers": {"Content-Type": "application/x-www-form-urlencoded"}},
    ),
    (
        "request-parameter-missing",
        refused(900144, "The request body must contain the following parameter: 'scope'.", "invalid_request",
                params={"scope": None}),
        {"token_error": {"error": "invalid_client"}},
    ),
    (
        "scope-lacks-resource",
        of_call(body="", token=claims(aud="00000002-0000-0000-c000-000000000000"),
                token_request={"endpoint": ENDPOINT, "params": {"grant_type": "authorization_code",
                                                                "scope": "openid profile offline_access"}}),
        {"token_request.params.scope": f"openid api://{API}/Orders.Read"},
    ),
    (
        "managed-identity-not-assigned",
        {"pasted": "ManagedIdentityCredential: 400 Bad Request: {\"error\":\"invalid_request\","
                   "\"error_description\":\"Identity not found\"}"},
        {"pasted": "AzureCliCredential: Azure CLI not found on path"},
    ),
    (
        "obo-assertion-wrong-audience",
        refused(500131, "Assertion audience does not match the Client app presenting the assertion. The audience in "
                "the assertion was 'x' and the expected audience is 'y'.",
                params={"grant_type": JWT_BEARER, "assertion": "***", "requested_token_use": "on_behalf_of"}),
        OTHER_GRANT,
    ),
    (
        "consent-declined",
        refused(None, "User denied access", "access_denied", endpoint=IDP, params=CODE),
        {"token_error": {"error": "invalid_grant"}},
    ),
    (
        "device-code-expired",
        refused(None, "The device_code has expired", "expired_token", endpoint=IDP,
                params={"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": "***"}),
        {"token_error": {"error": "access_denied"}},
    ),
    (
        "authorization-response-invalid",
        {"pasted": "authlib.integrations.base_client.errors.MismatchingStateError: mismatching_state: CSRF Warning! "
                   "State not equal in request and response."},
        {"pasted": "authlib.integrations.base_client.errors.OAuthError: something else"},
    ),
    (
        "token-response-malformed",
        {"token_request": {"endpoint": IDP, "params": {"grant_type": "client_credentials"}}, "http_status": 200,
         "token_error": {"error": "", "kind": "not_json", "error_description": "The answer is not JSON."}},
        {"token_error": {"error": "invalid_client"}, "http_status": 401},
    ),
)  # fmt: skip
