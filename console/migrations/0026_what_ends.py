"""When what is stored ends becomes a column: typed for secrets and keys, told by certificates and assertions."""

import json
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BATCH = 500
TOLD_BY = {"certificate": "not_after", "key": "ends_at", "assertion": "ends_at"}


def take_over(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 (Django's signature)
    """What the facts of a credential tell already. A text that is no object tells nothing, and stays as it is."""
    rows = apps.get_model("console", "StoredCredential").objects
    changed = []
    for row in rows.filter(kind__in=TOLD_BY).only("pk", "kind", "facts", "set_at").iterator(chunk_size=BATCH):
        row.ends_at = _told(row.facts, TOLD_BY[row.kind])
        row.dated_at = row.set_at if row.ends_at is not None else None
        if row.ends_at is not None:
            changed.append(row)
    rows.bulk_update(changed, ["ends_at", "dated_at"], batch_size=BATCH)


def _told(text: str, name: str) -> int | None:
    try:
        facts = json.loads(text)
    except ValueError:
        return None
    value = facts.get(name) if isinstance(facts, dict) else None
    return value if isinstance(value, int) and abs(value) < 2**62 else None


def _moment(*, indexed: bool = False) -> Any:
    return models.BigIntegerField(db_index=indexed, null=True)


class Migration(migrations.Migration):
    dependencies = [("console", "0025_tasks_and_heartbeats")]

    operations = [
        migrations.AddField("connection", "refresh_ends_at", _moment(indexed=True)),
        migrations.AddField("person", "wants_reminders", models.BooleanField(default=True)),
        migrations.AddField("policysettings", "ends", models.TextField(default="{}")),
        migrations.AddField("policysettings", "ends_at", _moment(indexed=True)),
        migrations.AddField("storedcredential", "dated_at", _moment()),
        migrations.AddField("storedcredential", "ends_at", _moment(indexed=True)),
        migrations.AddField("subscriptionkey", "dated_at", _moment()),
        migrations.AddField("subscriptionkey", "ends_at", _moment(indexed=True)),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=90, unique=True)),
                ("made_at", models.BigIntegerField()),
                ("first_read_at", models.BigIntegerField(null=True)),
                ("read_at", models.BigIntegerField(null=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("of_id", models.UUIDField()),
                ("ends_at", models.BigIntegerField(db_index=True)),
                ("step", models.PositiveSmallIntegerField()),
                ("sent_on", models.PositiveIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["person", "kind", "of_id", "ends_at", "step"], name="reminded_once"
                    )
                ]
            },
        ),
    ]
