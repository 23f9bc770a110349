"""All grants, in the order in which they are offered."""

from console.core.grants import client_credentials
from console.core.grants.base import Grant

GRANTS: tuple[Grant, ...] = (client_credentials.GRANT,)
