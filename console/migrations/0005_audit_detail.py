"""An entry of the audit trail says what changed.

Django adds a NOT NULL column to SQLite by making the table anew, which drops the triggers that keep the trail: so the
one statement that both databases have is written here.
"""

from django.db import migrations, models

ADD = "ALTER TABLE console_auditentry ADD COLUMN detail text NOT NULL DEFAULT ''"
REMOVE = "ALTER TABLE console_auditentry DROP COLUMN detail"


class Migration(migrations.Migration):
    dependencies = [("console", "0004_keysets_without_urls")]

    operations = [
        migrations.RunSQL(
            ADD, REMOVE, state_operations=[migrations.AddField("auditentry", "detail", models.TextField(db_default=""))]
        ),
    ]
