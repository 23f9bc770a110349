"""What Istio prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "Istio",
    (
        Message(
            "RBAC: access denied",
            "",
            Confidence.POSSIBLE,
            "response",
            "istio docs (security troubleshooting):AuthorizationPolicy (text not re-read at the source)",
            also=(
                "authorization-header-missing",
                "scope-missing",
                "role-insufficient",
                "claim-name-mismatch",
                "ip-not-allowed",
                "client-not-allowed",
            ),
        ),
    ),
)
