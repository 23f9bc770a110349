"""Saved requests in an order, which a run sends one after the other."""

from django.conf import settings
from django.db import models

from console.models.profile import Profile


class RequestCollection(models.Model):
    """`owner` is who made it. `steps` is ASCII JSON of core CollectionSteps, without secrets; `version` counts the
    changes.
    """

    id = models.UUIDField(primary_key=True)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="collections")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="collections")
    name = models.CharField(max_length=100)
    steps = models.TextField()
    stops_early = models.BooleanField(default=False)
    version = models.IntegerField(default=0)
    changed_at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("profile", "name"), name="one_collection_of_a_name")]
