"""What was asked for in a case and what was added to it, and where a case is from that was made elsewhere."""

from django.conf import settings
from django.db import models

from console.models.case import Case


class CaseAddition(models.Model):
    """Evidence that was added later: `evidence` is ASCII JSON, redacted as the case's own.

    `by` is an ASCII JSON string: the name of who added it at the console that the case is from, "" for who did it here.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="additions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="case_additions"
    )
    by = models.TextField(default='""')
    evidence = models.TextField()
    masked_count = models.PositiveIntegerField(default=0)
    created_at = models.BigIntegerField()
    position = models.PositiveIntegerField()  # within the case: what came first completes first


class CaseAsk(models.Model):
    """Something that would settle the case: `wanted` is ASCII JSON of a core Missing. `given_at` None: not here yet."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="asks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="case_asks")
    wanted = models.TextField()
    created_at = models.BigIntegerField()
    position = models.PositiveIntegerField()
    given_at = models.BigIntegerField(null=True)
    addition = models.ForeignKey(CaseAddition, null=True, on_delete=models.SET_NULL, related_name="answers")


class CaseOrigin(models.Model):
    """Where an imported case is from: ASCII JSON of a core CaseFileOrigin."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="origin")
    told = models.TextField()
