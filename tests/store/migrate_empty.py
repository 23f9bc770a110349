"""Makes an empty database by the migrations and tells what is in it, one line each, in an order of their own.

Usage: python -m tests.store.migrate_empty singly|squashed
"""

import os
import re
import sys
from collections.abc import Iterator
from typing import Any

OF_POSTGRESQL = """
SELECT 'column', table_name, column_name, data_type, udt_name, character_maximum_length::text, is_nullable,
       column_default, is_identity FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '', '', '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', '', '', ''
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', '', '', '', ''
       FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, prosrc, '', '', '', '', '', '' FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace
"""
OF_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
# A column's UNIQUE is named by the database, or by Django where it came later. Nothing asks for that name.
UNIQUE = re.compile(r"_(?:[0-9a-f]{8}_uniq|key)\b")
FILLED_BY_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}


def tell(connection: Any) -> Iterator[str]:
    """Each column, index, constraint, trigger and function, and how many rows each table begins with."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(OF_SQLITE)
            for kind, name, table, sql in cursor.fetchall():
                parts = _columns(sql) if kind == "table" else [sql]
                yield from (f"{kind} {table} {name}: {part}" for part in parts)
        else:
            cursor.execute(OF_POSTGRESQL)
            yield from (UNIQUE.sub("_unique", " ".join(part or "-" for part in row)) for row in cursor.fetchall())
        for table in set(connection.introspection.table_names(cursor)) - FILLED_BY_DJANGO:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            yield f"rows {table} {cursor.fetchone()[0]}"


def _columns(sql: str) -> Iterator[str]:
    """The columns and constraints of a CREATE TABLE: their places and the order of a column's words say nothing."""
    depth, part = 0, ""
    for letter in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            yield " ".join(sorted(part.replace('"', "").split()))
            part = ""
        else:
            part += letter
    yield " ".join(sorted(part.replace('"', "").split()))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection as made

    from tests.store import steps

    if sys.argv[1] == "singly":
        steps.migrate_to_newest(None)
    else:
        call_command("migrate", verbosity=0)
    sys.stdout.write("".join(f"{line}\n" for line in sorted(tell(made))))
