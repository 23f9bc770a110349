"""What express-jwt prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "express-jwt",
    (
        Message(
            "No authorization token was found",
            "authorization-header-missing",
            Confidence.LIKELY,
            "exception",
            "auth0/express-jwt src/index.ts:expressjwt",
            also=(
                "authorization-header-stripped",
                "redirect-drops-authorization",
                "token-in-wrong-header",
                "bearer-scheme-malformed",
            ),
            id="credentials_required",
        ),
        Message(
            "Format is Authorization: Bearer [token]",
            "bearer-scheme-malformed",
            Confidence.CERTAIN,
            "exception",
            "auth0/express-jwt src/index.ts:expressjwt",
            id="credentials_bad_scheme",
        ),
        Message(
            "The token has been revoked.",
            "",
            Confidence.POSSIBLE,
            "exception",
            "auth0/express-jwt src/index.ts:expressjwt",
            also=(
                "token-expired",
                "refresh-token-expired",
            ),
            id="revoked_token",
        ),
        Message(
            "jwt audience invalid. expected: {aud_exp}",
            "audience-other-api",
            Confidence.LIKELY,
            "exception",
            "auth0/express-jwt src/index.ts:expressjwt",
            also=(
                "audience-format-mismatch",
                "token-for-graph",
                "id-token-used",
            ),
            holes={"aud_exp": Hole.AUDIENCE_EXPECTED},
            id="invalid_token",
        ),
        Message(
            "jwt expired",
            "token-expired",
            Confidence.LIKELY,
            "exception",
            "auth0/express-jwt src/index.ts:expressjwt",
            also=("clock-skew",),
            id="invalid_token",
        ),
        Message(
            "invalid signature",
            "signature-invalid",
            Confidence.LIKELY,
            "exception",
            "auth0/express-jwt src/index.ts:expressjwt",
            also=(
                "jwks-wrong-source",
                "signing-algorithm-mismatch",
                "app-specific-signing-key",
                "token-for-graph",
            ),
            id="invalid_token",
        ),
        Message(
            "jwt malformed",
            "token-malformed",
            Confidence.LIKELY,
            "exception",
            "auth0/express-jwt src/index.ts:expressjwt (wording not matched literally)",
            also=(
                "opaque-token",
                "invisible-character-in-value",
            ),
            id="invalid_token",
        ),
    ),
)
