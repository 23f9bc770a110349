"""The audit table refuses UPDATE and DELETE by triggers; the table of rate-limit counters is made."""

from django.core.management import call_command
from django.db import migrations

MESSAGE = "the audit trail is append-only"

SQLITE = [
    (
        f"CREATE TRIGGER console_audit_no_{word.lower()} BEFORE {word} ON console_auditentry "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
        f"DROP TRIGGER console_audit_no_{word.lower()}",
    )
    for word in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    (
        "CREATE FUNCTION console_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
        "DROP FUNCTION console_audit_refuse()",
    ),
    (
        "CREATE TRIGGER console_audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON console_auditentry "
        "FOR EACH STATEMENT EXECUTE FUNCTION console_audit_refuse()",
        "DROP TRIGGER console_audit_no_change ON console_auditentry",
    ),
]


def statements(vendor):
    """(create, drop) pairs of that database, in the order to create them."""
    return {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]


def create(apps, schema_editor):
    for forwards, _ in statements(schema_editor.connection.vendor):
        schema_editor.execute(forwards)


def drop(apps, schema_editor):
    for _, backwards in reversed(statements(schema_editor.connection.vendor)):
        schema_editor.execute(backwards)


def create_rate_limits(apps, schema_editor):
    call_command("createcachetable", "console_rate_limits", database=schema_editor.connection.alias, verbosity=0)


def drop_rate_limits(apps, schema_editor):
    schema_editor.execute("DROP TABLE console_rate_limits")


class Migration(migrations.Migration):
    dependencies = [("console", "0001_initial")]

    operations = [
        migrations.RunPython(create, drop),
        migrations.RunPython(create_rate_limits, drop_rate_limits),
    ]
