import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("console", "0033_collections"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerBody",
            fields=[
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="answer_body",
                        serialize=False,
                        to="console.attempt",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
        ),
    ]
