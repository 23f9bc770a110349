"""What shows that the database can be written."""

from django.db import models


class Heartbeat(models.Model):
    """The row that the newest readiness probe wrote; `beat_at` is epoch seconds, `filler` makes it need new space."""

    id = models.BigAutoField(primary_key=True)
    beat_at = models.BigIntegerField()
    filler = models.TextField()
