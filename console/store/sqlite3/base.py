"""The database engine: Django's own, which reads through the text of a statement for its places but once.

Django writes `%s` where SQLite has `?`. To put one in place of the other takes longer than the answer of most
questions, and the console asks the same few again and again. What is kept is the text of a statement: values never
stand in it.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

_KEPT = 512


class DatabaseWrapper(base.DatabaseWrapper):
    """What `ENGINE` names."""

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002 (Django's signature)
        return self.connection.cursor(factory=Cursor)


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        if param_names is None:
            return _with_marks(query)
        return str(super().convert_query(query, param_names=param_names))


@lru_cache(maxsize=_KEPT)
def _with_marks(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))
