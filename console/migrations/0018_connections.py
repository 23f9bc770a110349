"""Connections: stored authorizations of a profile, their shares and tokens, login links, and sign-ins on their way."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("console", "0017_sharing_of_cases_and_company_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="Connection",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("status", models.CharField(max_length=20)),
                ("problem", models.TextField(blank=True, default="")),
                ("identity", models.TextField(blank=True, default="")),
                ("named", models.TextField(default="[]")),
                ("events", models.TextField(default="{}")),
                ("sealed", models.TextField(blank=True, default="")),
                ("scope", models.TextField(default='""')),
                ("bound_to", models.TextField(blank=True, default="")),
                ("has_refresh_token", models.BooleanField(default=False)),
                ("connected_at", models.BigIntegerField(null=True)),
                ("refreshed_at", models.BigIntegerField(null=True)),
                ("token_ends_at", models.BigIntegerField(null=True)),
                ("doubt_since", models.BigIntegerField(null=True)),
                ("created_at", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="LoginLink",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("token_hash", models.CharField(max_length=90, unique=True)),
                ("meant_for", models.CharField(blank=True, max_length=200)),
                ("made_at", models.BigIntegerField()),
                ("expires_at", models.BigIntegerField()),
                ("used_at", models.BigIntegerField(null=True)),
                ("revoked_at", models.BigIntegerField(null=True)),
                ("done_at", models.BigIntegerField(null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="PendingAuthorization",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("state_hash", models.CharField(max_length=90, unique=True)),
                ("browser_hash", models.CharField(max_length=90)),
                ("stage", models.CharField(max_length=20)),
                ("sealed", models.TextField(blank=True, default="")),
                ("answer_hash", models.CharField(blank=True, default="", max_length=90)),
                ("problem", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=0)),
                ("made_at", models.BigIntegerField()),
                ("expires_at", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="share",
            name="share_of_one_object",
        ),
        migrations.AddField(
            model_name="connection",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="connections", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="connection",
            name="profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="connections", to="console.profile"
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="connection",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="console.connection"
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="connection",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="console.connection"
            ),
        ),
        migrations.AddField(
            model_name="storedtoken",
            name="connection",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="stored_tokens",
                to="console.connection",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(
                fields=("person", "connection"), name="one_share_of_person_and_connection"
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(
                fields=("group", "connection"), name="one_share_of_group_and_connection"
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("api__isnull", True),
                        ("case__isnull", True),
                        ("connection__isnull", True),
                        ("profile__isnull", False),
                    ),
                    models.Q(
                        ("api__isnull", False),
                        ("case__isnull", True),
                        ("connection__isnull", True),
                        ("profile__isnull", True),
                    ),
                    models.Q(
                        ("api__isnull", True),
                        ("case__isnull", True),
                        ("connection__isnull", False),
                        ("profile__isnull", True),
                    ),
                    models.Q(
                        ("api__isnull", True),
                        ("case__isnull", False),
                        ("connection__isnull", True),
                        ("profile__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="share_of_one_object",
            ),
        ),
        migrations.AddField(
            model_name="loginlink",
            name="connection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="login_links", to="console.connection"
            ),
        ),
        migrations.AddField(
            model_name="loginlink",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="login_links", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="pendingauthorization",
            name="attempt",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="authorizations",
                to="console.attempt",
            ),
        ),
        migrations.AddField(
            model_name="pendingauthorization",
            name="connection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="authorizations", to="console.connection"
            ),
        ),
        migrations.AddField(
            model_name="pendingauthorization",
            name="link",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="authorizations",
                to="console.loginlink",
            ),
        ),
        migrations.AddField(
            model_name="pendingauthorization",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="authorizations",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="authorization",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="run",
                to="console.pendingauthorization",
            ),
        ),
    ]
