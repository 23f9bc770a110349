"""APIs that keep their own users and roles: their tokens never carry the permission, so its absence tells nothing."""

from console.core.diagnosis.reading import Reading
from console.core.issuers import host_of

_HOSTS = (
    "dynamics.com",
    "management.azure.com",
    "management.core.windows.net",
    "vault.azure.net",
    "storage.azure.com",
    "core.windows.net",
    "database.windows.net",
    "kusto.windows.net",
    "analysis.windows.net",
    "api.fabric.microsoft.com",
    "dev.azure.com",
    "servicebus.azure.net",
    "documents.azure.com",
    "azuredatabricks.net",
)
_IDS = frozenset(
    {
        "499b84ac-1321-427f-aa17-267ca6975798",  # Azure DevOps
        "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",  # Azure Databricks
        "797f4846-ba00-4fd7-ba43-dac1f8f63013",  # Azure Resource Manager
        "00000009-0000-0000-c000-000000000000",  # Power BI
        "00000007-0000-0000-c000-000000000000",  # Dataverse
    }
)


def keeps_own_roles(reading: Reading) -> bool:
    """True when the token is for an API that looks the caller up in a list of its own."""
    audiences = (reading.token.audiences if reading.token else None) or ()
    return any(
        audience.lower().removeprefix("api://") in _IDS or host_of(audience).endswith(_HOSTS) for audience in audiences
    )
