"""Far sides that failed one person several times in a row."""

import hashlib

from django.db import IntegrityError, transaction
from django.db.models import Case, F, QuerySet, Value, When

from console.models import FarSideTrouble
from console.store import rows, statements

WITHIN_S = 60  # failures further apart than this are not in a row
NONE = (0, 0)
_TABLE = statements.table(FarSideTrouble)
_IN_A_ROW = f"SELECT failures, last_at FROM {_TABLE} WHERE person_id = %s AND origin_digest = %s"  # noqa: S608 (its name)


def failed(person_id: int, origin: str, *, now: int) -> None:
    """Counts one more failure; begins anew when the last one is long ago."""
    is_in_row = When(last_at__gt=now - WITHIN_S, then=F("failures") + 1)
    counted = {"failures": Case(is_in_row, default=Value(1)), "last_at": now}
    if _of(person_id, origin).update(**counted):
        return
    try:
        with transaction.atomic():
            FarSideTrouble.objects.create(person_id=person_id, origin_digest=_digest(origin), failures=1, last_at=now)
    except IntegrityError:
        _of(person_id, origin).update(**counted)


def succeeded(person_id: int, origin: str) -> None:
    """Forgets the failures; without any, nothing is written."""
    if in_a_row(person_id, origin) != NONE:
        _of(person_id, origin).delete()


def in_a_row(person_id: int, origin: str) -> tuple[int, int]:
    """How many failures in a row, and when the last one was (epoch seconds); (0, 0) when there are none."""
    found = statements.asked(_IN_A_ROW, person_id, _digest(origin))
    return found[0] if found else NONE


def prune(*, now: int, limit: int) -> int:
    """Deletes at most `limit` rows that matter no more at `now` (epoch seconds); gives how many."""
    return rows.delete_some(FarSideTrouble.objects.filter(last_at__lte=now - WITHIN_S), limit)


def _of(person_id: int, origin: str) -> QuerySet[FarSideTrouble]:
    return FarSideTrouble.objects.filter(person_id=person_id, origin_digest=_digest(origin))


def _digest(origin: str) -> str:
    return hashlib.sha256(origin.encode("utf-8", "surrogatepass")).hexdigest()
