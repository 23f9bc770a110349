"""Key sets fetched before, so that an outage of an issuer does not take its keys away."""

from django.db import models


class KeySetCache(models.Model):
    """`url_digest` is the SHA-256 of the metadata URL, which may hold a value that is a secret of some Api's policy.

    `source` is the key set's own URL, `text` an ASCII JSON string.

    `issuer` is an ASCII JSON string as well: what the metadata names itself, "" of rows from before it was kept.
    """

    url_digest = models.CharField(max_length=64, unique=True)
    source = models.TextField()
    text = models.TextField()
    issuer = models.TextField(default='""')
    fetched_at = models.BigIntegerField()
