"""What people have taken of their work budgets, and which far sides failed them again and again."""

from django.conf import settings
from django.db import models


class WorkBudget(models.Model):
    """A bucket of core/budget: `spent_until_us` is epoch microseconds; a moment in the past is a full bucket."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="work_budgets")
    work = models.CharField(max_length=20)
    spent_until_us = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "work"], name="one_budget_of_each_work")]


class FarSideTrouble(models.Model):
    """Failures in a row of one origin for one person; a success deletes the row. `last_at` is epoch seconds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="far_side_troubles")
    origin_digest = models.CharField(max_length=64)  # SHA-256: an address may be longer than an index takes
    failures = models.PositiveIntegerField()
    last_at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "origin_digest"], name="one_trouble_of_each_origin")]
