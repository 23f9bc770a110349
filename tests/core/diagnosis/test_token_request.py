"""Causes of the stage token-request: what gives each one away, what only looks like it, and what is said to people."""

from console.core.diagnosis import explain, read_evidence
from tests.core.diagnosis.evidence import (
    API,
    CLIENT,
    ENDPOINT,
    HEADER,
    NOW,
    OTHER_API,
    claims,
    of_call,
    of_maskinporten,
    of_token_request,
)
from tests.core.diagnosis.stage import stage_test

MATCHES = [
    (
        "client-in-other-environment",
        of_maskinporten(
            "MP-100: Client not found", profile={"created_in": "https://sjolvbetjening.samarbeid.digdir.no/production"}
        ),
    ),
    (
        "client-id-wrong",
        of_token_request(
            700016,
            ("Application with identifier 'your-client-id' was not found in the directory 'Contoso'."),
            error="unauthorized_client",
            status=400,
            params={"client_id": "your-client-id"},
        ),
    ),
    (
        "client-id-wrong",
        of_token_request(
            700016,
            f"Application with identifier '{CLIENT}' was not found in the directory 'Contoso'.",
            error="unauthorized_client",
            status=400,
            profile={"object_id": CLIENT},
        ),
    ),
    ("client-id-wrong", of_maskinporten("MP-100: Client not found")),
    (
        "client-id-wrong",
        of_token_request(
            700038,
            "00000000-0000-0000-0000-000000000000 is not a valid application identifier.",
            error="unauthorized_client",
            status=400,
        ),
    ),
    (
        "client-in-other-tenant",
        of_token_request(
            700016,
            f"Application with identifier '{CLIENT}' was not found in the directory 'Contoso'.",
            error="unauthorized_client",
            status=400,
        ),
    ),
    (
        "client-in-other-tenant",
        of_token_request(
            7000229, "The client application is missing service principal in the tenant.", error="invalid_client"
        ),
    ),
    (
        "multiple-resources-requested",
        of_token_request(
            70011,
            (
                "The provided value for the input parameter 'scope' is not valid because it "
                "contains more than one resource."
            ),
            error="invalid_scope",
            status=400,
            params={"scope": "api://a/read https://graph.microsoft.com/User.Read"},
        ),
    ),
    (
        "scope-format-invalid",
        of_token_request(
            1002012,
            (
                "The provided value for scope User.Read is not valid. Client credential flows "
                "must have a scope value with /.default suffixed to the resource identifier "
                "(application ID URI)."
            ),
            error="invalid_scope",
            status=400,
            params={"scope": "User.Read"},
        ),
    ),
    (
        "scope-format-invalid",
        of_token_request(
            70011,
            ("The provided value for the input parameter 'scope' is not valid. The scope api://x/read is not valid."),
            error="invalid_scope",
            status=400,
            params={"scope": "api://x/read"},
        ),
    ),
    (
        "scope-format-invalid",
        of_token_request(
            901002, "The 'resource' request parameter is not supported.", error="invalid_request", status=400
        ),
    ),
    (
        "resource-not-found",
        of_token_request(
            500011,
            "The resource principal named api://ordres was not found in the tenant named Contoso.",
            error="invalid_resource",
            status=400,
            params={"scope": "api://ordres/.default"},
        ),
    ),
    (
        "resource-not-found",
        of_token_request(None, "", error="invalid_target", status=400, endpoint="https://idp.example/token"),
    ),
    (
        "target-access-policy",
        of_token_request(
            None,
            "client dev:team:front is not authorized to get token with aud=dev:team:back",
            error="invalid_request",
            status=400,
            endpoint="https://tokenx.example/token",
            params={"audience": "dev:team:back"},
        ),
    ),
    (
        "delegation-party-missing",
        of_maskinporten(
            "MP-250: Consumer has not been granted access to the scope x",
            error="forbidden",
            status=403,
            profile={"acting_for_org": "999", "client_owner_org": "888"},
        ),
    ),
    (
        "delegation-missing",
        of_maskinporten(
            "MP-251: Consumer 999 has not delegated access to the scope x to supplier 888",
            error="forbidden",
            status=403,
            claims={"consumer_org": "999"},
        ),
    ),
    (
        "access-agreement-inactive",
        of_token_request(
            None,
            "Purpose state is: SUSPENDED",
            error="invalid_request",
            status=400,
            endpoint="https://auth.interop.example/token.oauth2",
        ),
    ),
    ("scope-not-granted", of_maskinporten("MP-200: Scope nav:x not registered on client", error="invalid_scope")),
    (
        "scope-not-granted",
        of_token_request(
            650057,
            (
                "Invalid resource. The client has requested access to a resource which is not "
                "listed in the requested permissions."
            ),
            error="invalid_resource",
            status=400,
        ),
    ),
    (
        "scope-not-granted",
        of_token_request(
            None, "Invalid scopes: orders.read", error="invalid_scope", status=400, endpoint="https://kc.example/token"
        ),
    ),
    (
        "consent-missing",
        of_token_request(
            65001,
            "The user or administrator has not consented to use the application.",
            error="invalid_grant",
            status=400,
        ),
    ),
    (
        "consent-missing",
        of_token_request(None, "", error="consent_required", status=400, endpoint="https://idp.example/token"),
    ),
    (
        "redirect-uri-mismatch",
        of_token_request(
            50011,
            "The redirect URI 'http://localhost:8080/cb' specified in the request does not match.",
            error="invalid_request",
            status=400,
            params={"grant_type": "authorization_code", "redirect_uri": "http://localhost:8080/cb"},
            profile={"registered_redirect_uris": ["https://localhost:8080/cb"]},
        ),
    ),
    ("redirect-uri-mismatch", {"pasted": "Error 400: redirect_uri_mismatch"}),
    (
        "request-body-encoding",
        {
            "now": NOW,
            "token_request": {
                "endpoint": ENDPOINT,
                "params": {"grant_type": "client_credentials"},
                "headers": {"Content-Type": "application/json"},
            },
            "token_error": {
                "error": "invalid_request",
                "error_description": "AADSTS900144: The request body must contain the following parameter: "
                "'grant_type'.",
                "error_codes": [900144],
            },
            "http_status": 400,
        },
    ),
    (
        "request-body-encoding",
        of_token_request(
            900561,
            "The endpoint only accepts POST requests. Received a GET request.",
            error="invalid_request",
            status=400,
        ),
    ),
    (
        "request-parameter-missing",
        of_token_request(
            900144,
            "The request body must contain the following parameter: 'scope'.",
            error="invalid_request",
            status=400,
            params={"scope": None},
        ),
    ),
    (
        "request-parameter-missing",
        of_token_request(
            None,
            "Missing parameter: grant_type",
            error="invalid_request",
            status=400,
            endpoint="https://kc.example/token",
            params={"grant_type": None},
        ),
    ),
    (
        "obo-assertion-wrong-audience",
        of_token_request(
            500131,
            "Assertion audience does not match the Client app presenting the assertion.",
            error="invalid_grant",
            status=400,
            params={"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "***"},
            token_header=HEADER,
            token_claims=claims(aud="api://front"),
        ),
    ),
    ("authorization-response-invalid", {"pasted": "ValueError: state mismatch: abc vs def"}),
    (
        "authorization-response-invalid",
        {
            "pasted": (
                "OpenIdConnectProtocolInvalidNonceException: IDX21323: RequireNonce is 'True'. "
                "OpenIdConnectProtocolValidationContext.Nonce was null"
            )
        },
    ),
    (
        "authorization-response-invalid",
        {"pasted": ("Exception: Correlation failed. An error was encountered while handling the remote login.")},
    ),
    (
        "authorization-response-invalid",
        {
            "now": NOW,
            "token_request": {"endpoint": "https://idp.example/token", "params": {}},
            "token_error": {"error_description": "The state that came back is another.", "kind": "foreign_answer"},
        },
    ),
    (
        "token-response-malformed",
        {
            "now": NOW,
            "token_request": {"endpoint": "https://idp.example/token", "params": {}},
            "token_error": {"error": "", "kind": "not_json"},
            "http_status": 200,
        },
    ),
    (
        "token-response-malformed",
        {
            "now": NOW,
            "token_request": {"endpoint": "https://idp.example/token", "params": {}},
            "response": {"status": 200, "headers": {"Content-Type": "text/html"}, "body": "<html>Sign in</html>"},
        },
    ),
    (
        "token-response-malformed",
        {
            "now": NOW,
            "token_request": {"endpoint": "https://idp.example/token", "params": {}},
            "token_error": {"error": "", "kind": "not_a_token_response"},
            "http_status": 200,
        },
    ),
    (
        "token-response-malformed",
        {
            "now": NOW,
            "token_request": {"endpoint": "https://idp.example/token", "params": {}},
            "token_error": {"error_description": "The ID token ended.", "kind": "bad_id_token"},
        },
    ),
    (
        "application-disabled",
        of_token_request(7000112, "Application 'x' is disabled.", error="unauthorized_client", status=400),
    ),
    (
        "application-disabled",
        of_token_request(70001, "Application 'x' is disabled.", error="unauthorized_client", status=400),
    ),
    (
        "user-not-assigned",
        of_token_request(
            50105,
            "The signed in user is not assigned to a role for the application.",
            error="interaction_required",
            status=400,
            params={"grant_type": "authorization_code"},
        ),
    ),
    (
        "conditional-access-blocked",
        of_token_request(
            53003, "Access has been blocked by Conditional Access policies.", error="invalid_grant", status=400
        ),
    ),
    (
        "interaction-required",
        of_token_request(
            50076,
            ("Due to a configuration change made by your administrator, you must use multi-factor authentication."),
            error="interaction_required",
            status=400,
            params={"grant_type": "refresh_token"},
        ),
    ),
    (
        "interaction-required",
        of_token_request(None, "", error="login_required", status=400, endpoint="https://idp.example/token"),
    ),
    (
        "authorization-code-redeemed",
        of_token_request(54005, "OAuth2 Authorization code was already redeemed.", error="invalid_grant", status=400),
    ),
    (
        "authorization-code-redeemed",
        of_token_request(
            None,
            "Code not valid",
            error="invalid_grant",
            status=400,
            endpoint="https://kc.example/token",
            params={"grant_type": "authorization_code"},
        ),
    ),
    (
        "pkce-mismatch",
        of_token_request(
            501481, "The Code_Verifier does not match the code_challenge supplied.", error="invalid_grant", status=400
        ),
    ),
    (
        "pkce-mismatch",
        of_token_request(
            None,
            "PKCE verification failed",
            error="invalid_grant",
            status=400,
            endpoint="https://kc.example/token",
            params={"grant_type": "authorization_code"},
        ),
    ),
    (
        "refresh-token-expired",
        of_token_request(
            700082,
            "The refresh token has expired due to inactivity.",
            error="invalid_grant",
            status=400,
            params={"grant_type": "refresh_token"},
        ),
    ),
    (
        "refresh-token-expired",
        of_token_request(
            None,
            "Token is not active",
            error="invalid_grant",
            status=400,
            endpoint="https://kc.example/token",
            params={"grant_type": "refresh_token"},
        ),
    ),
    (
        "consent-declined",
        of_token_request(
            None,
            "The resource owner denied the request",
            error="access_denied",
            status=400,
            endpoint="https://idp.example/token",
        ),
    ),
    (
        "consent-declined",
        of_token_request(65004, "User declined to consent to access the app.", error="access_denied", status=400),
    ),
    (
        "device-code-expired",
        of_token_request(
            70019, "Verification code expired.", error="expired_token", status=400, params={"grant_type": "device_code"}
        ),
    ),
    (
        "device-code-expired",
        of_token_request(None, "", error="expired_token", status=400, endpoint="https://idp.example/token"),
    ),
    (
        "device-code-expired",
        {
            "token_request": {"endpoint": "https://idp.example/token", "params": {}},
            "token_error": {"error_description": "Nobody finished signing in.", "kind": "device_code_expired"},
        },
    ),
    (
        "refresh-token-reused",
        of_token_request(
            None,
            "Maximum allowed refresh token reuse exceeded",
            error="invalid_grant",
            status=400,
            params={"grant_type": "refresh_token"},
            endpoint="https://kc.example/realms/a/protocol/openid-connect/token",
        ),
    ),
    (
        "scope-lacks-resource",
        of_call(
            401,
            "",
            token=claims(aud=OTHER_API),
            token_request={
                "endpoint": "https://as.example/token",
                "params": {"grant_type": "authorization_code", "scope": "openid profile"},
            },
        ),
    ),
    (
        "managed-identity-not-assigned",
        {
            "pasted": "azure.identity._exceptions.CredentialUnavailableError: ManagedIdentityCredential "
            "authentication unavailable, no managed identity endpoint found."
        },
    ),
]
# cause it looks like, evidence, cause it is (None: nothing can be said)
NEAR_MISSES = [
    (
        "client-id-wrong",
        of_token_request(700016, "Application not found in the directory", error="unauthorized_client", status=400),
        "client-in-other-tenant",
    ),
    (
        "client-in-other-tenant",
        of_token_request(
            700016, "Application not found", error="unauthorized_client", status=400, params={"client_id": "{client}"}
        ),
        "client-id-wrong",
    ),
    (
        "application-disabled",
        of_token_request(
            70001,
            "Application with identifier x was not found in the directory y",
            error="unauthorized_client",
            status=400,
        ),
        "client-in-other-tenant",
    ),
    (
        "scope-format-invalid",
        of_token_request(70011, "The scope contains more than one resource", error="invalid_scope", status=400),
        "multiple-resources-requested",
    ),
    (
        "request-parameter-missing",
        of_token_request(
            900144,
            "The request body must contain the following parameter: 'scope'.",
            error="invalid_request",
            status=400,
        ),
        "request-body-encoding",
    ),
    (
        "interaction-required",
        of_token_request(50105, "The signed in user is not assigned", error="interaction_required", status=400),
        "user-not-assigned",
    ),
    (
        "scope-not-granted",
        of_maskinporten(
            "Consumer has not been granted access to the scope x",
            error="forbidden",
            status=403,
            profile={"acting_for_org": "1"},
        ),
        "delegation-party-missing",
    ),
    (
        "client-in-other-environment",
        of_maskinporten("MP-100: Client not found", profile={"created_in": "https://test.example"}),
        "client-id-wrong",
    ),
    (
        "obo-assertion-wrong-audience",
        of_token_request(50013, "Assertion is not within its valid time range.", error="invalid_grant", status=400),
        "assertion-lifetime-invalid",
    ),
    (
        "token-response-malformed",
        {
            "now": NOW,
            "token_request": {"endpoint": ENDPOINT, "params": {}},
            "token_error": {"kind": "server_error"},
            "http_status": 500,
        },
        "identity-provider-unavailable",
    ),
    (
        "multiple-resources-requested",
        of_token_request(error="invalid_scope", status=400, params={"scope": f"api://{API}/read api://{API}/write"}),
        "scope-format-invalid",
    ),
    (
        "resource-not-found",
        of_token_request(700016, "Application not found in the directory", error="unauthorized_client", status=400),
        "client-in-other-tenant",
    ),
    (
        "target-access-policy",
        of_token_request(error="invalid_target", status=400, endpoint="https://idp.example/token"),
        "resource-not-found",
    ),
    (
        "delegation-party-missing",
        of_maskinporten(
            "Consumer has not been granted access to the scope x",
            error="forbidden",
            status=403,
            claims={"consumer_org": "1"},
            profile={"acting_for_org": "1"},
        ),
        "scope-not-granted",
    ),
    (
        "delegation-missing",
        of_maskinporten(
            "Consumer has not been granted access to the scope x, also not by delegation", error="forbidden", status=403
        ),
        "scope-not-granted",
    ),
    (
        "access-agreement-inactive",
        of_maskinporten(
            "Consumer has not been granted access to the scope x: no agreement", error="forbidden", status=403
        ),
        "scope-not-granted",
    ),
    (
        "consent-missing",
        of_token_request(65004, "User declined to consent to access the app.", error="access_denied", status=400),
        "consent-declined",
    ),
    (
        "redirect-uri-mismatch",
        of_token_request(
            9002326,
            "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
            error="invalid_request",
            status=400,
        ),
        "client-type-mismatch",
    ),
    (
        "request-body-encoding",
        of_token_request(text="Missing parameter: grant_type", error="invalid_request", status=400),
        "request-parameter-missing",
    ),
    (
        "authorization-response-invalid",
        of_token_request(text="PKCE verification failed: state mismatch", error="invalid_grant", status=400),
        "pkce-mismatch",
    ),
    (
        "authorization-response-invalid",
        {
            "now": NOW,
            "token_request": {"endpoint": ENDPOINT, "params": {}},
            "token_error": {
                "error": "access_denied",
                "error_description": "the user cancelled; state mismatch, the person said",
            },
        },
        "consent-declined",
    ),
    (
        "token-response-malformed",
        {
            "now": NOW,
            "token_request": {"endpoint": ENDPOINT, "params": {}},
            "token_error": {"error_description": "The nonce is another.", "kind": "foreign_answer"},
        },
        "authorization-response-invalid",
    ),
    (
        "user-not-assigned",
        of_token_request(
            53003,
            "Access has been blocked; the user is not assigned to a compliant device.",
            error="invalid_grant",
            status=400,
        ),
        "conditional-access-blocked",
    ),
    (
        "conditional-access-blocked",
        of_token_request(
            50076,
            "Due to a conditional access policy you must use multi-factor authentication.",
            error="interaction_required",
            status=400,
        ),
        "interaction-required",
    ),
    (
        "authorization-code-redeemed",
        of_token_request(text="Invalid refresh token: already used", error="invalid_grant", status=400),
        "refresh-token-reused",
    ),
    (
        "pkce-mismatch",
        of_token_request(
            54005,
            "OAuth2 Authorization code was already redeemed",
            error="invalid_grant",
            status=400,
            params={"code_verifier": "***"},
        ),
        "authorization-code-redeemed",
    ),
    (
        "refresh-token-expired",
        of_token_request(text="The device code has expired.", error="expired_token", status=400),
        "device-code-expired",
    ),
    (
        "consent-declined",
        of_token_request(
            65001,
            "The user or administrator has not consented to use the application",
            error="invalid_grant",
            status=400,
        ),
        "consent-missing",
    ),
    (
        "device-code-expired",
        of_token_request(text="The refresh token has expired.", error="invalid_grant", status=400),
        "refresh-token-expired",
    ),
    (
        "refresh-token-reused",
        of_token_request(
            None,
            "Stale token",
            error="invalid_grant",
            status=400,
            params={"grant_type": "refresh_token"},
            endpoint="https://kc.example/realms/a/protocol/openid-connect/token",
        ),
        "refresh-token-expired",
    ),
    (
        "scope-lacks-resource",
        of_call(
            401,
            "",
            token=claims(aud=OTHER_API),
            token_request={
                "endpoint": "https://as.example/token",
                "params": {"grant_type": "authorization_code", "scope": "openid orders.read"},
            },
        ),
        "audience-other-api",
    ),
    (
        "managed-identity-not-assigned",
        {
            "pasted": "azure.identity.CredentialUnavailableError: EnvironmentCredential authentication "
            "unavailable. Environment variables are not fully configured."
        },
        "client-credential-missing",
    ),
]
MISSING = [
    (
        "client-in-other-environment",
        "token_error.error_description",
        "the error code in the answer of the token endpoint",
    ),
    ("client-id-wrong", "token_error", "the answer of the token endpoint"),
    ("client-in-other-tenant", "token_error", "the answer of the token endpoint"),
    ("multiple-resources-requested", "token_error", "the answer of the token endpoint"),
    ("scope-format-invalid", "token_error", "the answer of the token endpoint"),
    ("resource-not-found", "token_error", "the answer of the token endpoint"),
    ("target-access-policy", "token_error.error_description", "error_description in the answer of the token endpoint"),
    (
        "delegation-party-missing",
        "token_request.assertion.claims",
        "what Digdir’s support sees of this request",
    ),
    ("delegation-missing", "token_error.error_description", "the error code in the answer of the token endpoint"),
    (
        "access-agreement-inactive",
        "token_error.error_description",
        "error_description in the answer of the token endpoint",
    ),
    ("scope-not-granted", "token_error", "the answer of the token endpoint"),
    ("consent-missing", "token_error", "the answer of the token endpoint"),
    ("redirect-uri-mismatch", "token_error", "the answer of the token endpoint"),
    ("request-body-encoding", "token_request", "request-parameter-missing"),
    ("request-parameter-missing", "token_error", "the answer of the token endpoint"),
    ("obo-assertion-wrong-audience", "token_error", "the answer of the token endpoint"),
    ("authorization-response-invalid", "pasted", "the answer of the API, with its headers"),
    ("token-response-malformed", "token_error.kind", "error_description in the answer of the token endpoint"),
    ("application-disabled", "token_error", "the answer of the token endpoint"),
    ("user-not-assigned", "token_error", "the answer of the token endpoint"),
    ("conditional-access-blocked", "token_error", "the answer of the token endpoint"),
    ("interaction-required", "token_error", "the answer of the token endpoint"),
    ("authorization-code-redeemed", "token_error", "the answer of the token endpoint"),
    ("pkce-mismatch", "token_error", "the answer of the token endpoint"),
    ("refresh-token-expired", "token_error", "the answer of the token endpoint"),
    ("consent-declined", "token_error", "the answer of the token endpoint"),
    ("device-code-expired", "token_error", "the answer of the token endpoint"),
    ("refresh-token-reused", "token_error.error_description", "error_description in the answer of the token endpoint"),
    ("scope-lacks-resource", "token_request", "audience-other-api"),
    ("managed-identity-not-assigned", "pasted", "the decoded token"),
]
UNDECIDED = [
    (
        {
            "token_request": {"endpoint": "https://idp.example/token", "params": {"client_id": "c"}},
            "token_error": {"error": "invalid_request"},
            "http_status": 400,
        },
        "error_description in the answer of the token endpoint",
    ),
]
# The whole message for the first evidence of each cause.
MESSAGES = [
    (
        "client-in-other-environment",
        (
            "The identity provider answered 400 because the client is registered in another "
            "environment than the one that was asked."
        ),
        (
            'The answer says: "MP-100: Client not found" The client is registered '
            "elsewhere (created_in: https://sjolvbetjening.samarbeid.digdir.no/production) "
            "than at test.maskinporten.no."
        ),
        "Use the client ID and key that belong to this environment: test or production.",
        "integrator",
    ),
    (
        "client-id-wrong",
        "The identity provider answered 400 because the client id names no application.",
        (
            "The identity provider answered AADSTS700016: No application with this client id "
            "exists in the tenant that was asked. The client id is your-client-id."
        ),
        "Compare the client id and the tenant with the Overview page of the app registration.",
        "integrator",
    ),
    (
        "client-in-other-tenant",
        ("The identity provider answered 400 because the application exists, but not in the tenant that was asked."),
        (
            "The identity provider answered AADSTS700016: No application with this client id "
            "exists in the tenant that was asked. The client id is "
            "bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc; the tenant asked is "
            "8b1807f9-ca4e-4599-805a-ab71e754d3d4."
        ),
        (
            "Ask the tenant in which the app registration lives (Directory (tenant) ID), or have an "
            "administrator of this one consent to the application."
        ),
        "integrator",
    ),
    (
        "multiple-resources-requested",
        ("The identity provider answered 400 because the request asks for scopes of more than one API."),
        (
            "The identity provider answered AADSTS70011: The scope is not valid or not "
            "known. The scopes name api://a and https://graph.microsoft.com."
        ),
        "Request one token per API.",
        "integrator",
    ),
    (
        "scope-format-invalid",
        ("The identity provider answered 400 because the scope does not have the form this grant needs."),
        (
            "The identity provider answered AADSTS1002012: An app-only request needs a scope "
            "that ends with /.default. The scope is User.Read. The scope must end with "
            "/.default: an application gets the permissions it was granted, not chosen ones."
        ),
        "Use the API's Application ID URI followed by /.default.",
        "integrator",
    ),
    (
        "resource-not-found",
        ("The identity provider answered 400 because the API that the scope or audience names is not known here."),
        (
            "The identity provider answered AADSTS500011: No API with this identifier is "
            "known in the tenant. The request asks for api://ordres/.default."
        ),
        (
            "Compare the scope with the API's Application ID URI; the API's enterprise "
            "application must exist in this tenant."
        ),
        "integrator",
    ),
    (
        "target-access-policy",
        ("The identity provider answered 400 because the API does not allow this client to obtain tokens for it."),
        ('The answer says: "client dev:team:front is not authorized to get token with aud=dev:team:back"'),
        "Have this client added to the API's access policy (inbound rules).",
        "api_owner",
    ),
    (
        "delegation-party-missing",
        ("The identity provider answered 403 because the request does not say on whose behalf it is made."),
        "The grant has no consumer_org, yet the client acts for 999.",
        "Add consumer_org with the number of the organisation you act for.",
        "integrator",
    ),
    (
        "delegation-missing",
        (
            "The identity provider answered 403 because the supplier asks on behalf of an "
            "organisation that has not delegated the scope to it."
        ),
        ('The answer says: "MP-251: Consumer 999 has not delegated access to the scope x to supplier 888"'),
        "Have the customer delegate the API to you in Altinn (tt02 for test).",
        "tenant_admin",
    ),
    (
        "access-agreement-inactive",
        (
            "The identity provider answered 400 because the agreement or purpose behind the "
            "request is not active at the provider."
        ),
        'The answer says: "Purpose state is: SUSPENDED"',
        "Have the owner of the API approve or renew the agreement.",
        "api_owner",
    ),
    (
        "scope-not-granted",
        ("The identity provider answered 400 because the client has not been given the scope it asks for."),
        (
            "Maskinporten answered MP-200: The scope is not registered on the client. Its words: “MP-200: Scope nav:x "
            "not registered on client”."
        ),
        "Add the scope to the client in Samarbeidsportalen; it may take 15 minutes.",
        "integrator",
    ),
    (
        "consent-missing",
        ("The identity provider answered 400 because nobody has consented to the permission that is asked for."),
        (
            "The identity provider answered AADSTS65001: Neither the user nor an "
            "administrator has consented to this permission."
        ),
        "Have an administrator grant consent, or sign in and consent.",
        "tenant_admin",
    ),
    (
        "redirect-uri-mismatch",
        ("The identity provider answered 400 because the redirect URI of the request is not the registered one."),
        (
            "The identity provider answered AADSTS50011: The redirect URI of the request is "
            "not registered; comparison is exact. Sent: http://localhost:8080/cb; "
            "registered: https://localhost:8080/cb."
        ),
        "Add the address under Authentication of the app registration, exactly as it is sent, on the "
        "platform that the client is.",
        "integrator",
    ),
    (
        "request-body-encoding",
        ("The identity provider answered 400 because the parameters were not sent as a form-encoded body."),
        ("The identity provider answered AADSTS900144: A parameter is missing from the body of the request."),
        "Send the parameters in the body of a POST, as application/x-www-form-urlencoded.",
        "integrator",
    ),
    (
        "request-parameter-missing",
        ("The identity provider answered 400 because a required parameter is missing from the token request."),
        ("The identity provider answered AADSTS900144: A parameter is missing from the body of the request."),
        "Send the parameter that the text names.",
        "integrator",
    ),
    (
        "obo-assertion-wrong-audience",
        (
            "The identity provider answered 400 because the token to be exchanged was issued "
            "for another API than the one that presents it."
        ),
        (
            "The identity provider answered AADSTS500131: The audience of the user assertion "
            "is not the client that presents it. aud is api://front; the API that presents "
            "it is bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc."
        ),
        "Get the first token for the API that makes the exchange (its Application ID URI), and pass that on.",
        "integrator",
    ),
    (
        "authorization-response-invalid",
        "The authorization response does not belong to the request that was made.",
        'The answer or log says: "ValueError: state mismatch: abc vs def"',
        "Start the sign-in again, in one tab, without the Back key.",
        "integrator",
    ),
    (
        "token-response-malformed",
        "The token endpoint answered with something that is not a token response.",
        "The answer of the token endpoint is not JSON.",
        ("Compare the address with the token endpoint in the metadata; a proxy or sign-in page may stand in between."),
        "identity_provider",
    ),
    (
        "application-disabled",
        ("The identity provider answered 400 because the client is disabled at the provider."),
        ("The identity provider answered AADSTS7000112: The application is disabled in the tenant."),
        "Have 'Enabled for users to sign in' of the enterprise application switched on.",
        "tenant_admin",
    ),
    (
        "user-not-assigned",
        (
            "The identity provider answered 400 because the application requires assignment, "
            "and this user is not assigned."
        ),
        (
            "The identity provider answered AADSTS50105: The application requires "
            "assignment, and this user is not assigned."
        ),
        "Have the user, or a group the user is a direct member of, assigned.",
        "tenant_admin",
    ),
    (
        "conditional-access-blocked",
        ("The identity provider answered 400 because a Conditional Access policy forbids the token."),
        (
            "The identity provider answered AADSTS53003: A Conditional Access policy forbids "
            "the token; such policies exist for applications too."
        ),
        "Open the Conditional Access tab of the sign-in log and have the policy changed.",
        "tenant_admin",
    ),
    (
        "interaction-required",
        ("The identity provider answered 400 because the user must act, and this flow cannot let them."),
        "The identity provider answered AADSTS50076: Multi-factor authentication is needed.",
        "Sign in interactively, with the claims of the answer.",
        "end_user",
    ),
    (
        "authorization-code-redeemed",
        "The identity provider answered 400 because the authorization code was used before.",
        ("The identity provider answered AADSTS54005: The authorization code was already redeemed."),
        "Start the sign-in again and redeem the code once.",
        "integrator",
    ),
    (
        "pkce-mismatch",
        (
            "The identity provider answered 400 because the code_verifier is missing or does "
            "not belong to the code_challenge."
        ),
        ("The identity provider answered AADSTS501481: code_verifier does not belong to code_challenge."),
        "Send the code_verifier that was made for this code_challenge.",
        "integrator",
    ),
    (
        "refresh-token-expired",
        ("The identity provider answered 400 because the refresh token has expired or was revoked."),
        ("The identity provider answered AADSTS700082: The refresh token was not used for too long."),
        "Sign in again.",
        "end_user",
    ),
    (
        "consent-declined",
        ("The identity provider answered 400 because the person at the provider said no or cancelled."),
        'The answer says: "The resource owner denied the request"',
        "Sign in again and accept.",
        "end_user",
    ),
    (
        "device-code-expired",
        ("The identity provider answered 400 because the device code ran out before the person finished."),
        "The identity provider answered AADSTS70019: The device code has run out.",
        "Start again and finish within 15 minutes.",
        "end_user",
    ),
    (
        "refresh-token-reused",
        "The identity provider answered 400 because a refresh token that is replaced at each use was used a "
        "second time, so the whole chain of tokens was revoked.",
        'The answer says: "Maximum allowed refresh token reuse exceeded"',
        "Sign in again and keep the newest refresh token: this realm revokes the older one.",
        "integrator",
    ),
    (
        "scope-lacks-resource",
        "Only scopes of the sign-in itself were asked for, so the access token is not for the API.",
        "The scopes asked for are openid profile: none of them names an API.",
        "Ask for a scope of the API besides openid and profile.",
        "integrator",
    ),
    (
        "managed-identity-not-assigned",
        "The managed identity that was asked for is not assigned to this resource.",
        'The answer or log says: "ManagedIdentityCredential authentication unavailable, no managed identity endpoint '
        'found."',
        "Assign the identity to the resource (or switch the system-assigned one on), and name it by its client id.",
        "integrator",
    ),
]

test_token_request = stage_test(MATCHES, NEAR_MISSES, MISSING, MESSAGES, UNDECIDED)


def test_two_sides_that_agree_are_not_shown_as_a_mismatch():
    """What was read may be another token than the one that was handed in."""
    evidence = of_token_request(
        500131,
        "Assertion audience does not match the Client app presenting the assertion.",
        error="invalid_grant",
        status=400,
        params={"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "***"},
        token_header=HEADER,
        token_claims=claims(aud=CLIENT),
    )
    primary = explain(read_evidence(evidence)).primary
    assert primary.cause == "obo-assertion-wrong-audience"
    assert "presents it is" not in primary.why
