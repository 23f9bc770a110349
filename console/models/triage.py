"""What people said about the columns of their logs."""

from django.conf import settings
from django.db import models


class ColumnReading(models.Model):
    """One answer of a person to "which column is which": `columns` is ASCII JSON, a digest of a column's name by what
    it says. No name of a column is kept, since a file without a header has values in its place. `digest` is of all
    of them; `used_at` is epoch seconds.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="column_readings")
    digest = models.CharField(max_length=64)
    columns = models.TextField()
    used_at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="one_reading_of_the_same_columns")]
