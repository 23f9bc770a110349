"""The grants of the sandbox's token endpoint; its metadata names these, but for the one that nobody should use."""

from console.sandbox.idp.grants import (
    authorization_code,
    client_credentials,
    device_code,
    on_behalf_of,
    password,
    refresh_token,
)
from console.sandbox.idp.grants.base import SandboxGrant

GRANTS: tuple[SandboxGrant, ...] = (
    client_credentials.GRANT,
    authorization_code.GRANT,
    refresh_token.GRANT,
    device_code.GRANT,
    on_behalf_of.GRANT,
    password.GRANT,
)
_BY_NAME = {name: grant for grant in GRANTS for name in grant.grant_types}


def grant_named(grant_type: str) -> SandboxGrant | None:
    """The grant of this grant_type; None for one that the token endpoint does not know."""
    return _BY_NAME.get(grant_type)
