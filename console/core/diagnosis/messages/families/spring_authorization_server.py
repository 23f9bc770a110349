"""What Spring Authorization Server prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "Spring Authorization Server",
    (
        Message(
            '{"error":"invalid_client","error_description":"Client authentication failed: client_id"}',
            "client-id-wrong",
            Confidence.LIKELY,
            "response",
            "spring-projects/spring-authorization-server authentication:ClientSecretAuthenticationProvider",
            also=(
                "client-in-other-tenant",
                "client-in-other-environment",
                "application-disabled",
            ),
        ),
        Message(
            '{"error":"invalid_client","error_description":"Client authentication failed: authentication_method"}',
            "client-auth-method-mismatch",
            Confidence.CERTAIN,
            "response",
            "spring-projects/spring-authorization-server authentication:ClientSecretAuthenticationProvider",
        ),
        Message(
            '{"error":"invalid_client","error_description":"Client authentication failed: credentials"}',
            "client-credential-missing",
            Confidence.LIKELY,
            "response",
            "spring-projects/spring-authorization-server authentication:ClientSecretAuthenticationProvider",
        ),
        Message(
            '{"error":"invalid_client","error_description":"Client authentication failed: client_secret"}',
            "client-secret-invalid",
            Confidence.LIKELY,
            "response",
            "spring-projects/spring-authorization-server authentication:ClientSecretAuthenticationProvider",
            also=("client-secret-encoding",),
        ),
        Message(
            '{"error":"invalid_client","error_description":"Client authentication failed: client_secret_expires_at"}',
            "client-secret-expired",
            Confidence.CERTAIN,
            "response",
            "spring-projects/spring-authorization-server authentication:ClientSecretAuthenticationProvider",
        ),
        Message(
            '{"error":"invalid_grant","error_description":"Client authentication failed: code_verifier"}',
            "pkce-mismatch",
            Confidence.CERTAIN,
            "response",
            "spring-projects/spring-authorization-server authentication:CodeVerifierAuthenticator",
        ),
        Message(
            '{"error":"invalid_grant","error_description":"Client authentication failed: code_challenge"}',
            "pkce-mismatch",
            Confidence.CERTAIN,
            "response",
            "spring-projects/spring-authorization-server authentication:CodeVerifierAuthenticator",
        ),
        Message(
            '{"error":"invalid_client","error_description":"Client authentication failed: client_assertion"}',
            "",
            Confidence.POSSIBLE,
            "response",
            "spring-projects/spring-authorization-server authentication:JwtClientAssertionAuthenticationProvider",
            also=(
                "certificate-not-registered",
                "assertion-audience-wrong",
                "assertion-lifetime-invalid",
                "assertion-issuer-wrong",
            ),
        ),
        Message(
            '{"error":"invalid_scope","error_description":"OAuth 2.0 Parameter: scope"}',
            "scope-not-granted",
            Confidence.POSSIBLE,
            "response",
            "spring-projects/spring-authorization-server authentication:OAuth2AuthorizationCodeRequestAuthenticationValidator",
            also=("scope-format-invalid",),
        ),
        Message(
            '{"error":"invalid_request","error_description":"OAuth 2.0 Parameter: redirect_uri"}',
            "redirect-uri-mismatch",
            Confidence.LIKELY,
            "response",
            "spring-projects/spring-authorization-server authentication:OAuth2AuthorizationCodeRequestAuthenticationValidator",
            also=("request-parameter-missing",),
        ),
        Message(
            '{"error":"invalid_request","error_description":"OAuth 2.0 Parameter: client_id"}',
            "client-id-wrong",
            Confidence.LIKELY,
            "response",
            "spring-projects/spring-authorization-server authentication:OAuth2AuthorizationCodeRequestAuthenticationProvider",
            also=("request-parameter-missing",),
        ),
        Message(
            '{"error":"invalid_request","error_description":"OAuth 2.0 Parameter: grant_type"}',
            "request-parameter-missing",
            Confidence.POSSIBLE,
            "response",
            "spring-projects/spring-authorization-server authentication:OAuth2EndpointUtils",
            also=("request-body-encoding",),
        ),
    ),
)
