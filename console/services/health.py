"""Whether this process can serve: key ring, database, migrations."""

import logging

from console.adapters import clock
from console.core.errors import Misconfigured
from console.store import condition, vault

logger = logging.getLogger("console.health")


def failing_part() -> str:
    """What keeps the console from serving, in a word or two for a probe; "" when it is ready."""
    try:
        vault.key_ring()
    except Misconfigured:
        return "key ring"
    if not condition.is_migrated():
        return "migrations" if condition.answers() else "database"
    if not condition.beat(now=clock.now()):
        return "database cannot be written"
    why = vault.ring_problem()
    if why:
        logger.error("not ready: %s", why)
    return "key ring of another database" if why else ""
