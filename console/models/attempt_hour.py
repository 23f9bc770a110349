"""How many attempts there were within an hour, kept beside them: a picture of a day reads no attempt."""

import uuid

from django.conf import settings
from django.db import models

NOTHING = uuid.UUID(int=0)  # no profile, or no Api
NO_ANSWER = 0  # as a status


class AttemptHour(models.Model):
    """`hour` counts hours since 1970. `profile_ref` and `api_ref` are ids, NOTHING for none, and no foreign keys: a
    null is equal to no other in a unique constraint. `status` is NO_ANSWER without one, `cause` "" for none.

    Triggers on the table of attempts keep it in step with every way in which those are added, changed and deleted;
    nothing else writes here. `first_at` and `last_at` are of all that were counted, also of what was deleted since.
    """

    hour = models.BigIntegerField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempt_hours")
    profile_ref = models.UUIDField(default=NOTHING)
    api_ref = models.UUIDField(default=NOTHING)
    kind = models.CharField(max_length=20)
    status = models.IntegerField(default=NO_ANSWER)
    cause = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveIntegerField()
    first_at = models.BigIntegerField()
    last_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hour", "owner", "profile_ref", "api_ref", "kind", "status", "cause"], name="one_count_an_hour"
            )
        ]
        indexes = [
            models.Index(fields=["owner", "hour"], name="hours_of_owner"),
            models.Index(fields=["profile_ref", "hour"], name="hours_of_profile"),
            # All that the picture of everybody asks, in the order in which it sums: no row is looked up or sorted.
            models.Index(
                fields=["hour", "cause", "api_ref", "status", "kind", "attempts", "first_at", "last_at"],
                name="hours_of_everybody",
            ),
        ]
