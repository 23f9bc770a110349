"""What is asked for in a case and added to it, and where an imported case is from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('console', '0021_old_cases_in_the_queue'),
    ]

    operations = [
        migrations.AddField(
            model_name='casecomment',
            name='by',
            field=models.TextField(default='""'),
        ),
        migrations.CreateModel(
            name='CaseAddition',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('by', models.TextField(default='""')),
                ('evidence', models.TextField()),
                ('masked_count', models.PositiveIntegerField(default=0)),
                ('created_at', models.BigIntegerField()),
                ('position', models.PositiveIntegerField()),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='case_additions', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='additions', to='console.case')),
            ],
        ),
        migrations.CreateModel(
            name='CaseAsk',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('wanted', models.TextField()),
                ('created_at', models.BigIntegerField()),
                ('position', models.PositiveIntegerField()),
                ('given_at', models.BigIntegerField(null=True)),
                ('addition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='console.caseaddition')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='case_asks', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asks', to='console.case')),
            ],
        ),
        migrations.CreateModel(
            name='CaseOrigin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told', models.TextField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='origin', to='console.case')),
            ],
        ),
    ]
