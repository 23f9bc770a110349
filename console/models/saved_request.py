"""Requests that are kept with a profile."""

from django.conf import settings
from django.db import models

from console.models.profile import Profile


class SavedRequest(models.Model):
    """`owner` is who saved it; `name` "" is the one that person sent last. `title` is an ASCII JSON string for lists,
    `detail` ASCII JSON of core KeptRequest: without secrets, so that it is not sealed.
    """

    id = models.UUIDField(primary_key=True)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="saved_requests")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_requests")
    name = models.CharField(max_length=100, blank=True)
    title = models.TextField()
    detail = models.TextField()
    saved_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("profile", "name"), condition=~models.Q(name=""), name="one_request_of_a_name"
            ),
            models.UniqueConstraint(
                fields=("profile", "owner"), condition=models.Q(name=""), name="one_last_request_of_a_person"
            ),
        ]
