"""The sealed head of the audit trail, a canary for each key of the ring, and the row that readiness writes.

Head and canaries are made here and not on demand: where one is missing later, somebody took it away.
"""

from django.db import migrations, models

from console.store import audit_chain, vault


def begin(apps, schema_editor):
    vault.begin_canaries(apps.get_model("console", "KeyCanary"))
    audit_chain.begin(apps.get_model("console", "AuditEntry"), apps.get_model("console", "AuditHead"))


class Migration(migrations.Migration):
    dependencies = [("console", "0005_audit_detail")]

    operations = [
        migrations.CreateModel(
            "AuditHead",
            [
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("entries", models.BigIntegerField()),
                ("last_hash", models.CharField(blank=True, max_length=200)),
                ("mac", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            "KeyCanary",
            [
                ("key_id", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("sealed", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            "Heartbeat",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("beat_at", models.BigIntegerField()),
                ("filler", models.TextField()),
            ],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
