"""All grants, in the order in which they are offered."""

from console.core.grants import authorization_code, client_credentials, device_code, refresh_token
from console.core.grants.base import Grant

GRANTS: tuple[Grant, ...] = (
    client_credentials.GRANT,
    authorization_code.GRANT,
    device_code.GRANT,
    refresh_token.GRANT,
)


def grant_of(code: str) -> Grant:
    """The grant with this code; KeyError for a code that no form offers."""
    return {grant.code: grant for grant in GRANTS}[code]
