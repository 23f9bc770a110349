"""Work of several steps, and its steps."""

from django.conf import settings
from django.db import models

from console.models.attempt import Attempt
from console.models.collection import RequestCollection
from console.models.connection import Connection, PendingAuthorization
from console.models.profile import Profile


class Run(models.Model):
    """`attempt`, `profile`, `authorization` and `collection` are what the work is about, null when about none;
    `connection` is whose token it carries, null for the profile's own. `sealed` is what the next step needs.

    Foreign keys and no kind with an id: the run goes with what it is about, and the database sees to it.
    """

    id = models.UUIDField(primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=40)  # a code of core/runs
    attempt = models.OneToOneField(Attempt, null=True, on_delete=models.CASCADE, related_name="run")
    profile = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="runs")
    connection = models.ForeignKey(Connection, null=True, on_delete=models.CASCADE, related_name="runs")
    authorization = models.OneToOneField(PendingAuthorization, null=True, on_delete=models.CASCADE, related_name="run")
    collection = models.ForeignKey(RequestCollection, null=True, on_delete=models.CASCADE, related_name="runs")
    state = models.TextField()  # ASCII JSON string: the far side's own word
    is_done = models.BooleanField(default=False)
    not_before = models.BigIntegerField()
    sealed = models.TextField(blank=True)  # "" when nothing is kept
    is_stopping = models.BooleanField(default=False)  # a person asked for it; the next look ends it
    version = models.IntegerField(default=0)  # the steps taken
    created_at = models.BigIntegerField()


class RunStep(models.Model):
    """One step as it happened, never changed. `exchanges` is ASCII JSON, redacted; `told` is ASCII JSON too, what a
    kind keeps of a step beside them, "" for nothing.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    number = models.IntegerField()  # from 1
    status = models.IntegerField(null=True)
    exchanges = models.TextField()
    told = models.TextField(default="", blank=True)
    at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="run_step_once")]
