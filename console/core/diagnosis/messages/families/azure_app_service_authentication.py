"""What Azure App Service authentication prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "Azure App Service authentication",
    (
        Message(
            "IDX10205: Issuer validation failed. Issuer: 'https://sts.windows.net/{guid}/'. Did not match: validationParameters.ValidIssuer: 'null' or validationParameters.ValidIssuers: 'https://login.microsoftonline.com/{guid}/v2.0'.",
            "issuer-spelling-mismatch",
            Confidence.POSSIBLE,
            "response",
            "learn.microsoft.com App Service authentication and public issue threads (text not re-read at the source)",
            also=(
                "issuer-version-mismatch",
                "issuer-wrong-tenant",
            ),
        ),
        Message(
            "IDX10214: Audience validation failed. Audiences: '{aud}'. Did not match: validationParameters.ValidAudience: 'null' or validationParameters.ValidAudiences: '{aud_exp}'.",
            "audience-other-api",
            Confidence.LIKELY,
            "response",
            "learn.microsoft.com App Service authentication and public issue threads (text not re-read at the source)",
            also=(
                "audience-format-mismatch",
                "token-for-graph",
                "id-token-used",
            ),
            holes={"aud": Hole.AUDIENCE, "aud_exp": Hole.AUDIENCE_EXPECTED},
        ),
        Message(
            "IDX10223: Lifetime validation failed. The token is expired. ValidTo: '11/28/2026 08:14:05', Current time: '11/28/2026 10:36:02'.",
            "token-expired",
            Confidence.LIKELY,
            "response",
            "learn.microsoft.com App Service authentication and public issue threads (text not re-read at the source)",
            also=("clock-skew",),
        ),
        Message(
            "IDX10501: Signature validation failed. Unable to match key: kid: '{kid}'.",
            "jwks-wrong-source",
            Confidence.POSSIBLE,
            "response",
            "learn.microsoft.com App Service authentication and public issue threads (text not re-read at the source)",
            also=(
                "jwks-cache-stale",
                "signing-key-retired",
                "app-specific-signing-key",
            ),
            holes={"kid": Hole.KEY_ID},
        ),
        Message(
            "JWT validation failed: IDX10214: Audience validation failed. Audiences: '[PII is hidden]'. Did not match: validationParameters.ValidAudience: '[PII is hidden]' or validationParameters.ValidAudiences: '[PII is hidden]'.",
            "audience-other-api",
            Confidence.LIKELY,
            "log",
            "learn.microsoft.com App Service authentication and public issue threads (text not re-read at the source)",
            also=(
                "audience-format-mismatch",
                "token-for-graph",
                "id-token-used",
            ),
        ),
        Message(
            "JWT validation failed: IDX10205: Issuer validation failed. Issuer: '[PII is hidden]'. Did not match: validationParameters.ValidIssuer: '[PII is hidden]' or validationParameters.ValidIssuers: '[PII is hidden]'.",
            "issuer-wrong-tenant",
            Confidence.POSSIBLE,
            "log",
            "learn.microsoft.com App Service authentication and public issue threads (text not re-read at the source)",
            also=(
                "issuer-version-mismatch",
                "issuer-spelling-mismatch",
                "wrong-authorization-server",
            ),
        ),
        Message(
            "You do not have permission to view this directory or page.",
            "",
            Confidence.POSSIBLE,
            "response",
            "learn.microsoft.com App Service authentication and public issue threads (text not re-read at the source)",
            also=(
                "authorization-header-missing",
                "audience-other-api",
                "issuer-wrong-tenant",
                "token-expired",
                "path-or-method-unknown",
            ),
        ),
        Message(
            "You do not have permission to view this directory or page.",
            "",
            Confidence.POSSIBLE,
            "response",
            "learn.microsoft.com App Service authentication and public issue threads (text not re-read at the source)",
            also=(
                "user-not-assigned",
                "ip-not-allowed",
                "client-not-allowed",
                "role-insufficient",
            ),
        ),
        Message(
            "Error 403 - This web app is stopped.",
            "api-error",
            Confidence.POSSIBLE,
            "response",
            "learn.microsoft.com App Service authentication and public issue threads (text not re-read at the source)",
            also=("path-or-method-unknown",),
        ),
        Message(
            "Error 403 - Forbidden\nThe web app you have attempted to reach has blocked your access.",
            "ip-not-allowed",
            Confidence.CERTAIN,
            "response",
            "learn.microsoft.com App Service authentication and public issue threads (text not re-read at the source)",
        ),
    ),
)
