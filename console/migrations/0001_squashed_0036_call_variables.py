"""Everything up to 0036 in one: a new database is made as it is today, without having been each version before.

A database of any version before goes on by the single steps, which stay (`replaces`). What only those need that have
rows (numbers of old cases, hours of old attempts) is left out here: a test holds both ways beside each other.
"""

import uuid
from importlib import import_module

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

audit = import_module("console.migrations.0002_audit_triggers_and_rate_limits")
heads = import_module("console.migrations.0006_audit_head_canaries_heartbeat")
hours = import_module("console.migrations.0023_attempt_hours")


def begin_numbers(apps, schema_editor):
    """The row that cases take their numbers from; the first case is 1."""
    apps.get_model("console", "CaseSequence").objects.using(schema_editor.connection.alias).create(pk=1, last=0)


class Tables(migrations.SeparateDatabaseAndState):
    """Tables that are made of one state, which knows them all.

    After each table that is made by itself Django makes the classes of all that is related to it anew: half of the
    time that a new database took.
    """

    def __init__(self, tables):
        super().__init__(database_operations=tables, state_operations=tables)

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # made once, when the first table is
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for one in self.database_operations:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for one in reversed(self.database_operations):
            one.database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):

    replaces = [
        ("console", "0001_initial"),
        ("console", "0002_audit_triggers_and_rate_limits"),
        ("console", "0003_policies"),
        ("console", "0004_keysets_without_urls"),
        ("console", "0005_audit_detail"),
        ("console", "0006_audit_head_canaries_heartbeat"),
        ("console", "0007_destinations"),
        ("console", "0008_accept_destinations"),
        ("console", "0009_work_budgets"),
        ("console", "0010_segments_in_any_case"),
        ("console", "0011_accounts_and_links"),
        ("console", "0012_cases_expire"),
        ("console", "0013_audit_indexes"),
        ("console", "0014_groups_and_shares"),
        ("console", "0015_profile_settings"),
        ("console", "0016_runs"),
        ("console", "0017_sharing_of_cases_and_company_groups"),
        ("console", "0018_connections"),
        ("console", "0019_client_authentication"),
        ("console", "0020_case_queue"),
        ("console", "0021_old_cases_in_the_queue"),
        ("console", "0022_case_evidence"),
        ("console", "0023_attempt_hours"),
        ("console", "0024_told_of_a_step"),
        ("console", "0025_tasks_and_heartbeats"),
        ("console", "0026_what_ends"),
        ("console", "0027_column_readings"),
        ("console", "0028_operations"),
        ("console", "0029_hours_of_everybody"),
        ("console", "0030_saved_requests"),
        ("console", "0031_body_schemas"),
        ("console", "0032_matrix"),
        ("console", "0033_collections"),
        ("console", "0034_answer_bodies"),
        ("console", "0035_pinned_attempts"),
        ("console", "0036_call_variables"),
    ]
    initial = True
    dependencies = []

    operations = [
        Tables([
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('email', models.EmailField(max_length=254, unique=True)),
                    ('display_name', models.CharField(blank=True, max_length=200)),
                    ('roles', models.CharField(blank=True, max_length=100)),
                    ('is_active', models.BooleanField(default=True)),
                    ('created_at', models.BigIntegerField()),
                    ('wants_reminders', models.BooleanField(default=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='person_email_without_case')],
                },
            ),
            migrations.CreateModel(
                name='Api',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=200)),
                    ('base_url', models.CharField(max_length=2000)),
                    ('expectation', models.TextField()),
                    ('policy', models.TextField()),
                    ('metadata_url', models.CharField(blank=True, max_length=2000)),
                    ('subscription_key_header', models.CharField(max_length=200)),
                    ('is_published', models.BooleanField(default=False)),
                    ('proposal', models.TextField(blank=True, default='')),
                    ('operation_count', models.PositiveIntegerField(default=0)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('created_at', models.BigIntegerField()),
                    ('changed_at', models.BigIntegerField()),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='apis', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Profile',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=200)),
                    ('environment', models.CharField(blank=True, max_length=100)),
                    ('provider', models.CharField(max_length=50)),
                    ('settings', models.TextField(default='{}')),
                    ('client_id', models.CharField(blank=True, max_length=500)),
                    ('grant', models.CharField(max_length=50)),
                    ('scope', models.CharField(blank=True, max_length=2000)),
                    ('accepted', models.TextField(blank=True, default='')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('created_at', models.BigIntegerField()),
                    ('changed_at', models.BigIntegerField()),
                    ('api', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='profiles', to='console.api')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profiles', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Attempt',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=20)),
                    ('title', models.TextField()),
                    ('created_at', models.BigIntegerField()),
                    ('evidence', models.TextField()),
                    ('exchanges', models.TextField()),
                    ('status', models.IntegerField(null=True)),
                    ('primary_cause', models.CharField(blank=True, max_length=100)),
                    ('catalogue_version', models.CharField(blank=True, max_length=64)),
                    ('pinned_at', models.BigIntegerField(null=True)),
                    ('known_as', models.CharField(db_index=True, max_length=200, null=True)),
                    ('also_known_as', models.CharField(db_index=True, max_length=200, null=True)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to=settings.AUTH_USER_MODEL)),
                    ('api', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='attempts', to='console.api')),
                    ('profile', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='attempts', to='console.profile')),
                ],
                options={
                    'indexes': [models.Index(fields=['owner', 'created_at', 'id', 'primary_cause', 'status', 'kind', 'api', 'profile'], name='attempts_of_owner'), models.Index(fields=['profile', 'created_at', 'id', 'primary_cause', 'status', 'kind', 'api', 'owner'], name='attempts_of_profile'), models.Index(fields=['owner', 'primary_cause', 'created_at', 'id'], name='attempts_by_cause_of_owner'), models.Index(fields=['profile', 'primary_cause', 'created_at', 'id'], name='attempts_by_cause_of_profile'), models.Index(fields=['profile', 'kind', 'created_at'], name='attempt_of_profile'), models.Index(condition=models.Q(('pinned_at__isnull', False)), fields=['owner', 'created_at', 'id'], name='pinned_of_owner'), models.Index(condition=models.Q(('pinned_at__isnull', False)), fields=['profile', 'created_at', 'id'], name='pinned_of_profile')],
                },
            ),
            migrations.CreateModel(
                name='AuditHead',
                fields=[
                    ('id', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                    ('entries', models.BigIntegerField()),
                    ('last_hash', models.CharField(blank=True, max_length=200)),
                    ('mac', models.CharField(max_length=200)),
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
                name='Heartbeat',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('beat_at', models.BigIntegerField()),
                    ('filler', models.TextField()),
                ],
            ),
            migrations.CreateModel(
                name='KeyCanary',
                fields=[
                    ('key_id', models.CharField(max_length=20, primary_key=True, serialize=False)),
                    ('sealed', models.TextField()),
                ],
            ),
            migrations.CreateModel(
                name='KeySetCache',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('url_digest', models.CharField(max_length=64, unique=True)),
                    ('source', models.TextField()),
                    ('text', models.TextField()),
                    ('issuer', models.TextField(default='""')),
                    ('fetched_at', models.BigIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='Lease',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=200, unique=True)),
                    ('holder', models.CharField(max_length=100)),
                    ('until', models.BigIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='OutgoingMail',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('sealed', models.TextField(blank=True)),
                    ('made_at', models.BigIntegerField()),
                    ('not_before', models.BigIntegerField(db_index=True)),
                    ('tries', models.IntegerField(default=0)),
                    ('problem', models.CharField(blank=True, max_length=100)),
                    ('given_up_at', models.BigIntegerField(null=True)),
                ],
            ),
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
            migrations.CreateModel(
                name='WorkerSeen',
                fields=[
                    ('name', models.CharField(max_length=100, primary_key=True, serialize=False)),
                    ('seen_at', models.BigIntegerField(db_index=True)),
                ],
            ),
            migrations.CreateModel(
                name='AnswerBody',
                fields=[
                    ('attempt', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='answer_body', serialize=False, to='console.attempt')),
                    ('content', models.BinaryField()),
                ],
            ),
            migrations.CreateModel(
                name='ApiMatrix',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('choice', models.TextField()),
                    ('kept_at', models.BigIntegerField()),
                    ('api', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='matrix', to='console.api')),
                ],
            ),
            migrations.CreateModel(
                name='AuditEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('happened_at', models.BigIntegerField()),
                    ('who', models.TextField()),
                    ('action', models.TextField()),
                    ('object_kind', models.TextField()),
                    ('object_id', models.TextField()),
                    ('result', models.TextField()),
                    ('address', models.TextField()),
                    ('detail', models.TextField(db_default='')),
                    ('previous_hash', models.CharField(max_length=200, unique=True)),
                    ('entry_hash', models.CharField(max_length=200, unique=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['who', 'id'], name='audit_by_who'), models.Index(fields=['action', 'id'], name='audit_by_action'), models.Index(fields=['action', 'happened_at'], name='audit_by_action_and_time'), models.Index(fields=['object_kind', 'id'], name='audit_by_kind'), models.Index(fields=['object_id', 'id'], name='audit_by_object'), models.Index(fields=['result', 'id'], name='audit_by_result'), models.Index(fields=['happened_at', 'id'], name='audit_by_time')],
                },
            ),
            migrations.CreateModel(
                name='CalendarFeed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token_hash', models.CharField(max_length=90, unique=True)),
                    ('made_at', models.BigIntegerField()),
                    ('first_read_at', models.BigIntegerField(null=True)),
                    ('read_at', models.BigIntegerField(null=True)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Case',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('number', models.PositiveIntegerField(unique=True)),
                    ('state', models.CharField(default='new', max_length=20)),
                    ('is_open', models.BooleanField(default=True)),
                    ('api_name', models.TextField(default='""')),
                    ('profile_name', models.TextField(default='""')),
                    ('cause', models.CharField(max_length=100, null=True)),
                    ('status', models.IntegerField(null=True)),
                    ('alike', models.CharField(default='', max_length=130)),
                    ('true_cause', models.CharField(default='', max_length=100)),
                    ('sentence', models.TextField(default='""')),
                    ('said', models.PositiveIntegerField(default=0)),
                    ('created_at', models.BigIntegerField()),
                    ('changed_at', models.BigIntegerField()),
                    ('solved_at', models.BigIntegerField(null=True)),
                    ('expires_at', models.BigIntegerField(db_index=True)),
                    ('title', models.TextField()),
                    ('note', models.TextField()),
                    ('evidence', models.TextField()),
                    ('exchanges', models.TextField()),
                    ('token_evidence', models.TextField(default='')),
                    ('token_exchanges', models.TextField(default='')),
                    ('masked_count', models.PositiveIntegerField(default=0)),
                    ('left_out', models.PositiveIntegerField(default=0)),
                    ('api', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cases', to='console.api')),
                    ('assignee', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assigned_cases', to=settings.AUTH_USER_MODEL)),
                    ('attempt', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cases', to='console.attempt')),
                    ('owner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='cases', to=settings.AUTH_USER_MODEL)),
                    ('profile', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cases', to='console.profile')),
                ],
                options={
                    'indexes': [models.Index(fields=['is_open', '-changed_at', '-number', 'expires_at'], name='case_by_open'), models.Index(fields=['state', '-changed_at', '-number', 'expires_at'], name='case_by_state'), models.Index(fields=['owner', '-changed_at', '-number'], name='case_by_owner'), models.Index(fields=['assignee', '-changed_at', '-number'], name='case_by_assignee'), models.Index(fields=['cause', '-changed_at', '-number'], name='case_by_cause'), models.Index(fields=['api', '-changed_at', '-number'], name='case_by_api'), models.Index(fields=['profile', '-changed_at', '-number'], name='case_by_profile'), models.Index(fields=['alike', 'is_open', '-changed_at', '-number', 'expires_at'], name='case_by_likeness')],
                },
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
                name='CaseComment',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('kind', models.CharField(default='comment', max_length=20)),
                    ('text', models.TextField()),
                    ('by', models.TextField(default='""')),
                    ('created_at', models.BigIntegerField()),
                    ('position', models.PositiveIntegerField(default=0)),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='console.case')),
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
            migrations.CreateModel(
                name='Connection',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=200)),
                    ('status', models.CharField(max_length=20)),
                    ('problem', models.TextField(blank=True, default='')),
                    ('identity', models.TextField(blank=True, default='')),
                    ('named', models.TextField(default='[]')),
                    ('events', models.TextField(default='{}')),
                    ('sealed', models.TextField(blank=True, default='')),
                    ('scope', models.TextField(default='""')),
                    ('bound_to', models.TextField(blank=True, default='')),
                    ('has_refresh_token', models.BooleanField(default=False)),
                    ('connected_at', models.BigIntegerField(null=True)),
                    ('refreshed_at', models.BigIntegerField(null=True)),
                    ('token_ends_at', models.BigIntegerField(null=True)),
                    ('refresh_ends_at', models.BigIntegerField(db_index=True, null=True)),
                    ('doubt_since', models.BigIntegerField(null=True)),
                    ('created_at', models.BigIntegerField()),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='connections', to=settings.AUTH_USER_MODEL)),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='connections', to='console.profile')),
                ],
            ),
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
                name='ImportedDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('facts', models.TextField()),
                    ('source', models.TextField()),
                    ('imported_at', models.BigIntegerField()),
                    ('api', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='document', to='console.api')),
                ],
            ),
            migrations.CreateModel(
                name='LoginLink',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('token_hash', models.CharField(max_length=90, unique=True)),
                    ('meant_for', models.CharField(blank=True, max_length=200)),
                    ('made_at', models.BigIntegerField()),
                    ('expires_at', models.BigIntegerField()),
                    ('used_at', models.BigIntegerField(null=True)),
                    ('revoked_at', models.BigIntegerField(null=True)),
                    ('done_at', models.BigIntegerField(null=True)),
                    ('outcome', models.CharField(blank=True, default='', max_length=20)),
                    ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='login_links', to='console.connection')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='login_links', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='PendingAuthorization',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('state_hash', models.CharField(max_length=90, unique=True)),
                    ('browser_hash', models.CharField(max_length=90)),
                    ('stage', models.CharField(max_length=20)),
                    ('sealed', models.TextField(blank=True, default='')),
                    ('answer_hash', models.CharField(blank=True, default='', max_length=90)),
                    ('problem', models.TextField(blank=True, default='')),
                    ('version', models.PositiveIntegerField(default=0)),
                    ('made_at', models.BigIntegerField()),
                    ('expires_at', models.BigIntegerField(db_index=True)),
                    ('attempt', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='authorizations', to='console.attempt')),
                    ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorizations', to='console.connection')),
                    ('link', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='authorizations', to='console.loginlink')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='authorizations', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='PolicySample',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('name', models.TextField()),
                    ('expected_verdict', models.CharField(max_length=20)),
                    ('expected_reason', models.CharField(blank=True, max_length=100)),
                    ('sealed', models.TextField()),
                    ('judged_at', models.BigIntegerField()),
                    ('is_verified', models.BooleanField()),
                    ('created_at', models.BigIntegerField()),
                    ('api', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='policy_samples', to='console.api')),
                ],
            ),
            migrations.CreateModel(
                name='PolicySettings',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sealed', models.TextField(blank=True)),
                    ('switches', models.TextField()),
                    ('ends', models.TextField(default='{}')),
                    ('ends_at', models.BigIntegerField(db_index=True, null=True)),
                    ('api', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='policy_settings', to='console.api')),
                ],
            ),
            migrations.CreateModel(
                name='CallVariables',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('environment', models.CharField(blank=True, max_length=100)),
                    ('values', models.TextField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='call_variables', to=settings.AUTH_USER_MODEL)),
                    ('profile', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='call_variables', to='console.profile')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('profile__isnull', False)), fields=('profile',), name='variables_of_a_profile'), models.UniqueConstraint(condition=models.Q(('profile__isnull', True)), fields=('owner', 'environment'), name='variables_of_an_environment')],
                },
            ),
            migrations.CreateModel(
                name='ProofKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('sealed', models.TextField()),
                    ('connection', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proof_keys', to='console.connection')),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proof_keys', to='console.profile')),
                ],
            ),
            migrations.CreateModel(
                name='Reminder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=30)),
                    ('of_id', models.UUIDField()),
                    ('ends_at', models.BigIntegerField(db_index=True)),
                    ('step', models.PositiveSmallIntegerField()),
                    ('sent_on', models.PositiveIntegerField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'of_id', 'ends_at', 'step'), name='reminded_once')],
                },
            ),
            migrations.CreateModel(
                name='RequestCollection',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=100)),
                    ('steps', models.TextField()),
                    ('stops_early', models.BooleanField(default=False)),
                    ('version', models.IntegerField(default=0)),
                    ('changed_at', models.BigIntegerField()),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collections', to=settings.AUTH_USER_MODEL)),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collections', to='console.profile')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('profile', 'name'), name='one_collection_of_a_name')],
                },
            ),
            migrations.CreateModel(
                name='Run',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=40)),
                    ('state', models.TextField()),
                    ('is_done', models.BooleanField(default=False)),
                    ('not_before', models.BigIntegerField()),
                    ('sealed', models.TextField(blank=True)),
                    ('is_stopping', models.BooleanField(default=False)),
                    ('version', models.IntegerField(default=0)),
                    ('created_at', models.BigIntegerField()),
                    ('attempt', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='run', to='console.attempt')),
                    ('authorization', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='run', to='console.pendingauthorization')),
                    ('collection', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='console.requestcollection')),
                    ('connection', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='console.connection')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to=settings.AUTH_USER_MODEL)),
                    ('profile', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='runs', to='console.profile')),
                ],
            ),
            migrations.CreateModel(
                name='RunStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.IntegerField()),
                    ('status', models.IntegerField(null=True)),
                    ('exchanges', models.TextField()),
                    ('told', models.TextField(blank=True, default='')),
                    ('at', models.BigIntegerField()),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='console.run')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('run', 'number'), name='run_step_once')],
                },
            ),
            migrations.CreateModel(
                name='SandboxInstallation',
                fields=[
                    ('id', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                    ('tenant_id', models.CharField(max_length=100)),
                    ('sealed_keys', models.TextField()),
                    ('catalogue', models.TextField()),
                    ('created_at', models.BigIntegerField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_sandbox_installation')],
                },
            ),
            migrations.CreateModel(
                name='SandboxWorkspace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('segment', models.CharField(max_length=100, unique=True)),
                    ('state', models.TextField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('owner', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sandbox_workspace', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('segment'), name='one_workspace_per_segment_in_any_case')],
                },
            ),
            migrations.CreateModel(
                name='SavedRequest',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('name', models.CharField(blank=True, max_length=100)),
                    ('title', models.TextField()),
                    ('detail', models.TextField()),
                    ('saved_at', models.BigIntegerField()),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_requests', to=settings.AUTH_USER_MODEL)),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_requests', to='console.profile')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('name', ''), _negated=True), fields=('profile', 'name'), name='one_request_of_a_name'), models.UniqueConstraint(condition=models.Q(('name', '')), fields=('profile', 'owner'), name='one_last_request_of_a_person')],
                },
            ),
            migrations.CreateModel(
                name='Share',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('right', models.CharField(max_length=10)),
                    ('reveals_token', models.BooleanField(default=False)),
                    ('given_at', models.BigIntegerField()),
                    ('api', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='console.api')),
                    ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='console.case')),
                    ('connection', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='console.connection')),
                    ('group', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='console.group')),
                    ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to=settings.AUTH_USER_MODEL)),
                    ('profile', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='console.profile')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'profile'), name='one_share_of_person_and_profile'), models.UniqueConstraint(fields=('person', 'api'), name='one_share_of_person_and_api'), models.UniqueConstraint(fields=('person', 'connection'), name='one_share_of_person_and_connection'), models.UniqueConstraint(fields=('person', 'case'), name='one_share_of_person_and_case'), models.UniqueConstraint(fields=('group', 'profile'), name='one_share_of_group_and_profile'), models.UniqueConstraint(fields=('group', 'api'), name='one_share_of_group_and_api'), models.UniqueConstraint(fields=('group', 'connection'), name='one_share_of_group_and_connection'), models.UniqueConstraint(fields=('group', 'case'), name='one_share_of_group_and_case'), models.CheckConstraint(condition=models.Q(models.Q(('api__isnull', True), ('case__isnull', True), ('connection__isnull', True), ('profile__isnull', False)), models.Q(('api__isnull', False), ('case__isnull', True), ('connection__isnull', True), ('profile__isnull', True)), models.Q(('api__isnull', True), ('case__isnull', True), ('connection__isnull', False), ('profile__isnull', True)), models.Q(('api__isnull', True), ('case__isnull', False), ('connection__isnull', True), ('profile__isnull', True)), _connector='OR'), name='share_of_one_object'), models.CheckConstraint(condition=models.Q(models.Q(('group__isnull', True), ('person__isnull', False)), models.Q(('group__isnull', False), ('person__isnull', True)), _connector='OR'), name='share_with_one_subject'), models.CheckConstraint(condition=models.Q(('right__in', ['view', 'use', 'manage'])), name='share_right_is_a_right'), models.CheckConstraint(condition=models.Q(('reveals_token', False), ('right', 'use'), _connector='OR'), name='share_reveals_a_token_to_who_uses')],
                },
            ),
            migrations.CreateModel(
                name='SignInLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token_hash', models.CharField(max_length=90, unique=True)),
                    ('made_at', models.BigIntegerField(default=0)),
                    ('made_by', models.CharField(blank=True, default='', max_length=254)),
                    ('expires_at', models.BigIntegerField()),
                    ('used_at', models.BigIntegerField(null=True)),
                    ('is_local', models.BooleanField(default=False)),
                    ('is_recovery', models.BooleanField(default=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_in_links', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='StoredCredential',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=20)),
                    ('sealed', models.TextField(blank=True)),
                    ('bound_to', models.CharField(blank=True, max_length=2000)),
                    ('version', models.PositiveIntegerField()),
                    ('set_at', models.BigIntegerField(null=True)),
                    ('facts', models.TextField(blank=True)),
                    ('chain_pem', models.TextField(blank=True)),
                    ('ends_at', models.BigIntegerField(db_index=True, null=True)),
                    ('dated_at', models.BigIntegerField(null=True)),
                    ('profile', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='stored_credential', to='console.profile')),
                ],
            ),
            migrations.CreateModel(
                name='StoredToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key_digest', models.CharField(max_length=64, unique=True)),
                    ('credential_version', models.PositiveIntegerField()),
                    ('grant', models.CharField(max_length=50)),
                    ('sealed', models.TextField()),
                    ('token_type', models.CharField(max_length=100)),
                    ('scope', models.TextField(blank=True)),
                    ('obtained_at', models.BigIntegerField()),
                    ('expires_at', models.BigIntegerField(null=True)),
                    ('connection', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stored_tokens', to='console.connection')),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stored_tokens', to='console.profile')),
                ],
            ),
            migrations.CreateModel(
                name='SubscriptionKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sealed', models.TextField()),
                    ('bound_to', models.CharField(max_length=2000)),
                    ('set_at', models.BigIntegerField()),
                    ('ends_at', models.BigIntegerField(db_index=True, null=True)),
                    ('dated_at', models.BigIntegerField(null=True)),
                    ('profile', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='subscription_key', to='console.profile')),
                ],
            ),
            migrations.CreateModel(
                name='WorkBudget',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('work', models.CharField(max_length=20)),
                    ('spent_until_us', models.BigIntegerField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='work_budgets', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'work'), name='one_budget_of_each_work')],
                },
            ),
            migrations.CreateModel(
                name='ApiOperation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveIntegerField()),
                    ('method', models.CharField(max_length=20)),
                    ('path', models.TextField()),
                    ('segments', models.PositiveSmallIntegerField()),
                    ('tag', models.TextField(blank=True)),
                    ('search', models.TextField()),
                    ('digest', models.CharField(max_length=64)),
                    ('detail', models.TextField()),
                    ('schema', models.TextField(blank=True, default='')),
                    ('api', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='operations', to='console.api')),
                ],
                options={
                    'indexes': [models.Index(fields=['api', 'method', 'segments'], name='operation_of_a_call')],
                    'constraints': [models.UniqueConstraint(fields=('api', 'position'), name='one_operation_at_a_place')],
                },
            ),
            migrations.CreateModel(
                name='AttemptHour',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hour', models.BigIntegerField()),
                    ('profile_ref', models.UUIDField(default=uuid.UUID('00000000-0000-0000-0000-000000000000'))),
                    ('api_ref', models.UUIDField(default=uuid.UUID('00000000-0000-0000-0000-000000000000'))),
                    ('kind', models.CharField(max_length=20)),
                    ('status', models.IntegerField(default=0)),
                    ('cause', models.CharField(blank=True, max_length=100)),
                    ('attempts', models.PositiveIntegerField()),
                    ('first_at', models.BigIntegerField()),
                    ('last_at', models.BigIntegerField()),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempt_hours', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['owner', 'hour'], name='hours_of_owner'), models.Index(fields=['profile_ref', 'hour'], name='hours_of_profile'), models.Index(fields=['hour', 'cause', 'api_ref', 'status', 'kind', 'attempts', 'first_at', 'last_at'], name='hours_of_everybody')],
                    'constraints': [models.UniqueConstraint(fields=('hour', 'owner', 'profile_ref', 'api_ref', 'kind', 'status', 'cause'), name='one_count_an_hour')],
                },
            ),
            migrations.CreateModel(
                name='CaseNews',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=10)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='news', to='console.case')),
                    ('reader', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='case_news', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('reader', 'case'), name='once_news_of_a_case')],
                },
            ),
            migrations.CreateModel(
                name='CaseOpening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('times', models.PositiveIntegerField(default=0)),
                    ('opened_at', models.BigIntegerField()),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='console.case')),
                    ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='case_openings', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('case', 'reader'), name='one_opening_per_reader')],
                },
            ),
            migrations.CreateModel(
                name='CaseTerm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('term', models.CharField(max_length=64)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='console.case')),
                ],
                options={
                    'indexes': [models.Index(fields=['term', 'case'], name='case_by_term', opclasses=['varchar_pattern_ops', 'uuid_ops'])],
                },
            ),
            migrations.CreateModel(
                name='ColumnReading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64)),
                    ('columns', models.TextField()),
                    ('used_at', models.BigIntegerField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='column_readings', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'digest'), name='one_reading_of_the_same_columns')],
                },
            ),
            migrations.CreateModel(
                name='FarSideTrouble',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('origin_digest', models.CharField(max_length=64)),
                    ('failures', models.PositiveIntegerField()),
                    ('last_at', models.BigIntegerField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='far_side_troubles', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'origin_digest'), name='one_trouble_of_each_origin')],
                },
            ),
            migrations.CreateModel(
                name='GroupMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('added_at', models.BigIntegerField()),
                    ('by_hand', models.BooleanField(default=True)),
                    ('by_claim', models.BooleanField(default=False)),
                    ('group', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='members', to='console.group')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('group', 'person'), name='once_in_a_group'), models.CheckConstraint(condition=models.Q(('by_hand', True), ('by_claim', True), _connector='OR'), name='member_by_hand_or_by_claim')],
                },
            ),
            migrations.CreateModel(
                name='ProfileHeartbeat',
                fields=[
                    ('profile', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='heartbeat', serialize=False, to='console.profile')),
                    ('every_s', models.IntegerField(default=0)),
                    ('next_at', models.BigIntegerField(default=0)),
                    ('state', models.CharField(max_length=20)),
                    ('since', models.BigIntegerField()),
                    ('failures', models.IntegerField(default=0)),
                    ('last_at', models.BigIntegerField(null=True)),
                    ('stopped', models.TextField(blank=True)),
                    ('is_told', models.BooleanField(default=True)),
                    ('opened_case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='console.case')),
                    ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='console.run')),
                ],
                options={
                    'indexes': [models.Index(fields=['next_at'], name='heartbeat_due')],
                },
            ),
            migrations.CreateModel(
                name='HeartbeatResult',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('at', models.BigIntegerField()),
                    ('is_good', models.BooleanField()),
                    ('took_s', models.IntegerField()),
                    ('stage', models.CharField(blank=True, max_length=50)),
                    ('words', models.TextField(blank=True)),
                    ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='console.run')),
                    ('heartbeat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='console.profileheartbeat')),
                ],
                options={
                    'indexes': [models.Index(fields=['heartbeat', 'at'], name='heartbeat_results')],
                },
            ),
            migrations.CreateModel(
                name='HeartbeatListener',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('wants', models.BooleanField(default=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('heartbeat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listeners', to='console.profileheartbeat')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('heartbeat', 'person'), name='heartbeat_listener_once')],
                },
            ),
        ]),
        migrations.RunPython(audit.create, audit.drop),
        migrations.RunPython(audit.create_rate_limits, audit.drop_rate_limits),
        migrations.RunPython(heads.begin, migrations.RunPython.noop),
        migrations.RunPython(begin_numbers, migrations.RunPython.noop),
        migrations.RunPython(hours.make_triggers, hours.drop_triggers),
    ]
