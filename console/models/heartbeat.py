"""The heartbeat of a profile: how often, how it stands, what was measured, and who hears of it."""

from django.conf import settings
from django.db import models

from console.models.case import Case
from console.models.profile import Profile
from console.models.run import Run


class ProfileHeartbeat(models.Model):
    """`every_s` is the pause, 0 while it is switched off. `state` is a core HeartbeatState, `since` when it became so.

    `next_at` is when the next one is due. `failures` counts those in a row. `stopped` says why it ended by itself, ""
    else. `opened_case` is the case about its being down; `is_told`: whether those who hear of it know how it stands.
    """

    profile = models.OneToOneField(Profile, primary_key=True, on_delete=models.CASCADE, related_name="heartbeat")
    every_s = models.IntegerField(default=0)
    next_at = models.BigIntegerField(default=0)
    state = models.CharField(max_length=20)
    since = models.BigIntegerField()
    failures = models.IntegerField(default=0)
    last_at = models.BigIntegerField(null=True)
    stopped = models.TextField(blank=True)
    is_told = models.BooleanField(default=True)
    opened_case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="+")  # under way, null else

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="heartbeat_due")]


class HeartbeatResult(models.Model):
    """One heartbeat that was measured. `stage` is the code of what failed, `words` what was wrong, "" when nothing."""

    id = models.BigAutoField(primary_key=True)
    heartbeat = models.ForeignKey(ProfileHeartbeat, on_delete=models.CASCADE, related_name="results")
    at = models.BigIntegerField()
    is_good = models.BooleanField()
    took_s = models.IntegerField()
    stage = models.CharField(max_length=50, blank=True)
    words = models.TextField(blank=True)
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["heartbeat", "at"], name="heartbeat_results")]


class HeartbeatListener(models.Model):
    """Somebody who wants a mail when it turns red and when it is green again, or, being the owner, wants none."""

    heartbeat = models.ForeignKey(ProfileHeartbeat, on_delete=models.CASCADE, related_name="listeners")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    wants = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["heartbeat", "person"], name="heartbeat_listener_once")]
