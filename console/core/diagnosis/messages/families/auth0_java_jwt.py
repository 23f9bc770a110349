"""What auth0 java-jwt prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "auth0 java-jwt",
    (
        Message(
            "The Token has expired on {exp}.",
            "token-expired",
            Confidence.LIKELY,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:JWTVerifier",
            also=("clock-skew",),
            holes={"exp": Hole.EXPIRES},
        ),
        Message(
            "The Token can't be used before {nbf}.",
            "clock-skew",
            Confidence.CERTAIN,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:JWTVerifier",
            holes={"nbf": Hole.NOT_BEFORE},
        ),
        Message(
            "The Claim 'aud' value doesn't contain the required audience.",
            "audience-other-api",
            Confidence.LIKELY,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:JWTVerifier",
            also=(
                "audience-format-mismatch",
                "token-for-graph",
                "id-token-used",
            ),
        ),
        Message(
            "The Claim 'iss' value doesn't match the required issuer.",
            "issuer-wrong-tenant",
            Confidence.POSSIBLE,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:JWTVerifier",
            also=(
                "issuer-version-mismatch",
                "issuer-spelling-mismatch",
                "wrong-authorization-server",
            ),
        ),
        Message(
            "The Claim '{claim}' value doesn't match the required one.",
            "",
            Confidence.POSSIBLE,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:JWTVerifier",
            also=(
                "claim-name-mismatch",
                "role-insufficient",
                "client-not-allowed",
            ),
            holes={"claim": Hole.CLAIM},
        ),
        Message(
            "The Claim '{claim}' is not present in the JWT.",
            "claim-name-mismatch",
            Confidence.POSSIBLE,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:exceptions/MissingClaimException",
            also=(
                "id-token-used",
                "opaque-token",
            ),
            holes={"claim": Hole.CLAIM},
        ),
        Message(
            "The provided Algorithm doesn't match the one defined in the JWT's Header.",
            "signing-algorithm-mismatch",
            Confidence.CERTAIN,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:JWTVerifier",
        ),
        Message(
            "The Token's Signature resulted invalid when verified using the Algorithm: SHA256withRSA",
            "signature-invalid",
            Confidence.LIKELY,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:exceptions/SignatureVerificationException",
            also=(
                "jwks-wrong-source",
                "signing-algorithm-mismatch",
                "app-specific-signing-key",
                "token-for-graph",
            ),
        ),
        Message(
            "The token was expected to have 3 parts, but got 1.",
            "token-malformed",
            Confidence.LIKELY,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:TokenUtils",
            also=(
                "opaque-token",
                "invisible-character-in-value",
            ),
        ),
        Message(
            "The token was expected to have 3 parts, but got > 3.",
            "token-malformed",
            Confidence.LIKELY,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:TokenUtils",
            also=("opaque-token",),
        ),
        Message(
            "The token is null.",
            "authorization-header-missing",
            Confidence.LIKELY,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:TokenUtils",
            also=(
                "authorization-header-stripped",
                "redirect-drops-authorization",
                "token-in-wrong-header",
                "bearer-scheme-malformed",
            ),
        ),
        Message(
            "The input is not a valid base 64 encoded string.",
            "token-malformed",
            Confidence.LIKELY,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:JWTDecoder",
            also=("invisible-character-in-value",),
        ),
        Message(
            "The string '{tok}' doesn't have a valid JSON format.",
            "token-malformed",
            Confidence.LIKELY,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:impl/JWTParser",
            also=(
                "opaque-token",
                "bearer-scheme-malformed",
            ),
        ),
        Message(
            "The claim 'exp' contained a non-numeric date value.",
            "token-malformed",
            Confidence.LIKELY,
            "exception",
            "auth0/java-jwt lib/src/main/java/com/auth0/jwt:impl/PayloadDeserializer",
        ),
    ),
)
