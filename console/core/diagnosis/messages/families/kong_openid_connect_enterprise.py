"""What Kong openid-connect (enterprise) prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "Kong openid-connect (enterprise)",
    (
        Message(
            "invalid aud claim ({aud}) was specified for access token",
            "audience-other-api",
            Confidence.LIKELY,
            "log",
            "Kong documentation openid-connect plugin:log lines (text not re-read at the source)",
            also=(
                "audience-format-mismatch",
                "token-for-graph",
                "id-token-used",
            ),
            holes={"aud": Hole.AUDIENCE},
        ),
        Message(
            "invalid issuer ({iss}) was specified for access token, {iss_exp} was expected",
            "issuer-wrong-tenant",
            Confidence.POSSIBLE,
            "log",
            "Kong documentation openid-connect plugin:log lines (text not re-read at the source)",
            also=(
                "issuer-version-mismatch",
                "issuer-spelling-mismatch",
                "wrong-authorization-server",
            ),
            holes={"iss": Hole.ISSUER, "iss_exp": Hole.ISSUER_EXPECTED},
        ),
        Message(
            "invalid exp claim ({exp_epoch}) was specified for access token",
            "token-expired",
            Confidence.LIKELY,
            "log",
            "Kong documentation openid-connect plugin:log lines (text not re-read at the source)",
            also=("clock-skew",),
            holes={"exp_epoch": Hole.EXPIRES},
        ),
        Message(
            "unable to find a key for verifying access token signature: suitable jwk was not found ({kid})",
            "jwks-wrong-source",
            Confidence.POSSIBLE,
            "log",
            "Kong documentation openid-connect plugin:log lines (text not re-read at the source)",
            also=(
                "jwks-cache-stale",
                "signing-key-retired",
                "app-specific-signing-key",
            ),
            holes={"kid": Hole.KEY_ID},
        ),
        Message(
            "failed to load openid configuration for issuer {iss_exp}: connection refused",
            "metadata-unreachable",
            Confidence.LIKELY,
            "log",
            "Kong documentation openid-connect plugin:log lines (text not re-read at the source)",
            also=(
                "metadata-url-invalid",
                "connection-blocked",
                "tls-untrusted-certificate",
            ),
            holes={"iss_exp": Hole.ISSUER_EXPECTED},
        ),
        Message(
            "unauthorized: required scopes were not found [ {scope} ]",
            "scope-missing",
            Confidence.LIKELY,
            "log",
            "Kong documentation openid-connect plugin:log lines (text not re-read at the source)",
            also=(
                "app-permission-not-granted",
                "claim-name-mismatch",
            ),
            holes={"scope": Hole.SCOPE_REQUIRED},
        ),
    ),
)
