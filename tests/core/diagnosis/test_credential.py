"""Causes of the stage credential: what gives each one away, what only looks like it, and what is said to people."""

from tests.core.diagnosis.evidence import ASSERTED, NOW, OTHER_TENANT, assertion, of_maskinporten, of_token_request
from tests.core.diagnosis.stage import stage_test

REALM = "https://login.example.com/realms/orders/protocol/openid-connect/token"
MATCHES = [
    (
        "grant-type-not-allowed",
        of_token_request(
            None,
            "Client not enabled to retrieve service account",
            error="unauthorized_client",
            status=400,
            endpoint=REALM,
        ),
    ),
    (
        "grant-type-not-allowed",
        of_token_request(None, "", error="unauthorized_client", status=400, endpoint="https://idp.example/token"),
    ),
    (
        "grant-type-not-allowed",
        of_token_request(None, "", error="unsupported_grant_type", status=400, endpoint="https://idp.example/token"),
    ),
    (
        "private-key-format-invalid",
        {"pasted": "ValueError: Could not deserialize key data. The data may be in an incorrect format"},
    ),
    ("private-key-format-invalid", {"profile": {"private_key_preview": "-----BEGIN PRIVATE KEY-----\\nMIIE"}}),
    ("private-key-format-invalid", {"pasted": "error:0909006C:PEM routines:get_name:no start line"}),
    (
        "client-credential-missing",
        of_token_request(
            7000216,
            ("'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type."),
            error="invalid_request",
            params={"client_secret": None},
        ),
    ),
    (
        "client-credential-missing",
        of_token_request(
            7000218,
            ("The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
            params={"client_secret": None},
        ),
    ),
    (
        "client-credential-missing",
        of_token_request(
            None, "client credentials missing", params={"client_secret": None}, endpoint="https://idp.example/token"
        ),
    ),
    (
        "client-credential-missing",
        {
            "pasted": (
                '{"error":"invalid_client","error_description":"AADSTS7000216: '
                "'client_assertion', 'client_secret' or 'request' is required for the "
                "'client_credentials' grant type.\"}"
            )
        },
    ),
    (
        "client-type-mismatch",
        of_token_request(
            700025, ("Client is public so neither 'client_assertion' nor 'client_secret' should be presented.")
        ),
    ),
    (
        "client-type-mismatch",
        of_token_request(
            9002327,
            (
                "Tokens issued for the 'Single-Page Application' client-type may only be "
                "redeemed via cross-origin requests."
            ),
            error="invalid_request",
            status=400,
            params={"grant_type": "authorization_code"},
        ),
    ),
    (
        "client-type-mismatch",
        of_token_request(
            9002326,
            ("Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type."),
            error="invalid_request",
            status=400,
        ),
    ),
    (
        "client-type-mismatch",
        of_token_request(
            7000218,
            ("The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
            params={"grant_type": "device_code", "client_secret": None},
        ),
    ),
    (
        "client-auth-method-mismatch",
        of_token_request(
            None,
            "",
            endpoint="https://idp.example/token",
            profile={"registration": {"token_endpoint_auth_method": "private_key_jwt"}},
        ),
    ),
    (
        "client-auth-method-mismatch",
        of_token_request(None, "client authentication method not supported", endpoint="https://idp.example/token"),
    ),
    (
        "client-auth-method-mismatch",
        of_token_request(
            None,
            "Client authentication failed",
            endpoint="https://idp.example/token",
            params=ASSERTED,
            profile={"token_endpoint_auth_method": "client_secret_basic"},
        ),
    ),
    (
        "client-secret-id-used",
        of_token_request(
            7000215,
            (
                "Invalid client secret provided. Ensure the secret being sent in the request is "
                "the client secret value, not the client secret ID"
            ),
            profile={"client_secret_shape": "36 characters: 8-4-4-4-12 hexadecimal groups"},
        ),
    ),
    (
        "client-secret-id-used",
        of_token_request(
            7000215, "Invalid client secret provided.", profile={"client_secret_shape": "looks like a GUID"}
        ),
    ),
    ("client-secret-expired", of_token_request(7000222, "The provided client secret keys for app are expired.")),
    (
        "client-secret-expired",
        {"pasted": "MSAL error: AADSTS7000222: The provided client secret keys for app 'x' are expired."},
    ),
    (
        "client-secret-expired",
        of_token_request(None, "Client secret has expired", endpoint="https://idp.example/token"),
    ),
    (
        "client-secret-encoding",
        of_token_request(7000215, "Invalid client secret provided.", params={"client_secret": "abc%2Bdef"}),
    ),
    (
        "client-secret-encoding",
        of_token_request(None, "", endpoint="https://idp.example/token", profile={"secret_contains": "& and %"}),
    ),
    (
        "client-secret-encoding",
        of_token_request(
            7000215,
            "Invalid client secret provided.",
            profile={"observations": ["a secret without special characters works"]},
        ),
    ),
    ("client-secret-invalid", of_token_request(7000215, "Invalid client secret provided.")),
    ("client-secret-invalid", of_token_request(None, "", endpoint="https://idp.example/token")),
    (
        "client-secret-invalid",
        of_token_request(70002, "Error validating credentials. AADSTS50012: Invalid client secret is provided."),
    ),
    (
        "client-secret-invalid",
        of_token_request(
            None,
            "Invalid client secret",
            error="unauthorized_client",
            endpoint="https://kc.example/realms/a/protocol/openid-connect/token",
        ),
    ),
    (
        "federated-credential-mismatch",
        of_token_request(
            70021,
            ("No matching federated identity record found for presented assertion. Assertion Issuer: 'https://x'."),
            params=ASSERTED,
        ),
    ),
    (
        "federated-credential-mismatch",
        of_token_request(
            700213,
            (
                "No matching federated identity record found for presented assertion subject "
                "'repo:a/b:ref:refs/heads/main'."
            ),
            params=ASSERTED,
            assertion=assertion(
                iss="https://token.actions.githubusercontent.com",
                sub="repo:a/b:ref:refs/heads/main",
                aud="api://AzureADTokenExchange",
            ),
            profile={
                "federated_credential": {
                    "issuer": "https://token.actions.githubusercontent.com",
                    "subject": "repo:a/b:environment:prod",
                }
            },
        ),
    ),
    ("certificate-wrong-owner-or-environment", of_maskinporten("MP-120: Invalid certificate")),
    (
        "certificate-wrong-owner-or-environment",
        of_maskinporten("MP-122: Invalid organization number for client. Does not match certificate orgno"),
    ),
    ("certificate-chain-malformed", of_maskinporten("MP-123: Invalid x5c")),
    (
        "certificate-chain-malformed",
        of_token_request(
            None,
            "",
            params=ASSERTED,
            assertion=assertion({"alg": "RS256", "x5c": "MIIC"}),
            endpoint="https://idp.example/token",
        ),
    ),
    (
        "certificate-thumbprint-invalid",
        of_token_request(
            50027,
            ("JWT token is invalid or malformed. No certificate thumbprint specified in token header."),
            params=ASSERTED,
        ),
    ),
    (
        "certificate-thumbprint-invalid",
        of_token_request(
            700027,
            "Client assertion contains an invalid signature. [Reason - The key was not found.]",
            params=ASSERTED,
            assertion=assertion({"alg": "RS256", "typ": "JWT", "x5t": "A" * 43}),
        ),
    ),
    (
        "certificate-thumbprint-invalid",
        of_token_request(
            700027,
            "Client assertion contains an invalid signature. [Reason - The key was not found.]",
            params=ASSERTED,
            assertion=assertion({"alg": "RS256", "typ": "JWT", "x5t": "0123456789ABCDEF0123456789ABCDEF01234567"}),
        ),
    ),
    (
        "certificate-thumbprint-invalid",
        of_token_request(
            50027, "Invalid JWT token.", params=ASSERTED, assertion=assertion({"alg": "RS256", "typ": "JWT"})
        ),
    ),
    (
        "certificate-or-key-expired",
        of_token_request(
            700027,
            (
                "Client assertion contains an invalid signature. [Reason - The key used is "
                "expired., Thumbprint of key used by client: 'AB']"
            ),
            params=ASSERTED,
        ),
    ),
    ("certificate-or-key-expired", of_maskinporten("MP-121: Key expired")),
    (
        "certificate-or-key-expired",
        of_token_request(
            700027,
            (
                "Client assertion contains an invalid signature. [Reason - x, Found key "
                "'Start=01/01/2023 00:00:00, End=01/01/2025 00:00:00']"
            ),
            params=ASSERTED,
        ),
    ),
    (
        "certificate-not-registered",
        of_token_request(
            700027,
            (
                "Client assertion contains an invalid signature. [Reason - The key was not "
                "found., Thumbprint of key used by client: 'AB']"
            ),
            params=ASSERTED,
            assertion=assertion(),
        ),
    ),
    ("certificate-not-registered", of_maskinporten("MP-124: Invalid signature")),
    (
        "certificate-not-registered",
        of_token_request(None, "unknown key id k9", params=ASSERTED, endpoint="https://idp.example/token"),
    ),
    (
        "assertion-audience-wrong",
        of_token_request(
            700023,
            "Client assertion audience claim does not match Realm issuer.",
            params=ASSERTED,
            assertion=assertion(aud=f"https://login.microsoftonline.com/{OTHER_TENANT}/oauth2/v2.0/token"),
        ),
    ),
    (
        "assertion-audience-wrong",
        of_maskinporten("MP-110: Invalid audience", claims={"aud": "https://maskinporten.no/"}),
    ),
    (
        "assertion-audience-wrong",
        of_token_request(
            None,
            "",
            params=ASSERTED,
            endpoint="https://idp.example/token",
            assertion=assertion(aud="https://other.example/token"),
        ),
    ),
    (
        "assertion-issuer-wrong",
        of_token_request(
            700021,
            "Client assertion application identifier doesn't match 'client_id' parameter.",
            params=ASSERTED,
            assertion=assertion(iss="other"),
        ),
    ),
    (
        "assertion-issuer-wrong",
        of_token_request(
            None,
            "",
            params=ASSERTED,
            endpoint="https://idp.example/token",
            assertion=assertion(aud="https://idp.example/token", sub="someone"),
        ),
    ),
    ("assertion-replayed", of_maskinporten("MP-012: Grant already used")),
    (
        "assertion-replayed",
        of_token_request(
            None,
            "JWT replay detected: jti has already been used",
            params=ASSERTED,
            endpoint="https://idp.example/token",
        ),
    ),
    (
        "assertion-lifetime-invalid",
        of_token_request(
            700024,
            (
                "Client assertion is not within its valid time range. Current time: "
                "2026-01-01T10:00:00.0000000Z, assertion valid from "
                "2026-01-01T08:00:00.0000000Z, expiry time of assertion "
                "2026-01-01T09:00:00.0000000Z."
            ),
            params=ASSERTED,
        ),
    ),
    ("assertion-lifetime-invalid", of_maskinporten("Invalid assertion", claims={"exp": NOW + 600})),
    (
        "assertion-lifetime-invalid",
        of_maskinporten("MP-130: JWT has expired", claims={"exp": NOW - 100, "iat": NOW - 200}),
    ),
]
# cause it looks like, evidence, cause it is (None: nothing can be said)
NEAR_MISSES = [
    (
        "grant-type-not-allowed",
        of_token_request(
            None,
            "Invalid client or Invalid client credentials",
            error="unauthorized_client",
            status=401,
            endpoint=REALM,
        ),
        "client-secret-invalid",
    ),
    (
        "client-secret-invalid",
        of_token_request(
            7000215,
            "Invalid client secret provided.",
            profile={"client_secret_shape": "36 characters: 8-4-4-4-12 hexadecimal groups"},
        ),
        "client-secret-id-used",
    ),
    (
        "client-secret-id-used",
        of_token_request(
            7000215,
            ("Ensure the secret being sent in the request is the client secret value, not the client secret ID"),
            profile={"client_secret_shape": "40 characters"},
        ),
        "client-secret-invalid",
    ),
    (
        "client-secret-invalid",
        of_token_request(7000222, "The provided client secret keys are expired."),
        "client-secret-expired",
    ),
    (
        "client-credential-missing",
        of_token_request(
            7000218,
            "The request body must contain the following parameter: client_secret",
            params={"grant_type": "authorization_code", "code_verifier": "***", "client_secret": None},
        ),
        "client-type-mismatch",
    ),
    (
        "certificate-not-registered",
        of_token_request(
            700027,
            "[Reason - The key was not found.]",
            params=ASSERTED,
            assertion=assertion({"alg": "RS256", "x5t": "A" * 43}),
        ),
        "certificate-thumbprint-invalid",
    ),
    (
        "certificate-thumbprint-invalid",
        of_token_request(
            700027,
            "[Reason - The key was not found.]",
            params=ASSERTED,
            assertion=assertion({"alg": "RS256", "x5t": "A" * 27}),
        ),
        "certificate-not-registered",
    ),
    (
        "assertion-lifetime-invalid",
        of_token_request(
            700024,
            (
                "Client assertion is not within its valid time range. Current time: "
                "2026-01-01T00:20:00.0000000Z, assertion valid from "
                "2026-01-01T00:00:00.0000000Z, expiry time of assertion "
                "2026-01-01T00:10:00.0000000Z."
            ),
            params=ASSERTED,
            assertion=assertion(),
        ),
        "clock-skew",
    ),
    (
        "assertion-audience-wrong",
        of_token_request(
            700023,
            "Resourceless scope is not supported; the scope names no resource",
            error="invalid_scope",
            status=400,
        ),
        "scope-format-invalid",
    ),
    (
        "assertion-issuer-wrong",
        of_token_request(
            700213,
            "No matching federated identity record found for presented assertion subject",
            params=ASSERTED,
            assertion=assertion(
                iss="https://token.actions.githubusercontent.com", sub="repo:a/b", aud="api://AzureADTokenExchange"
            ),
        ),
        "federated-credential-mismatch",
    ),
    (
        "private-key-format-invalid",
        of_token_request(
            700027,
            "[Reason - The key was not found.]",
            params=ASSERTED,
            profile={"key": "-----BEGIN PRIVATE KEY-----\\nMII"},
        ),
        "certificate-not-registered",
    ),
    (
        "client-type-mismatch",
        of_token_request(
            7000218,
            "The request body must contain the following parameter: client_secret",
            params={"client_secret": None},
        ),
        "client-credential-missing",
    ),
    (
        "client-auth-method-mismatch",
        of_token_request(
            7000215, "Invalid client secret provided.", profile={"token_endpoint_auth_method": "private_key_jwt"}
        ),
        "client-secret-invalid",
    ),
    (
        "client-secret-expired",
        of_token_request(7000215, "Invalid client secret provided. Create a new one when it has expired."),
        "client-secret-invalid",
    ),
    (
        "client-secret-encoding",
        of_token_request(7000215, "Invalid client secret provided.", profile={"client_secret_shape": "40 characters"}),
        "client-secret-invalid",
    ),
    (
        "federated-credential-mismatch",
        of_token_request(
            700023,
            "Client assertion audience claim does not match Realm issuer.",
            params=ASSERTED,
            assertion=assertion(aud="api://AzureADTokenExchange", sub="repo:a/b"),
        ),
        "assertion-audience-wrong",
    ),
    (
        "certificate-wrong-owner-or-environment",
        of_maskinporten("MP-121: The certificate has expired"),
        "certificate-or-key-expired",
    ),
    (
        "certificate-chain-malformed",
        of_token_request(
            700027,
            "[Reason - The key was not found.]",
            params=ASSERTED,
            assertion=assertion({"alg": "PS256", "x5t#S256": "A" * 43, "x5c": "MIIB"}),
        ),
        "certificate-not-registered",
    ),
    (
        "certificate-or-key-expired",
        of_token_request(7000222, "The provided client secret keys are expired."),
        "client-secret-expired",
    ),
    (
        "assertion-replayed",
        of_token_request(54005, "OAuth2 Authorization code was already redeemed", error="invalid_grant", status=400),
        "authorization-code-redeemed",
    ),
]
MISSING = [
    ("grant-type-not-allowed", "token_error", "the answer of the token endpoint"),
    ("private-key-format-invalid", "pasted", "the answer of the API, with its headers"),
    ("client-credential-missing", "token_error", "the answer of the token endpoint"),
    ("client-type-mismatch", "token_error", "the answer of the token endpoint"),
    ("client-auth-method-mismatch", "token_request.params", "error_description in the answer of the token endpoint"),
    ("client-secret-id-used", "token_error", "the answer of the token endpoint"),
    ("client-secret-expired", "token_error", "the answer of the token endpoint"),
    ("client-secret-encoding", "token_error", "the answer of the token endpoint"),
    ("client-secret-invalid", "token_error", "the answer of the token endpoint"),
    ("federated-credential-mismatch", "token_error", "the answer of the token endpoint"),
    (
        "certificate-wrong-owner-or-environment",
        "token_error.error_description",
        "the error code in the answer of the token endpoint",
    ),
    (
        "certificate-chain-malformed",
        "token_error.error_description",
        "the error code in the answer of the token endpoint",
    ),
    ("certificate-thumbprint-invalid", "token_error", "the answer of the token endpoint"),
    ("certificate-or-key-expired", "token_error", "the answer of the token endpoint"),
    ("certificate-not-registered", "token_error", "the answer of the token endpoint"),
    ("assertion-audience-wrong", "token_error", "the answer of the token endpoint"),
    ("assertion-issuer-wrong", "token_error", "the answer of the token endpoint"),
    ("assertion-replayed", "token_error.error_description", "the error code in the answer of the token endpoint"),
    ("assertion-lifetime-invalid", "token_error", "the answer of the token endpoint"),
]
UNDECIDED = [
    (
        {
            "token_request": {"endpoint": "https://idp.example/token", "params": {}},
            "token_error": {"error": "invalid_client"},
            "http_status": 401,
        },
        "error_description in the answer of the token endpoint",
    ),
]
# The whole message for the first evidence of each cause.
MESSAGES = [
    (
        "grant-type-not-allowed",
        "The identity provider answered 400 because the client is not registered for this grant.",
        (
            "Keycloak answered Client not enabled to retrieve service account: The client may not ask in its own "
            "name: it has no service account."
        ),
        "Switch on “Service accounts roles” in the settings of the client in this realm.",
        "tenant_admin",
    ),
    (
        "private-key-format-invalid",
        "The private key cannot be loaded, so no request was sent.",
        (
            'The answer or log says: "ValueError: Could not deserialize key data. The data '
            'may be in an incorrect format"'
        ),
        ("Enter the key as PEM with real line breaks, without quotation marks, from BEGIN to END."),
        "integrator",
    ),
    (
        "client-credential-missing",
        ("The identity provider answered 401 because the token request carries no credential of the client."),
        ("The identity provider answered AADSTS7000216: The request has neither client_secret nor client_assertion."),
        ("Send a client secret or a client assertion; check that the variable that holds it is not empty."),
        "integrator",
    ),
    (
        "client-type-mismatch",
        ("The identity provider answered 401 because public, single-page and confidential client are mixed up."),
        (
            "The identity provider answered AADSTS700025: The client is public, so it may "
            "not send a secret or an assertion."
        ),
        "Stop sending the secret, or register the redirect URI under the Web platform.",
        "integrator",
    ),
    (
        "client-auth-method-mismatch",
        (
            "The identity provider answered 401 because the client authenticates in another "
            "way than it is registered for."
        ),
        "The request used client_secret_post; the registration says private_key_jwt.",
        (
            "Use the client authentication that the registration names "
            "(token_endpoint_auth_method), or change the registration."
        ),
        "integrator",
    ),
    (
        "client-secret-id-used",
        ("The identity provider answered 401 because the id of the client secret was entered instead of its value."),
        (
            "The identity provider answered AADSTS7000215: The secret that was sent is not "
            "one of the secrets of this application. The configured secret has the shape of "
            "a GUID, as secret ids have."
        ),
        "Create a new client secret and copy the column Value; it is shown only once.",
        "integrator",
    ),
    (
        "client-secret-expired",
        "The identity provider answered 401 because the client secret is past its end date.",
        ("The identity provider answered AADSTS7000222: The client secret is past its end date."),
        "Create a new client secret, enter it here, and set a reminder before it ends.",
        "integrator",
    ),
    (
        "client-secret-encoding",
        ("The identity provider answered 401 because the client secret was not encoded as the token endpoint expects."),
        (
            "The identity provider answered AADSTS7000215: The secret that was sent is not "
            "one of the secrets of this application."
        ),
        "URL-encode the secret exactly once, or create a secret without special characters.",
        "integrator",
    ),
    (
        "client-secret-invalid",
        ("The identity provider answered 401 because the client secret is not one of the secrets of this client."),
        (
            "The identity provider answered AADSTS7000215: The secret that was sent is not "
            "one of the secrets of this application."
        ),
        "Create a new client secret and copy its Value (not its Secret ID) when it is shown.",
        "integrator",
    ),
    (
        "federated-credential-mismatch",
        (
            "The identity provider answered 401 because the federated token does not match "
            "the federated credential of the application."
        ),
        (
            "The identity provider answered AADSTS70021: No federated credential of the "
            "application matches the assertion."
        ),
        ("Compare issuer, subject and audience letter by letter; a new credential needs some minutes."),
        "integrator",
    ),
    (
        "certificate-wrong-owner-or-environment",
        (
            "The identity provider answered 400 because the certificate belongs to another "
            "organisation or to another environment."
        ),
        (
            "Maskinporten answered MP-120: The certificate is not usable in this environment. Its words: “MP-120: "
            "Invalid certificate”."
        ),
        "Use a test certificate in test and a production certificate in production.",
        "integrator",
    ),
    (
        "certificate-chain-malformed",
        (
            "The identity provider answered 400 because the certificate chain in the "
            "assertion (x5c) has the wrong type, order or content."
        ),
        "Maskinporten answered MP-123: The certificate chain x5c is malformed. Its words: “MP-123: Invalid x5c”.",
        "Send x5c as a list of base64 texts, the whole chain.",
        "integrator",
    ),
    (
        "certificate-thumbprint-invalid",
        (
            "The identity provider answered 401 because the header of the client assertion "
            "names the certificate wrongly."
        ),
        (
            "The identity provider answered AADSTS50027: The JWT is malformed: thumbprint "
            "missing, unexpected issuer or audience, or a repeated claim."
        ),
        (
            "Put base64url of the SHA-256 digest of the DER certificate into x5t#S256 (with "
            "PS256), or of the SHA-1 digest into x5t (with RS256)."
        ),
        "integrator",
    ),
    (
        "certificate-or-key-expired",
        ("The identity provider answered 401 because the certificate or the registered key is past its validity."),
        (
            "The identity provider answered AADSTS700027: The signature of the client "
            "assertion was not accepted. The text says that it has expired."
        ),
        "Make a new certificate, and upload its public part under Certificates & secrets of the app registration.",
        "integrator",
    ),
    (
        "certificate-not-registered",
        (
            "The identity provider answered 401 because the key that signed the client "
            "assertion is not registered on this client."
        ),
        (
            "The identity provider answered AADSTS700027: The signature of the client "
            "assertion was not accepted. The assertion names the key x5t#S256 "
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA."
        ),
        ("Upload the public certificate to this application and compare its thumbprint with the one that is sent."),
        "integrator",
    ),
    (
        "assertion-audience-wrong",
        (
            "The identity provider answered 401 because the assertion is addressed to "
            "another server than the one it was sent to."
        ),
        (
            "The identity provider answered AADSTS700023: Either aud of the client assertion "
            "does not fit this tenant, or a scope has no resource; the text tells which. aud "
            "is https://login.microsoftonline.com/d2d37d5e-ba79-4bd2-a229-a2"
            "022b4759a5/oauth2/v2.0/token; this server is https://login.microsoftonline.com/8b1807f9-ca4e-4599-805a-ab"
            "71e754d3d4/oauth2/v2.0/token."
        ),
        ("Set aud of the assertion to the token endpoint that is asked, tenant included."),
        "integrator",
    ),
    (
        "assertion-issuer-wrong",
        ("The identity provider answered 401 because iss or sub of the assertion is not the client id."),
        (
            "The identity provider answered AADSTS700021: iss or sub of the client assertion "
            "is not the client id of the request. iss is other; the client id is "
            "bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc."
        ),
        "Set iss and sub of the assertion to the Application (client) ID.",
        "integrator",
    ),
    (
        "assertion-replayed",
        "The identity provider answered 400 because the same assertion was used twice.",
        "Maskinporten answered MP-012: This grant was used before. Its words: “MP-012: Grant already used”.",
        "Make a new grant with a new jti for each request.",
        "integrator",
    ),
    (
        "assertion-lifetime-invalid",
        (
            "The identity provider answered 401 because the assertion has expired, or lives "
            "longer than the server allows."
        ),
        ("The identity provider answered AADSTS700024: The client assertion is used outside its validity."),
        ("Build a fresh assertion for every request and check the clock of the machine that builds it."),
        "integrator",
    ),
]

test_credential = stage_test(MATCHES, NEAR_MISSES, MISSING, MESSAGES, UNDECIDED)
