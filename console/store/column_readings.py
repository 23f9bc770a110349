"""What people said before about the columns of their logs, by digests of the columns' names."""

import hashlib
import json
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from console.models import ColumnReading

MOST = 20  # of one person; the one that was used longest ago goes


def list_of(person_id: int) -> list[dict[str, str]]:
    """Each answer as digests of columns by what they say, the one used last first."""
    found = ColumnReading.objects.filter(person_id=person_id).order_by("-used_at", "-id")
    return [json.loads(columns) for columns in found.values_list("columns", flat=True)[:MOST]]


def keep(person_id: int, columns: Mapping[str, str], *, now: int) -> None:
    """Remembers an answer; one about the same columns is replaced."""
    digest = hashlib.sha256("\n".join(sorted(columns.values())).encode()).hexdigest()
    said = {"columns": json.dumps(dict(columns), sort_keys=True), "used_at": now}
    mine = ColumnReading.objects.filter(person_id=person_id)
    if mine.filter(digest=digest).update(**said):
        return
    try:
        with transaction.atomic():
            ColumnReading.objects.create(person_id=person_id, digest=digest, **said)
    except IntegrityError:  # the same file twice at once
        mine.filter(digest=digest).update(**said)
    kept = mine.order_by("-used_at", "-id").values_list("id", flat=True)[:MOST]
    mine.exclude(id__in=list(kept)).delete()


def forget(person_id: int) -> int:
    """Deletes all answers of a person; gives how many there were."""
    return ColumnReading.objects.filter(person_id=person_id).delete()[0]
