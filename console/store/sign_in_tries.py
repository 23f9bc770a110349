"""How often a password was tried, under names such as "account and network"; kept until it no longer matters."""

from dataclasses import dataclass

from django.db import transaction

from console.models import SignInTries
from console.store import rows, vault

FORGOTTEN_AFTER_S = 86_400
_PURPOSE = b"sign-in tries"


@dataclass(frozen=True, slots=True)
class Limit:
    """After `free` failures each further one doubles the wait, from `first_wait_s` up to `longest_wait_s`."""

    free: int
    first_wait_s: int
    longest_wait_s: int

    def wait_s(self, failures: int) -> int:
        """How long nothing is tried after so many failures."""
        over = failures - self.free
        return 0 if over < 0 else min(self.longest_wait_s, self.first_wait_s * 2 ** min(over, 30))


def attempt(names: dict[str, Limit], *, now: int) -> int:
    """Counts one attempt under each name; gives the seconds to wait, and counts nothing, when it is too early."""
    hashes = {_hash(name): limit for name, limit in names.items()}
    with transaction.atomic():
        for name_hash in sorted(hashes):  # one order for everybody: no deadlock
            SignInTries.objects.get_or_create(name_hash=name_hash)
        found = list(SignInTries.objects.select_for_update().filter(name_hash__in=hashes).order_by("name_hash"))
        if (wait_s := max(row.free_at - now for row in found)) > 0:
            return wait_s
        for row in found:
            is_old = row.last_at <= now - FORGOTTEN_AFTER_S
            row.failures = 1 if is_old else row.failures + 1
            row.last_at, row.free_at = now, now + hashes[row.name_hash].wait_s(row.failures)
            row.save()
    return 0


def take_back(names: dict[str, Limit], *, forget: frozenset[str]) -> None:
    """The attempt was right: it counts under no name, and under those of `forget` nothing counts any more."""
    with transaction.atomic():
        for name in sorted(names):
            row = SignInTries.objects.select_for_update().filter(name_hash=_hash(name)).first()
            if row is not None:
                row.failures = 0 if name in forget else max(0, row.failures - 1)
                row.free_at = 0 if name in forget else row.free_at
                row.save()


def prune(*, now: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` rows that no longer matter; gives how many."""
    return rows.delete_some(SignInTries.objects.filter(last_at__lte=now - FORGOTTEN_AFTER_S, free_at__lte=now), limit)


def _hash(name: str) -> str:
    return vault.mac(name, purpose=_PURPOSE).partition(".")[2]
