"""The embedded sandbox: one installation with its own keys, one workspace for each person."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower


class SandboxInstallation(models.Model):
    """At most one row, whose `id` is 1. `catalogue` is ASCII JSON of the sandbox's own making."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    tenant_id = models.CharField(max_length=100)
    sealed_keys = models.TextField()
    catalogue = models.TextField()
    created_at = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_sandbox_installation")]


class SandboxWorkspace(models.Model):
    """`segment` is the random path segment under which one person's sandbox is reached, in any letter case.

    `state` is ASCII JSON.
    """

    segment = models.CharField(max_length=100, unique=True)
    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sandbox_workspace")
    state = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("segment"), name="one_workspace_per_segment_in_any_case")]
