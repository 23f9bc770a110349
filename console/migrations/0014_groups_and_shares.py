"""Groups of people, and shares: a right of one person or group on one profile or API."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('console', '0013_audit_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('created_at', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='group_name_without_case')],
            },
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.BigIntegerField()),
                ('group', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='members', to='console.group')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'person'), name='once_in_a_group')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('right', models.CharField(max_length=10)),
                ('given_at', models.BigIntegerField()),
                ('api', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='console.api')),
                ('group', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='console.group')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to=settings.AUTH_USER_MODEL)),
                ('profile', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='console.profile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'profile'), name='one_share_of_person_and_profile'), models.UniqueConstraint(fields=('person', 'api'), name='one_share_of_person_and_api'), models.UniqueConstraint(fields=('group', 'profile'), name='one_share_of_group_and_profile'), models.UniqueConstraint(fields=('group', 'api'), name='one_share_of_group_and_api'), models.CheckConstraint(condition=models.Q(models.Q(('api__isnull', True), ('profile__isnull', False)), models.Q(('api__isnull', False), ('profile__isnull', True)), _connector='OR'), name='share_of_one_object'), models.CheckConstraint(condition=models.Q(models.Q(('group__isnull', True), ('person__isnull', False)), models.Q(('group__isnull', False), ('person__isnull', True)), _connector='OR'), name='share_with_one_subject'), models.CheckConstraint(condition=models.Q(('right__in', ['view', 'use', 'manage'])), name='share_right_is_a_right')],
            },
        ),
    ]
