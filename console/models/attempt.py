"""What was tried, as redacted evidence."""

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
