"""Whether this process can serve: database, migrations, key ring."""

from console.core.errors import Misconfigured
from console.store import condition, vault


def is_ready() -> bool:
    try:
        vault.key_ring()
    except Misconfigured:
        return False
    return condition.is_database_ready()
