"""What tells people that something ends: calendars that their programs read, and reminders that were sent."""

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """The address at which a person's calendar program reads what ends. Of its token only "<key id>.<HMAC>" is kept.

    `first_read_at` and `read_at` are null while nobody read it.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=90, unique=True)
    made_at = models.BigIntegerField()
    first_read_at = models.BigIntegerField(null=True)
    read_at = models.BigIntegerField(null=True)


class Reminder(models.Model):
    """That a person was reminded, `step` days before, of one thing that ends at `ends_at`.

    `kind` is a core EndKind and `of_id` the id of its profile or connection; `sent_on` counts days since 1970 in UTC.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=30)
    of_id = models.UUIDField()
    ends_at = models.BigIntegerField(db_index=True)
    step = models.PositiveSmallIntegerField()
    sent_on = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "of_id", "ends_at", "step"], name="reminded_once"),
        ]
