"""What PingFederate prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "PingFederate",
    (
        Message(
            '{"error":"invalid_client","error_description":"Invalid client or client credentials."}',
            "",
            Confidence.POSSIBLE,
            "response",
            "docs.pingidentity.com PingFederate OAuth endpoints:/as/token.oauth2 (text not re-read at the source)",
            also=(
                "client-secret-invalid",
                "client-id-wrong",
                "client-auth-method-mismatch",
                "client-credential-missing",
                "client-secret-encoding",
                "client-secret-expired",
            ),
        ),
        Message(
            '{"error":"invalid_client","error_description":"Unknown or invalid client_id"}',
            "client-id-wrong",
            Confidence.LIKELY,
            "response",
            "docs.pingidentity.com PingFederate OAuth endpoints:/as/token.oauth2 (text not re-read at the source)",
            also=(
                "client-in-other-tenant",
                "client-in-other-environment",
                "application-disabled",
            ),
        ),
        Message(
            '{"error":"invalid_grant","error_description":"Authorization code is invalid or expired."}',
            "authorization-code-redeemed",
            Confidence.POSSIBLE,
            "response",
            "docs.pingidentity.com PingFederate OAuth endpoints:/as/token.oauth2 (text not re-read at the source)",
            also=("refresh-token-expired",),
        ),
        Message(
            '{"error":"invalid_grant","error_description":"unknown, invalid, or expired refresh token"}',
            "refresh-token-expired",
            Confidence.LIKELY,
            "response",
            "docs.pingidentity.com PingFederate OAuth endpoints:/as/token.oauth2 (text not re-read at the source)",
            also=("refresh-token-reused",),
        ),
        Message(
            '{"error":"invalid_scope","error_description":"The requested scope(s) must be blank or a subset of the provided scopes."}',
            "scope-not-granted",
            Confidence.LIKELY,
            "response",
            "docs.pingidentity.com PingFederate OAuth endpoints:/as/token.oauth2 (text not re-read at the source)",
        ),
        Message(
            '{"error":"unauthorized_client","error_description":"{client} is not authorized to use grant_type: client_credentials"}',
            "grant-type-not-allowed",
            Confidence.LIKELY,
            "response",
            "docs.pingidentity.com PingFederate OAuth endpoints:/as/token.oauth2 (text not re-read at the source)",
            also=("client-type-mismatch",),
            holes={"client": Hole.CLIENT},
        ),
        Message(
            '{"error":"invalid_request","error_description":"grant_type is required"}',
            "request-parameter-missing",
            Confidence.LIKELY,
            "response",
            "docs.pingidentity.com PingFederate OAuth endpoints:/as/token.oauth2 (text not re-read at the source)",
            also=("request-body-encoding",),
        ),
        Message(
            '{"error":"invalid_request","error_description":"Invalid redirect_uri"}',
            "redirect-uri-mismatch",
            Confidence.CERTAIN,
            "response",
            "docs.pingidentity.com PingFederate OAuth endpoints:/as/token.oauth2 (text not re-read at the source)",
        ),
        Message(
            '{"error":"invalid_grant","error_description":"code_verifier is required"}',
            "pkce-mismatch",
            Confidence.LIKELY,
            "response",
            "docs.pingidentity.com PingFederate OAuth endpoints:/as/token.oauth2 (text not re-read at the source)",
            also=("request-parameter-missing",),
        ),
        Message(
            '{"error":"invalid_grant","error_description":"The given access token could not be validated."}',
            "",
            Confidence.POSSIBLE,
            "response",
            "docs.pingidentity.com PingFederate OAuth endpoints:/as/token.oauth2 (text not re-read at the source)",
            also=(
                "token-expired",
                "opaque-token",
            ),
        ),
    ),
)
