"""Statements that are written out in SQL, for what every call asks.

Django composes a query anew each time, which takes ten times as long as the answer of the database. What sees rows for
an actor comes of `visible_to` and is composed once (store/composed.py); these ask for rows that the caller names.
"""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, UUIDField

_IDS = UUIDField()


def asked(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def changed(statement: str, *values: object) -> int:
    """How many rows it changed, added or deleted."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        count: int = cursor.rowcount
    return count


def table(model: type[Model]) -> str:
    return model._meta.db_table


def insertion(model: type[Model], *columns: str) -> str:
    """Adds one row with values for these columns, in their order."""
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table(model)} ({names}) VALUES ({places})"  # noqa: S608 (names of a table and its columns)


def of_uuid(value: UUID) -> Any:
    """An id as the database is given it: PostgreSQL has a type for it, SQLite has not."""
    return _IDS.get_db_prep_value(value, connection)
