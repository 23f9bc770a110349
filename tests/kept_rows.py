"""What a builder puts into an empty database is put there again as rows: building it takes a hundred times as long.

A builder that goes through the services proves that they work each time the rows are older than a few seconds, and
wherever the database is not as it was before: then it simply runs.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from console.adapters import clock
from console.models import AttemptHour, KeyCanary

P = ParamSpec("P")
T = TypeVar("T")
Row = tuple[Any, ...]
Rows = dict[str, tuple[Row, ...]]
LIFE_S = 30  # seconds: so much older than now may be what a test finds
COUNTED = AttemptHour._meta.db_table  # by triggers, as the attempts are put there
ASIDE = {"django_content_type", "auth_permission", "console_rate_limits", KeyCanary._meta.db_table, COUNTED}


@dataclass(frozen=True)
class _Change:
    """What a builder gave, the rows that were there before, and by table those it took away and those it put there."""

    given: Any
    at: int
    before: Rows
    gone: Rows
    new: Rows


def kept(build: Callable[P, T]) -> Callable[P, T]:
    """A builder whose rows are kept in this process, for each set of arguments."""
    changes: dict[Hashable, _Change] = {}

    @wraps(build)
    def made(*args: P.args, **kwargs: P.kwargs) -> T:
        asked = (*args, *kwargs.items(), settings.CONSOLE_PUBLIC_URL, settings.CONSOLE_SECRET_KEYS)
        change, now = changes.get(asked), clock.now()
        with transaction.atomic():
            if change is not None and 0 <= now - change.at < LIFE_S and _is_as(change.before):
                _put(change)
                return change.given  # type: ignore[no-any-return]
            before = _rows(_columns())
            given = build(*args, **kwargs)
            after = _rows(_columns())
            gone, new = _without(before, after), _without(after, before)
            changes[asked] = _Change(given, now, {name: rows for name, rows in before.items() if rows}, gone, new)
        return given

    return made


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    """The columns of each table, the primary key first. By name: a table that a test took back and made again has them
    in another order.
    """
    found = [one._meta for one in apps.get_models() if one._meta.managed and one._meta.db_table not in ASIDE]
    return {
        one.db_table: (
            str(one.pk.column),
            *(str(each.column) for each in one.local_concrete_fields if each is not one.pk),
        )
        for one in found
    }


def _named(name: str) -> str:
    return ", ".join(f'"{column}"' for column in _columns()[name])


def _rows(names: Iterable[str]) -> Rows:
    with connection.cursor() as cursor:
        return {name: _all(cursor, name) for name in names}


def _all(cursor: Any, name: str) -> tuple[Row, ...]:
    cursor.execute(f'SELECT {_named(name)} FROM "{name}" ORDER BY 1')
    return tuple(cursor.fetchall())


def _is_as(before: Rows) -> bool:
    """Whether these rows are there, and no other."""
    empty = " UNION ALL ".join(f'SELECT 1 FROM "{name}"' for name in _columns() if name not in before)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 WHERE EXISTS ({empty})")
        if cursor.fetchone() is not None:
            return False
    return _rows(before) == before


def _without(rows: Rows, others: Rows) -> Rows:
    return {name: found for name in rows if (found := tuple(row for row in rows[name] if row not in others[name]))}


def _put(change: _Change) -> None:
    """Foreign keys are looked at when the transaction ends, on both databases."""
    with connection.cursor() as cursor:
        for name, rows in change.gone.items():
            cursor.executemany(f'DELETE FROM "{name}" WHERE "{_columns()[name][0]}" = %s', [row[:1] for row in rows])
        for name, rows in change.new.items():
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{name}" ({_named(name)}) VALUES ({places})', rows)
