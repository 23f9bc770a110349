"""Cases become a queue: number, state, what it is about, who looks after it, what happened, who has not seen it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


BATCH = 500


def number(apps, schema_editor):
    """In the order in which they were made; what is made next gets the number after the last."""
    alias = schema_editor.connection.alias
    rows = apps.get_model("console", "Case").objects.using(alias)
    ordered = list(rows.order_by("created_at", "pk").only("pk", "created_at"))
    for given, row in enumerate(ordered, 1):
        row.number, row.changed_at = given, row.created_at
    rows.bulk_update(ordered, ["number", "changed_at"], batch_size=BATCH)
    apps.get_model("console", "CaseSequence").objects.using(alias).create(pk=1, last=len(ordered))


class Migration(migrations.Migration):

    dependencies = [
        ('console', '0019_client_authentication'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseNews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='CaseSequence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='CaseTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name='case',
            name='alike',
            field=models.CharField(default='', max_length=130),
        ),
        migrations.AddField(
            model_name='case',
            name='api',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cases', to='console.api'),
        ),
        migrations.AddField(
            model_name='case',
            name='api_name',
            field=models.TextField(default='""'),
        ),
        migrations.AddField(
            model_name='case',
            name='assignee',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assigned_cases', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='cause',
            field=models.CharField(max_length=100, null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='changed_at',
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='case',
            name='is_open',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='case',
            name='number',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='profile',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cases', to='console.profile'),
        ),
        migrations.AddField(
            model_name='case',
            name='profile_name',
            field=models.TextField(default='""'),
        ),
        migrations.AddField(
            model_name='case',
            name='said',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='case',
            name='sentence',
            field=models.TextField(default='""'),
        ),
        migrations.AddField(
            model_name='case',
            name='solved_at',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='state',
            field=models.CharField(default='new', max_length=20),
        ),
        migrations.AddField(
            model_name='case',
            name='status',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='token_evidence',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='case',
            name='token_exchanges',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='case',
            name='true_cause',
            field=models.CharField(default='', max_length=100),
        ),
        migrations.AddField(
            model_name='casecomment',
            name='kind',
            field=models.CharField(default='comment', max_length=20),
        ),
        migrations.AddField(
            model_name='casecomment',
            name='position',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='case',
            name='owner',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='cases', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='casecomment',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='case',
            name='number',
            field=models.PositiveIntegerField(unique=True),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['is_open', '-changed_at', '-number', 'expires_at'], name='case_by_open'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['state', '-changed_at', '-number', 'expires_at'], name='case_by_state'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['owner', '-changed_at', '-number'], name='case_by_owner'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['assignee', '-changed_at', '-number'], name='case_by_assignee'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['cause', '-changed_at', '-number'], name='case_by_cause'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['api', '-changed_at', '-number'], name='case_by_api'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['profile', '-changed_at', '-number'], name='case_by_profile'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['alike', 'is_open', '-changed_at', '-number', 'expires_at'], name='case_by_likeness'),
        ),
        migrations.AddField(
            model_name='casenews',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='news', to='console.case'),
        ),
        migrations.AddField(
            model_name='casenews',
            name='reader',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='case_news', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='caseterm',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='console.case'),
        ),
        migrations.AddConstraint(
            model_name='casenews',
            constraint=models.UniqueConstraint(fields=('reader', 'case'), name='once_news_of_a_case'),
        ),
        migrations.AddIndex(
            model_name='caseterm',
            index=models.Index(fields=['term', 'case'], name='case_by_term', opclasses=['varchar_pattern_ops', 'uuid_ops']),
        ),
    ]
