"""Sign-in links are kept as HMACs with a key of the ring; wrong passwords are counted by account and network."""

from django.db import migrations, models


def forget_old_links(apps, schema_editor):
    """Kept as plain SHA-256, which whoever writes to the database can make. They lived a day at most."""
    apps.get_model("console", "SignInLink").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [("console", "0010_segments_in_any_case")]

    operations = [
        migrations.RunPython(forget_old_links, migrations.RunPython.noop),
        migrations.CreateModel(
            name='SignInTries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_hash', models.CharField(max_length=64, unique=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('last_at', models.BigIntegerField(db_index=True, default=0)),
                ('free_at', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='signinlink',
            name='is_recovery',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='signinlink',
            name='made_at',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='signinlink',
            name='made_by',
            field=models.CharField(blank=True, default='', max_length=254),
        ),
        migrations.AlterField(
            model_name='signinlink',
            name='token_hash',
            field=models.CharField(max_length=90, unique=True),
        ),
    ]
