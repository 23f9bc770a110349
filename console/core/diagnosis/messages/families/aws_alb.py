"""What AWS ALB prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "AWS ALB",
    (
        Message(
            "AuthInvalidCookie",
            "authorization-response-invalid",
            Confidence.LIKELY,
            "log",
            "docs.aws.amazon.com elasticloadbalancing access-log error reason codes:error_reason (text not re-read at the source)",
        ),
        Message(
            "AuthInvalidStateParam",
            "authorization-response-invalid",
            Confidence.CERTAIN,
            "log",
            "docs.aws.amazon.com elasticloadbalancing access-log error reason codes:error_reason (text not re-read at the source)",
        ),
        Message(
            "AuthInvalidIdToken",
            "token-response-malformed",
            Confidence.LIKELY,
            "log",
            "docs.aws.amazon.com elasticloadbalancing access-log error reason codes:error_reason (text not re-read at the source)",
            also=(
                "signature-invalid",
                "issuer-wrong-tenant",
            ),
        ),
        Message(
            "AuthInvalidTokenResponse",
            "token-response-malformed",
            Confidence.CERTAIN,
            "log",
            "docs.aws.amazon.com elasticloadbalancing access-log error reason codes:error_reason (text not re-read at the source)",
        ),
        Message(
            "AuthTokenEpRequestTimeout",
            "call-timeout",
            Confidence.LIKELY,
            "log",
            "docs.aws.amazon.com elasticloadbalancing access-log error reason codes:error_reason (text not re-read at the source)",
            also=("connection-blocked",),
        ),
        Message(
            "AuthUserinfoEpRequestTimeout",
            "call-timeout",
            Confidence.LIKELY,
            "log",
            "docs.aws.amazon.com elasticloadbalancing access-log error reason codes:error_reason (text not re-read at the source)",
            also=("connection-blocked",),
        ),
        Message(
            "AuthInvalidGrantError",
            "",
            Confidence.POSSIBLE,
            "log",
            "docs.aws.amazon.com elasticloadbalancing access-log error reason codes:error_reason (text not re-read at the source)",
            also=(
                "authorization-code-redeemed",
                "redirect-uri-mismatch",
                "client-secret-invalid",
            ),
        ),
        Message(
            "AuthMissingAuthorizationCode",
            "",
            Confidence.POSSIBLE,
            "log",
            "docs.aws.amazon.com elasticloadbalancing access-log error reason codes:error_reason (text not re-read at the source)",
            also=(
                "consent-declined",
                "authorization-response-invalid",
            ),
        ),
        Message(
            "JWTClaimValidationFailed",
            "",
            Confidence.POSSIBLE,
            "log",
            "docs.aws.amazon.com elasticloadbalancing access-log error reason codes:error_reason (text not re-read at the source)",
            also=(
                "audience-other-api",
                "issuer-wrong-tenant",
                "token-expired",
                "claim-name-mismatch",
            ),
        ),
    ),
)
