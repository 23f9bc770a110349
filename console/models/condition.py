"""What shows that the database can be written."""

from django.db import models


class Heartbeat(models.Model):
    """The one row that a readiness probe writes; `beat_at` is epoch seconds."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    beat_at = models.BigIntegerField()
