"""Leases: one of several workers holds a key until a moment; a worker that died loses it by itself."""

from console.models import Lease
from console.store import rows, statements

_ACQUIRE = f"""
    INSERT INTO {Lease._meta.db_table} (key, holder, until) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE {Lease._meta.db_table}.until <= %s
"""  # noqa: S608 (the name of a table)
_IS_HELD = f"SELECT 1 FROM {Lease._meta.db_table} WHERE key = %s AND until > %s"  # noqa: S608 (the same)
_RELEASE = f"DELETE FROM {Lease._meta.db_table} WHERE key = %s AND holder = %s"  # noqa: S608 (the same)


def acquire(key: str, *, holder: str, now: int, until: int) -> bool:
    """Whether the holder has the key now: one statement. False when somebody else holds it beyond `now`."""
    return statements.changed(_ACQUIRE, key, holder, until, now) == 1


def is_held(key: str, *, now: int) -> bool:
    """Whether somebody has the key beyond `now`."""
    return bool(statements.asked(_IS_HELD, key, now))


def release(key: str, *, holder: str) -> bool:
    """Gives the key back, in one statement; False when the holder no longer had it."""
    return statements.changed(_RELEASE, key, holder) == 1


def extend(key: str, *, holder: str, until: int) -> bool:
    """Holds the key on until then; False when the holder no longer had it."""
    return Lease.objects.filter(key=key, holder=holder).update(until=until) == 1


def prune(*, now: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` leases that ended before `now`; gives how many."""
    return rows.delete_some(Lease.objects.filter(until__lt=now), limit)
