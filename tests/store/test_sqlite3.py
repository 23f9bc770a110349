"""A statement whose text is kept is the one that Django makes, and is answered for the values of each time."""

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from hypothesis import given
from hypothesis import strategies as st

from console.store.sqlite3.base import Cursor

pytestmark = pytest.mark.sqlite  # of SQLite alone
PIECES = st.sampled_from(["%s", "%%", "%", "%%s", "?", "SELECT", " ", "a", "'%'", "\n", "ø"])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_statement_is_converted_as_django_converts_it(query):
    assert Cursor.convert_query(None, query) == SQLiteCursorWrapper.convert_query(None, query)


@pytest.mark.django_db
def test_the_same_statement_is_answered_for_each_of_its_values():
    with connection.cursor() as cursor:
        for value in ("one", "two", "%s"):
            cursor.execute("SELECT %s, '%%'", [value])
            assert cursor.fetchone() == (value, "%")
            cursor.execute("SELECT %(it)s, '%%'", {"it": value})
            assert cursor.fetchone() == (value, "%")
