"""Mails on their way, workers that were seen, and the heartbeats of profiles."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('console', '0024_told_of_a_step'),
    ]

    operations = [
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
            name='WorkerSeen',
            fields=[
                ('name', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('seen_at', models.BigIntegerField(db_index=True)),
            ],
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
        ),
        migrations.CreateModel(
            name='HeartbeatListener',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wants', models.BooleanField(default=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('heartbeat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listeners', to='console.profileheartbeat')),
            ],
        ),
        migrations.AddIndex(
            model_name='profileheartbeat',
            index=models.Index(fields=['next_at'], name='heartbeat_due'),
        ),
        migrations.AddIndex(
            model_name='heartbeatresult',
            index=models.Index(fields=['heartbeat', 'at'], name='heartbeat_results'),
        ),
        migrations.AddConstraint(
            model_name='heartbeatlistener',
            constraint=models.UniqueConstraint(fields=('heartbeat', 'person'), name='heartbeat_listener_once'),
        ),
    ]
