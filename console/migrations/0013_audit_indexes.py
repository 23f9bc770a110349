"""The audit trail is searched by person, action, object, result and time without reading all of it.

Adding an index leaves the table, and with it the triggers that keep the trail, as they are.
"""

from django.db import migrations, models

INDEXES = {
    "audit_by_who": "who",
    "audit_by_action": "action",
    "audit_by_kind": "object_kind",
    "audit_by_object": "object_id",
    "audit_by_result": "result",
    "audit_by_time": "happened_at",
}


class Migration(migrations.Migration):
    dependencies = [("console", "0012_cases_expire")]

    operations = [
        migrations.AddIndex("auditentry", models.Index(fields=[column, "id"], name=name))
        for name, column in INDEXES.items()
    ]
