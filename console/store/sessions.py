"""Sessions that are over. What is in them belongs to Django."""

from datetime import UTC, datetime

from django.contrib.sessions.models import Session

from console.store import rows


def prune(*, now: int, limit: int) -> int:
    """Deletes at most `limit` sessions that ended before `now` (epoch seconds); gives how many."""
    return rows.delete_some(Session.objects.filter(expire_date__lt=datetime.fromtimestamp(now, UTC)), limit)
