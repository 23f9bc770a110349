"""What varies in a profile (tenant, cloud) becomes one JSON column; the columns of their own go.

The values stay the same texts, so that what a credential is bound to, which follows from them, stays the same too.
"""

import json
from typing import Any

from django.db import migrations, models

BATCH = 500


def gather(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 (Django's signature)
    profiles = apps.get_model("console", "Profile").objects
    changed = []
    for row in profiles.only("pk", "cloud", "tenant").iterator(chunk_size=BATCH):
        given = {"cloud": row.cloud, "tenant": row.tenant}
        row.settings = json.dumps({name: value for name, value in given.items() if value}, separators=(",", ":"))
        changed.append(row)
    profiles.bulk_update(changed, ["settings"], batch_size=BATCH)


def spread(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    profiles = apps.get_model("console", "Profile").objects
    changed = []
    for row in profiles.only("pk", "settings").iterator(chunk_size=BATCH):
        given = json.loads(row.settings)
        row.cloud, row.tenant = given.get("cloud", ""), given.get("tenant", "")
        changed.append(row)
    profiles.bulk_update(changed, ["cloud", "tenant"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("console", "0014_groups_and_shares")]

    operations = [
        migrations.AddField("profile", "settings", models.TextField(default="{}")),
        migrations.RunPython(gather, spread),
        migrations.RemoveField("profile", "cloud"),
        migrations.RemoveField("profile", "tenant"),
    ]
