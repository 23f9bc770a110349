"""All grants, in the order in which they are offered."""

from console.core.grants import (
    authorization_code,
    client_credentials,
    device_code,
    implicit,
    jwt_bearer,
    on_behalf_of,
    password,
    refresh_token,
    token_exchange,
)
from console.core.grants.base import Grant

GRANTS: tuple[Grant, ...] = (
    client_credentials.GRANT,
    authorization_code.GRANT,
    device_code.GRANT,
    on_behalf_of.GRANT,
    token_exchange.GRANT,
    jwt_bearer.GRANT,
    refresh_token.GRANT,
    password.GRANT,
    implicit.GRANT,
)


def grant_of(code: str) -> Grant:
    """The grant with this code; KeyError for a code that no form offers."""
    return {grant.code: grant for grant in GRANTS}[code]
