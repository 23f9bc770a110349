"""What a kind of run keeps of a step beside what went over the wire: the result of one stage of a preflight."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("console", "0023_attempt_hours")]
    operations = [
        migrations.AddField("runstep", "told", models.TextField(blank=True, default="")),
    ]
