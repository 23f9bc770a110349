"""Counters of sign-in limits, in the table of Django's database cache, which deletes old ones only when it is full."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import connection


def prune(*, now: int, limit: int) -> int:
    """Deletes at most `limit` counters that ended before `now` (epoch seconds); gives how many."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    ended = connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(now, UTC))
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE cache_key IN "  # noqa: S608 (the table's name is a setting)
            f"(SELECT cache_key FROM {table} WHERE expires < %s LIMIT %s)",
            [ended, limit],
        )
        return int(cursor.rowcount)
