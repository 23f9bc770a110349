"""How assertions are signed becomes settings of the profile; a credential keeps facts of its kind, certificate or not.

The column of facts only changes its name, so that what is sealed beside it opens as before.
"""

import json
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

BATCH = 500
RS256 = {"assertion_alg": "RS256", "assertion_key_name": "x5t"}
NAMES = tuple({**RS256})


def gather(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 (Django's signature)
    """PS256 with x5t#S256 is the habit of every provider there was, so that only what differs becomes a setting."""
    profiles = apps.get_model("console", "Profile").objects
    changed = []
    for row in profiles.only("pk", "settings", "assertion_style", "sends_chain").iterator(chunk_size=BATCH):
        style = dict(RS256) if row.assertion_style == "RS256" else {}
        if row.sends_chain:
            style["assertion_key_name"] = f"{style.get('assertion_key_name', 'x5t#S256')} x5c"
        row.settings = json.dumps({**json.loads(row.settings), **style}, separators=(",", ":"))
        changed.append(row)
    profiles.bulk_update(changed, ["settings"], batch_size=BATCH)


def spread(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    profiles = apps.get_model("console", "Profile").objects
    changed = []
    for row in profiles.only("pk", "settings").iterator(chunk_size=BATCH):
        given = json.loads(row.settings)
        row.assertion_style = "RS256" if given.get("assertion_alg") == "RS256" else "PS256"
        row.sends_chain = "x5c" in given.get("assertion_key_name", "").split()
        row.settings = json.dumps({name: given[name] for name in given if name not in NAMES}, separators=(",", ":"))
        changed.append(row)
    profiles.bulk_update(changed, ["assertion_style", "sends_chain", "settings"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("console", "0018_connections")]

    operations = [
        migrations.AlterField("profile", "assertion_style", models.CharField(max_length=20, default="PS256")),
        migrations.RunPython(gather, spread),
        migrations.RemoveField("profile", "assertion_style"),
        migrations.RemoveField("profile", "sends_chain"),
        migrations.RenameField("storedcredential", "certificate_facts", "facts"),
        migrations.CreateModel(
            name="ProofKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("sealed", models.TextField()),
                (
                    "connection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proof_keys",
                        to="console.connection",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proof_keys",
                        to="console.profile",
                    ),
                ),
            ],
        ),
    ]
