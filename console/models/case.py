"""Frozen, redacted evidence that one person hands to another."""

from django.conf import settings
from django.db import models

from console.models.attempt import Attempt


class Case(models.Model):
    """All texts are ASCII JSON: what a far side sent may hold what a database refuses."""

    id = models.UUIDField(primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cases")
    attempt = models.ForeignKey(Attempt, null=True, on_delete=models.SET_NULL, related_name="cases")
    title = models.TextField()
    note = models.TextField()
    evidence = models.TextField()
    exchanges = models.TextField()
    masked_count = models.PositiveIntegerField(default=0)
    created_at = models.BigIntegerField()
    expires_at = models.BigIntegerField(db_index=True)  # epoch seconds; from then on nobody sees it
    left_out = models.PositiveIntegerField(default=0)  # bodies that did not go along


class CaseOpening(models.Model):
    """Who else opened a case: one row per person, for its owner to see."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="openings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_openings")
    times = models.PositiveIntegerField(default=0)
    opened_at = models.BigIntegerField()  # the last time, epoch seconds

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "reader"], name="one_opening_per_reader")]


class CaseComment(models.Model):
    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()  # ASCII JSON string
    created_at = models.BigIntegerField()
