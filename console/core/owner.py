"""Who must act on a finding or a cause."""

from enum import StrEnum


class Owner(StrEnum):
    INTEGRATOR = "integrator"
    API_OWNER = "api_owner"
    TENANT_ADMIN = "tenant_admin"
    IDENTITY_PROVIDER = "identity_provider"
    NETWORK = "network"
    END_USER = "end_user"
    CONSOLE_ADMIN = "console_admin"
