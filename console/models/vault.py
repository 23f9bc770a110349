"""How a wrong key ring is noticed."""

from django.db import models


class KeyCanary(models.Model):
    """A known text, sealed with the key of that id when it was first used: what does not open it is another key."""

    key_id = models.CharField(primary_key=True, max_length=20)
    sealed = models.TextField()
