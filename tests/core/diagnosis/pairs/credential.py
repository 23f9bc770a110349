"""The client's proof of itself is not accepted; and it is, or something else is wrong."""

from tests.core.diagnosis.evidence import ASSERTED, CLIENT, ENDPOINT, NOW, assertion, of_maskinporten, of_token_request

IDP = "https://idp.example/token"
REALM = "https://login.example.com/realms/shop/protocol/openid-connect/token"
INVALID = {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided."}


def asserted(code, text, **claims):
    return of_token_request(code, text, params=ASSERTED, assertion=assertion(**claims))


PAIRS = (
    (
        "client-credential-missing",
        of_token_request(None, "client_secret is missing", status=400, endpoint=IDP, params={"client_secret": None}),
        {"token_error.error_description": "", "token_request.params.client_secret": "***"},
    ),
    (
        "client-secret-invalid",
        of_token_request(None, "Invalid client or Invalid client credentials", error="unauthorized_client",
                         endpoint=REALM),
        {"token_error.error_description": "Client not allowed for direct access grants"},
    ),
    (
        "client-secret-id-used",
        of_token_request(7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the "
                         "client secret value, not the client secret ID, for a secret added to app.",
                         profile={"client_secret_shape": "a GUID of 36 characters"}),
        {"profile.client_secret_shape": "40 characters, with a tilde"},
    ),
    (
        "client-secret-expired",
        of_token_request(7000222, "The provided client secret keys for app are expired. Visit the Azure portal."),
        {"token_error": INVALID},
    ),
    (
        "client-secret-encoding",
        of_token_request(7000215, "Invalid client secret provided.", params={"client_secret": "a1%2Bb2%3D"}),
        {"token_request.params.client_secret": "***"},
    ),
    (
        "client-auth-method-mismatch",
        of_token_request(None, "Client authentication failed: token_endpoint_auth_method is private_key_jwt",
                         endpoint=IDP),
        {"token_error.error_description": "Client authentication failed"},
    ),
    (
        "client-type-mismatch",
        of_token_request(700025, "Client is public so neither 'client_assertion' nor 'client_secret' should be "
                         "presented."),
        {"token_error": INVALID},
    ),
    (
        "grant-type-not-allowed",
        of_token_request(None, "Client not allowed for direct access grants", error="unauthorized_client", status=400,
                         endpoint=REALM, params={"grant_type": "password"}),
        {"token_error.error": "invalid_grant", "token_error.error_description": "Invalid user credentials"},
    ),
    (
        "certificate-not-registered",
        asserted(700027, "The certificate with identifier used to sign the client assertion is not registered on "
                 "application. [Reason - The key was not found.]"),
        {"token_error": {"error": "invalid_client"}},
    ),
    (
        "certificate-or-key-expired",
        asserted(700027, "Client assertion failed signature validation. [Reason - The key used is expired., "
                 "Found key 'Start=01/01/2023 00:00:00, End=01/01/2025 00:00:00'.]"),
        {"token_error": {"error": "invalid_client", "error_description": "AADSTS700027: Client assertion failed "
                         "signature validation. [Reason - The key was not found.]", "error_codes": [700027]}},
    ),
    (
        "certificate-thumbprint-invalid",
        of_token_request(700027, "Client assertion failed signature validation. [Reason - The key was not found.]",
                         params=ASSERTED,
                         assertion=assertion(header={"alg": "RS256", "typ": "JWT", "x5t": "A1B2C3D4E5" * 4})),
        {"token_request.assertion.header.x5t": "A" * 27},
    ),
    (
        "certificate-chain-malformed",
        of_token_request(None, "Invalid x5c header: the certificate chain could not be parsed", params=ASSERTED,
                         endpoint=IDP, assertion=assertion(aud=IDP)),
        {"token_error.error_description": "Invalid client"},
    ),
    (
        "certificate-wrong-owner-or-environment",
        of_token_request(None, "A test certificate cannot be used in production",
                         params=ASSERTED, endpoint=IDP, assertion=assertion(aud=IDP)),
        {"token_error.error_description": "Invalid client"},
    ),
    (
        "private-key-format-invalid",
        {"pasted": "Error: error:1E08010C:DECODER routines::unsupported\n    at createPrivateKey (node:crypto)"},
        {"pasted": "Error: something went wrong\n    at createServer (node:http)"},
    ),
    (
        "assertion-audience-wrong",
        asserted(700023, "Client assertion audience claim does not match Realm issuer.", aud="https://idp.example"),
        {"token_error": {"error": "invalid_client"}, "token_request.assertion.claims.aud": ENDPOINT},
    ),
    (
        "assertion-issuer-wrong",
        asserted(700021, "Client assertion application identifier doesn't match 'client_id' parameter.", iss="key-1"),
        {"token_error": {"error": "invalid_client"}, "token_request.assertion.claims.iss": CLIENT},
    ),
    (
        "assertion-lifetime-invalid",
        of_maskinporten("Invalid assertion. JWT is expired.", claims={"iat": NOW - 900, "exp": NOW - 780}),
        {"token_error.error_description": "Invalid assertion. Unknown scope.",
         "token_request.assertion.claims": {"aud": "https://test.maskinporten.no/", "iss": CLIENT, "scope": "nav:x",
                                            "iat": NOW - 1, "exp": NOW + 100, "jti": "j"}},
    ),
    (
        "assertion-replayed",
        of_token_request(None, "Token reuse detected: jti was already used", endpoint=REALM, params=ASSERTED,
                         assertion=assertion()),
        {"token_error.error_description": "Token was refused"},
    ),
    (
        "federated-credential-mismatch",
        of_token_request(700213, "No matching federated identity record found for presented assertion subject "
                         "'repo:contoso/shop:ref:refs/heads/dev'.", params=ASSERTED),
        {"token_error": {"error": "invalid_client"}},
    ),
)  # fmt: skip
