"""What the JWT policies of Azure API Management print when they refuse a call. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

_SOURCE = "learn.microsoft.com/azure/api-management/validate-jwt-policy, and messages seen in traces (wording not matched literally)"
_CLAIMS = ("role-insufficient", "scope-missing", "client-not-allowed", "app-permission-not-granted", "claim-not-split")

FAMILY = Family(
    "Azure API Management",
    (
        Message(
            "Claim value mismatch: {claim}={wanted}",
            "claim-name-mismatch",
            Confidence.POSSIBLE,
            "response",
            _SOURCE,
            also=(*_CLAIMS, "audience-other-api", "issuer-wrong-tenant"),
            holes={"claim": Hole.CLAIM, "wanted": Hole.CLAIM_VALUE_EXPECTED},
        ),
        Message(
            "Claim {claim} value of {value} is not allowed",
            "claim-name-mismatch",
            Confidence.POSSIBLE,
            "response",
            _SOURCE,
            also=(*_CLAIMS, "audience-other-api", "issuer-wrong-tenant"),
            holes={"claim": Hole.CLAIM, "value": Hole.CLAIM_VALUE},
        ),
    ),
)
