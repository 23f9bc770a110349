"""Cases expire, tell what did not go along, and who opened them. Those that are there have 90 days from their making."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

DAYS_90 = 90 * 86_400


def give_time(apps, schema_editor):
    cases = apps.get_model("console", "Case").objects.using(schema_editor.connection.alias)
    cases.update(expires_at=F("created_at") + DAYS_90)


class Migration(migrations.Migration):
    dependencies = [("console", "0011_accounts_and_links")]

    operations = [
        migrations.AddField("case", "expires_at", models.BigIntegerField(db_index=True, default=0), preserve_default=False),
        migrations.AddField("case", "left_out", models.PositiveIntegerField(default=0)),
        migrations.RunPython(give_time, migrations.RunPython.noop),
        migrations.CreateModel(
            name="CaseOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("times", models.PositiveIntegerField(default=0)),
                ("opened_at", models.BigIntegerField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="openings", to="console.case"
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="case_openings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="caseopening",
            constraint=models.UniqueConstraint(fields=("case", "reader"), name="one_opening_per_reader"),
        ),
    ]
