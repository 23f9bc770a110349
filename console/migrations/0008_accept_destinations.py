"""Profiles from before accept what their Api says at the moment of the upgrade.

Without the key ring nothing is accepted: the user of each profile is then asked once.
"""

import json
from typing import Any

from django.db import migrations

from console.core.errors import Misconfigured
from console.store import vault

FIELDS = ("base_url", "metadata_url", "subscription_key_header")


def accept(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 (Django's signature)
    rows = apps.get_model("console", "Profile").objects.filter(api__isnull=False, accepted="").select_related("api")
    if not rows.exists():
        return
    try:
        ring = vault.key_ring()
    except Misconfigured:
        return
    for row in rows.iterator():
        where = {name: getattr(row.api, name) for name in FIELDS}
        text = json.dumps({"api_id": str(row.api_id), "destination": where})
        row.accepted = vault.seal(text.encode(), row=f"profile|{row.pk}|accepted", ring=ring)
        row.save(update_fields=["accepted"])


class Migration(migrations.Migration):
    dependencies = [("console", "0007_destinations")]

    operations = [migrations.RunPython(accept, migrations.RunPython.noop)]
