"""Runs of any kind: what the next step needs is sealed, and each look is a step of its own."""

import json
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from console.store import vault


def split(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 (Django's signature)
    """A run of before was a 202: its address becomes what is kept, each look a step."""
    steps = apps.get_model("console", "RunStep")
    for row in apps.get_model("console", "Run").objects.select_related("attempt").iterator():
        looks, url = json.loads(row.exchanges), json.loads(row.next_url)
        row.profile_id, row.version = row.attempt.profile_id, len(looks)
        if url and not row.is_done:
            kept = {"url": url, **({"leaves_api": "yes"} if row.leaves_api else {})}
            row.sealed = vault.seal(json.dumps(kept).encode(), row=f"run|{row.pk}|kept", ring=vault.key_ring())
        row.save(update_fields=["profile", "version", "sealed"])
        steps.objects.bulk_create(
            steps(
                run=row,
                number=number,
                status=(look.get("response") or {}).get("status"),
                exchanges=json.dumps([look]),
                at=int(look["started_at"]),
            )
            for number, look in enumerate(looks, 1)
        )


class Migration(migrations.Migration):
    dependencies = [("console", "0015_profile_settings")]

    operations = [
        migrations.AddField("run", "kind", models.CharField(default="operation", max_length=40), preserve_default=False),
        migrations.AddField("run", "sealed", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("run", "version", models.IntegerField(default=0)),
        migrations.AddField(
            "run",
            "profile",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="runs", to="console.profile"
            ),
        ),
        migrations.AlterField(
            "run",
            "attempt",
            models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="run", to="console.attempt"
            ),
        ),
        migrations.CreateModel(
            "RunStep",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("status", models.IntegerField(null=True)),
                ("exchanges", models.TextField()),
                ("at", models.BigIntegerField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="console.run"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("run", "number"), name="run_step_once")]},
        ),
        migrations.RunPython(split, migrations.RunPython.noop),
        migrations.RemoveField("run", "next_url"),
        migrations.RemoveField("run", "leaves_api"),
        migrations.RemoveField("run", "exchanges"),
    ]
