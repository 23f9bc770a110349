"""Statements that are written out in SQL, for what every call asks.

Django composes a query anew each time, which takes ten times as long as the answer of the database. What sees rows for
an actor comes of `visible_to` and is composed once (store/composed.py); these ask for rows that the caller names.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, UUIDField

_IDS = UUIDField()


def asked(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def changed(statement: str, *values: Any) -> int:
    """How many rows it changed, added or deleted."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        count: int = cursor.rowcount
    return count


def table(model: type[Model]) -> str:
    return model._meta.db_table


def listed(columns: Iterable[str]) -> str:
    """Their names, in quotes: some are words of SQL."""
    return ", ".join(f'"{one}"' for one in columns)


def insertion(model: type[Model], *columns: str) -> str:
    """Adds one row with values for these columns, in their order."""
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table(model)} ({listed(columns)}) VALUES ({places})"  # noqa: S608 (names of our own)


def instead(columns: Iterable[str]) -> str:
    """What follows ON CONFLICT (...) where a row that is there takes these columns of the new one."""
    taken = ", ".join(f'"{one}" = excluded."{one}"' for one in columns)
    return f"DO UPDATE SET {taken}"


def of_uuid(value: UUID) -> Any:
    """An id as the database is given it: PostgreSQL has a type for it, SQLite has not."""
    return _IDS.get_db_prep_value(value, connection)
