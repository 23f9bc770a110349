"""What Kubernetes API server prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "Kubernetes API server",
    (
        Message(
            "oidc: verify token: oidc: token is expired (Token Expiry: 2026-11-28 08:14:05 +0000 UTC)",
            "token-expired",
            Confidence.LIKELY,
            "log",
            "kubernetes apiserver oidc authenticator logs:authentication.go (text not re-read at the source)",
            also=("clock-skew",),
        ),
        Message(
            'oidc: verify token: oidc: expected audience "{aud_exp}" got ["{aud}"]',
            "audience-other-api",
            Confidence.LIKELY,
            "log",
            "kubernetes apiserver oidc authenticator logs:authentication.go (text not re-read at the source)",
            also=(
                "audience-format-mismatch",
                "id-token-used",
            ),
            holes={"aud_exp": Hole.AUDIENCE_EXPECTED, "aud": Hole.AUDIENCE},
        ),
        Message(
            "oidc: verify token: failed to verify signature: failed to verify id token signature",
            "jwks-wrong-source",
            Confidence.POSSIBLE,
            "log",
            "kubernetes apiserver oidc authenticator logs:authentication.go (text not re-read at the source)",
            also=("signature-invalid",),
        ),
        Message(
            'oidc: parse username claims "email": claim not present',
            "claim-name-mismatch",
            Confidence.POSSIBLE,
            "log",
            "kubernetes apiserver oidc authenticator logs:authentication.go (text not re-read at the source)",
            also=(
                "id-token-used",
                "opaque-token",
            ),
        ),
        Message(
            'oidc: authenticator for issuer "{iss_exp}" is not initialized',
            "metadata-unreachable",
            Confidence.LIKELY,
            "log",
            "kubernetes apiserver oidc authenticator logs:authentication.go (text not re-read at the source)",
            also=(
                "metadata-url-invalid",
                "connection-blocked",
                "tls-untrusted-certificate",
            ),
            holes={"iss_exp": Hole.ISSUER_EXPECTED},
        ),
        Message(
            "oidc: authenticator not initialized",
            "metadata-unreachable",
            Confidence.LIKELY,
            "log",
            "kubernetes apiserver oidc authenticator logs:authentication.go (text not re-read at the source)",
            also=(
                "metadata-url-invalid",
                "tls-untrusted-certificate",
            ),
        ),
        Message(
            "oidc authenticator: initializing plugin: 404 Not Found",
            "metadata-url-invalid",
            Confidence.LIKELY,
            "log",
            "kubernetes apiserver oidc authenticator logs:oidc.go (text not re-read at the source)",
        ),
        Message(
            "service account token has expired",
            "token-expired",
            Confidence.LIKELY,
            "log",
            "kubernetes apiserver oidc authenticator logs:authentication.go (text not re-read at the source)",
            also=("clock-skew",),
        ),
    ),
)
