"""What Azure Functions prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "Azure Functions",
    (
        Message(
            "AuthenticationScheme: ArmToken was not authenticated. Failure message: IDX10223: Lifetime validation failed. The token is expired.",
            "token-expired",
            Confidence.POSSIBLE,
            "log",
            "Azure/azure-functions-host Security/Authentication and host logs (text not re-read at the source)",
            also=(
                "subscription-key-missing",
                "clock-skew",
            ),
        ),
    ),
)
