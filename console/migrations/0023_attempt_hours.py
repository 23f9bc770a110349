"""Attempts are counted by hour, found by their columns and by the ids that the far side gave them.

Those made before are counted here, in one pass that reads and adds, and changes no attempt. The indexes are made first,
so that the pass reads them and not the evidence.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Count, F, Max, Min

NOTHING = uuid.UUID(int=0)
BATCH = 1_000
PARTS = ("hour", "owner_id", "profile_id", "api_id", "kind", "status", "primary_cause")


def count(apps, schema_editor):
    attempts = apps.get_model("console", "Attempt").objects.annotate(hour=F("created_at") / 3600)
    hours = apps.get_model("console", "AttemptHour")
    found = attempts.order_by().values_list(*PARTS).annotate(Count("id"), Min("created_at"), Max("created_at"))
    made = (
        hours(
            hour=hour,
            owner_id=owner,
            profile_ref=profile or NOTHING,
            api_ref=api or NOTHING,
            kind=kind,
            status=status or 0,
            cause=cause,
            attempts=attempts_,
            first_at=first,
            last_at=last,
        )
        for hour, owner, profile, api, kind, status, cause, attempts_, first, last in found.iterator()
    )
    hours.objects.bulk_create(made, batch_size=BATCH)


TABLE = "console_attempthour"
KEY = ("hour", "owner_id", "profile_ref", "api_ref", "kind", "status", "cause")
CHANGES = ("owner_id", "profile_id", "api_id", "kind", "created_at", "status", "primary_cause")


def _key_of(row, nothing):
    """The key of the count that NEW or OLD, a row of the attempts, is part of."""
    return (
        f"{row}.created_at / 3600",
        f"{row}.owner_id",
        f"COALESCE({row}.profile_id, {nothing})",
        f"COALESCE({row}.api_id, {nothing})",
        f"{row}.kind",
        f"COALESCE({row}.status, 0)",
        f"{row}.primary_cause",
    )


def _more(nothing):
    return (
        f"INSERT INTO {TABLE} ({', '.join(KEY)}, attempts, first_at, last_at) "
        f"VALUES ({', '.join(_key_of('NEW', nothing))}, 1, NEW.created_at, NEW.created_at) "
        f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET attempts = {TABLE}.attempts + 1, "
        f"first_at = CASE WHEN excluded.first_at < {TABLE}.first_at THEN excluded.first_at ELSE {TABLE}.first_at END, "
        f"last_at = CASE WHEN excluded.last_at > {TABLE}.last_at THEN excluded.last_at ELSE {TABLE}.last_at END;"
    )


def _fewer(nothing):
    where = " AND ".join(f"{name} = {value}" for name, value in zip(KEY, _key_of("OLD", nothing), strict=True))
    return (
        f"DELETE FROM {TABLE} WHERE {where} AND attempts <= 1; "
        f"UPDATE {TABLE} SET attempts = attempts - 1 WHERE {where};"
    )


def statements(vendor):
    """(create, drop) pairs of that database, in the order to create them."""
    named = {"added": "INSERT", "deleted": "DELETE", "changed": f"UPDATE OF {', '.join(CHANGES)}"}
    nothing = f"'{NOTHING.hex}'" if vendor == "sqlite" else f"'{NOTHING}'::uuid"
    bodies = {"added": _more(nothing), "deleted": _fewer(nothing), "changed": _fewer(nothing) + " " + _more(nothing)}
    if vendor == "sqlite":
        return [
            (
                f"CREATE TRIGGER console_attempt_{name} AFTER {event} ON console_attempt BEGIN {bodies[name]} END",
                f"DROP TRIGGER console_attempt_{name}",
            )
            for name, event in named.items()
        ]
    found = []
    for name, event in named.items():
        function = f"console_attempt_{name}"
        found += [
            (
                f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {bodies[name]} RETURN NULL; END $$",
                f"DROP FUNCTION {function}()",
            ),
            (
                f"CREATE TRIGGER {function} AFTER {event} ON console_attempt "
                f"FOR EACH ROW EXECUTE FUNCTION {function}()",
                f"DROP TRIGGER {function} ON console_attempt",
            ),
        ]
    return found


def make_triggers(apps, schema_editor):
    for forwards, _ in statements(schema_editor.connection.vendor):
        schema_editor.execute(forwards)


def drop_triggers(apps, schema_editor):
    for _, backwards in reversed(statements(schema_editor.connection.vendor)):
        schema_editor.execute(backwards)


class Migration(migrations.Migration):

    dependencies = [("console", "0022_case_evidence")]

    operations = [
        migrations.AddField("attempt", "known_as", models.CharField(db_index=True, max_length=200, null=True)),
        migrations.AddField("attempt", "also_known_as", models.CharField(db_index=True, max_length=200, null=True)),
        migrations.RemoveIndex("attempt", "attempt_of_owner"),
        migrations.AddIndex("attempt", models.Index(fields=["owner", "created_at", "id", "primary_cause", "status", "kind", "api", "profile"], name="attempts_of_owner")),
        migrations.AddIndex("attempt", models.Index(fields=["profile", "created_at", "id", "primary_cause", "status", "kind", "api", "owner"], name="attempts_of_profile")),
        migrations.AddIndex("attempt", models.Index(fields=["owner", "primary_cause", "created_at", "id"], name="attempts_by_cause_of_owner")),
        migrations.AddIndex("attempt", models.Index(fields=["profile", "primary_cause", "created_at", "id"], name="attempts_by_cause_of_profile")),
        migrations.AddIndex("auditentry", models.Index(fields=["action", "happened_at"], name="audit_by_action_and_time")),
        migrations.CreateModel(
            name="AttemptHour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hour", models.BigIntegerField()),
                ("profile_ref", models.UUIDField(default=NOTHING)),
                ("api_ref", models.UUIDField(default=NOTHING)),
                ("kind", models.CharField(max_length=20)),
                ("status", models.IntegerField(default=0)),
                ("cause", models.CharField(blank=True, max_length=100)),
                ("attempts", models.PositiveIntegerField()),
                ("first_at", models.BigIntegerField()),
                ("last_at", models.BigIntegerField()),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="attempt_hours", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("hour", "owner", "profile_ref", "api_ref", "kind", "status", "cause"), name="one_count_an_hour")],
                "indexes": [
                    models.Index(fields=["owner", "hour"], name="hours_of_owner"),
                    models.Index(fields=["profile_ref", "hour"], name="hours_of_profile"),
                ],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.RunPython(make_triggers, drop_triggers),
    ]
