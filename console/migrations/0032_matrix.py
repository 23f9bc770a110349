"""The matrix of auth variants: which are tried at an Api; and that a person asked for the end of a run."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("console", "0031_body_schemas")]
    operations = [
        migrations.CreateModel(
            name="ApiMatrix",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("choice", models.TextField()),
                ("kept_at", models.BigIntegerField()),
                (
                    "api",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="matrix", to="console.api"
                    ),
                ),
            ],
        ),
        migrations.AddField("run", "is_stopping", models.BooleanField(default=False)),
    ]
