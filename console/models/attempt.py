"""What was tried, as redacted evidence, and work of several steps."""

from django.conf import settings
from django.db import models

from console.models.api import Api
from console.models.profile import Profile


class Attempt(models.Model):
    """`evidence` and `exchanges` are ASCII JSON, redacted before they come here; `primary_cause` is for searching."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)  # token, call
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    profile = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="attempts")
    api = models.ForeignKey(Api, null=True, on_delete=models.SET_NULL, related_name="attempts")
    title = models.TextField()  # ASCII JSON string
    created_at = models.BigIntegerField()
    evidence = models.TextField()
    exchanges = models.TextField()
    status = models.IntegerField(null=True)
    primary_cause = models.CharField(max_length=100, blank=True)
    catalogue_version = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="attempt_of_owner"),
            models.Index(fields=["profile", "kind", "created_at"], name="attempt_of_profile"),
        ]


class Run(models.Model):
    """Work that an attempt began and that is not done yet. `exchanges` is ASCII JSON; see store/runs for the rest."""

    id = models.UUIDField(primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="runs")
    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="run")
    state = models.TextField()  # ASCII JSON string: the far side's own word
    is_done = models.BooleanField(default=False)
    next_url = models.TextField()  # ASCII JSON string or null
    not_before = models.BigIntegerField()
    leaves_api = models.BooleanField(default=False)
    exchanges = models.TextField()
    created_at = models.BigIntegerField()
