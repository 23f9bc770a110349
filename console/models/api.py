"""What is called."""

from django.conf import settings
from django.db import models


class Api(models.Model):
    """`expectation` is ASCII JSON of core Expectation; `policy` an ASCII JSON string of the policy document.

    `proposal` is ASCII JSON of core Proposal, "" when there is none.
    `operation_count` is how many rows of ApiOperation there are.
    """

    id = models.UUIDField(primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="apis")
    name = models.CharField(max_length=200)
    base_url = models.CharField(max_length=2000)
    expectation = models.TextField()
    policy = models.TextField()
    metadata_url = models.CharField(max_length=2000, blank=True)
    subscription_key_header = models.CharField(max_length=200)
    is_published = models.BooleanField(default=False)
    proposal = models.TextField(blank=True, default="")
    operation_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()
