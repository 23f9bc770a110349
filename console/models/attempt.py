"""What was tried, as redacted evidence."""

from django.conf import settings
from django.db import models

from console.models.api import Api
from console.models.profile import Profile

_PINNED = models.Q(pinned_at__isnull=False)  # a few of very many: an index of them alone


class Attempt(models.Model):
    """`evidence` and `exchanges` are ASCII JSON, redacted before they come here; `primary_cause` is for searching.

    So are `known_as` and `also_known_as`: ids by which the far side knows it, None for none, and for what is older than
    these columns. Triggers count each row in AttemptHour: a migration that makes this table anew makes them again.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)  # token, call, test (a call of an auth matrix)
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
    pinned_at = models.BigIntegerField(null=True)  # None: it is deleted when it has had its time
    # None and no empty text: SQLite adds such a column without making the table anew.
    known_as = models.CharField(max_length=200, null=True, db_index=True)
    also_known_as = models.CharField(max_length=200, null=True, db_index=True)

    class Meta:
        # Wide ones: what the history is narrowed by is read from the index. In the row it stands behind the evidence,
        # of which SQLite would have to read every page on the way.
        indexes = [
            models.Index(
                fields=["owner", "created_at", "id", "primary_cause", "status", "kind", "api", "profile"],
                name="attempts_of_owner",
            ),
            models.Index(
                fields=["profile", "created_at", "id", "primary_cause", "status", "kind", "api", "owner"],
                name="attempts_of_profile",
            ),
            models.Index(fields=["owner", "primary_cause", "created_at", "id"], name="attempts_by_cause_of_owner"),
            models.Index(fields=["profile", "primary_cause", "created_at", "id"], name="attempts_by_cause_of_profile"),
            models.Index(fields=["profile", "kind", "created_at"], name="attempt_of_profile"),
            models.Index(fields=["owner", "created_at", "id"], name="pinned_of_owner", condition=_PINNED),
            models.Index(fields=["profile", "created_at", "id"], name="pinned_of_profile", condition=_PINNED),
        ]
