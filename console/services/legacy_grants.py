"""Grants that nobody should use any more: offered and sent only where the administrator allows them."""

from django.conf import settings

from console.core import grants
from console.core.errors import NotAllowed
from console.core.grants.base import Grant


def is_offered(grant: Grant) -> bool:
    return not grant.warning or grant.code in settings.CONSOLE_LEGACY_GRANTS


def offered_codes() -> frozenset[str]:
    return frozenset(grant.code for grant in grants.GRANTS if is_offered(grant))


def require_allowed(code: str) -> None:
    """Raises NotAllowed for a grant that is not allowed here; KeyError for one that there is not."""
    grant = grants.grant_of(code)
    if not is_offered(grant):
        raise NotAllowed(
            f"The grant “{grant.title}” is switched off here.",
            why=grant.warning,
            do="Use authorization code with PKCE. For the test of an old client, the administrator of the console can "
            f"allow it: CONSOLE_LEGACY_GRANTS={grant.code}.",
            who="The console's administrator can do this.",
        )
