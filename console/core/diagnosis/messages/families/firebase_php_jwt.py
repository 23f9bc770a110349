"""What firebase/php-jwt prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "firebase/php-jwt",
    (
        Message(
            "Expired token",
            "token-expired",
            Confidence.LIKELY,
            "exception",
            "firebase/php-jwt src/JWT.php:decode",
            also=("clock-skew",),
        ),
        Message(
            "Cannot handle token with nbf prior to 2026-11-28T10:41:30+0000",
            "clock-skew",
            Confidence.CERTAIN,
            "exception",
            "firebase/php-jwt src/JWT.php:decode (wording not matched literally)",
        ),
        Message(
            "Cannot handle token with iat prior to 2026-11-28T10:41:30+0000",
            "clock-skew",
            Confidence.CERTAIN,
            "exception",
            "firebase/php-jwt src/JWT.php:decode (wording not matched literally)",
        ),
        Message(
            "Signature verification failed",
            "signature-invalid",
            Confidence.LIKELY,
            "exception",
            "firebase/php-jwt src/JWT.php:decode",
            also=(
                "jwks-wrong-source",
                "signing-algorithm-mismatch",
                "app-specific-signing-key",
                "token-for-graph",
            ),
        ),
        Message(
            "Wrong number of segments",
            "token-malformed",
            Confidence.LIKELY,
            "exception",
            "firebase/php-jwt src/JWT.php:decode",
            also=(
                "opaque-token",
                "invisible-character-in-value",
            ),
        ),
        Message(
            "Invalid header encoding",
            "token-malformed",
            Confidence.LIKELY,
            "exception",
            "firebase/php-jwt src/JWT.php:decode",
            also=(
                "bearer-scheme-malformed",
                "invisible-character-in-value",
            ),
        ),
        Message(
            "Algorithm not supported",
            "signing-algorithm-mismatch",
            Confidence.LIKELY,
            "exception",
            "firebase/php-jwt src/JWT.php:decode",
        ),
        Message(
            "Incorrect key for this algorithm",
            "signing-algorithm-mismatch",
            Confidence.LIKELY,
            "exception",
            "firebase/php-jwt src/JWT.php:decode",
            also=("jwks-wrong-source",),
        ),
        Message(
            '"kid" invalid, unable to lookup correct key',
            "jwks-wrong-source",
            Confidence.POSSIBLE,
            "exception",
            "firebase/php-jwt src/JWT.php:decode",
            also=(
                "jwks-cache-stale",
                "signing-key-retired",
                "app-specific-signing-key",
            ),
        ),
        Message(
            '"kid" empty, unable to lookup correct key',
            "",
            Confidence.POSSIBLE,
            "exception",
            "firebase/php-jwt src/JWT.php:decode",
            also=("jwks-wrong-source",),
        ),
        Message(
            "OpenSSL unable to validate key",
            "private-key-format-invalid",
            Confidence.LIKELY,
            "exception",
            "firebase/php-jwt src/JWT.php:decode",
        ),
    ),
)
