"""Leases: one of several workers holds a key until a moment; a worker that died loses it by itself."""

from django.db import IntegrityError, transaction

from console.models import Lease
from console.store import rows


def acquire(key: str, *, holder: str, now: int, until: int) -> bool:
    """Whether the holder has the key now. False when somebody else holds it beyond `now`."""
    free = Lease.objects.filter(key=key, until__lte=now)
    if free.update(holder=holder, until=until):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(key=key, holder=holder, until=until)
    except IntegrityError:
        return False
    return True


def is_held(key: str, *, now: int) -> bool:
    """Whether somebody has the key beyond `now`."""
    return Lease.objects.filter(key=key, until__gt=now).exists()


def release(key: str, *, holder: str) -> bool:
    """Gives the key back; False when the holder no longer had it."""
    return Lease.objects.filter(key=key, holder=holder).delete()[0] == 1


def extend(key: str, *, holder: str, until: int) -> bool:
    """Holds the key on until then; False when the holder no longer had it."""
    return Lease.objects.filter(key=key, holder=holder).update(until=until) == 1


def prune(*, now: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` leases that ended before `now`; gives how many."""
    return rows.delete_some(Lease.objects.filter(until__lt=now), limit)
