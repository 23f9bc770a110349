"""Whether the database itself still refuses to change the audit trail."""

from django.db import connection

SQLITE = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'console_auditentry'"
POSTGRESQL = (
    "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'console_auditentry'::regclass "
    "AND tgname = 'console_audit_no_change' AND tgenabled IN ('O', 'A')"
)
EXPECTED = {"sqlite": (SQLITE, 2), "postgresql": (POSTGRESQL, 1)}


def are_in_place() -> bool:
    query, expected = EXPECTED[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return bool(cursor.fetchone()[0] == expected)
