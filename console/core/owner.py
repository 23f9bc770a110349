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

    @property
    def words(self) -> str:
        """Who that is, inside a sentence: the same on pages, in a ticket and on a terminal."""
        return _WORDS[self]


_WORDS = {
    Owner.INTEGRATOR: "the integrator, who owns the client registration",
    Owner.API_OWNER: "the API's owner",
    Owner.TENANT_ADMIN: "an administrator at the identity provider",
    Owner.IDENTITY_PROVIDER: "the identity provider",
    Owner.NETWORK: "whoever runs the network between here and there",
    Owner.END_USER: "the signed-in user",
    Owner.CONSOLE_ADMIN: "the administrator of this console",
}
