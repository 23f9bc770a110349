"""What older versions of Microsoft.IdentityModel print under the same numbers. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "Microsoft.IdentityModel (older)",
    (
        Message(
            "IDX10500: Signature validation failed. Unable to match keys: '{kid}'",
            "jwks-wrong-source",
            Confidence.POSSIBLE,
            "log",
            "AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet 5.x, JwtSecurityTokenHandler.ValidateSignature "
            "(wording not matched literally)",
            also=("jwks-cache-stale", "signing-key-retired", "app-specific-signing-key", "metadata-unreachable"),
            holes={"kid": Hole.KEY_ID},
            id="IDX10500",
        ),
    ),
)
