"""Values that stand for names in calls."""

from django.conf import settings
from django.db import models

from console.models.profile import Profile


class CallVariables(models.Model):
    """`values` is an ASCII JSON object of texts, without secrets. Of one profile, or where that is null of all profiles
    of `owner` for `environment` (in small letters).
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="call_variables")
    profile = models.ForeignKey(Profile, null=True, on_delete=models.CASCADE, related_name="call_variables")
    environment = models.CharField(max_length=100, blank=True)
    values = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("profile",), condition=models.Q(profile__isnull=False), name="variables_of_a_profile"
            ),
            models.UniqueConstraint(
                fields=("owner", "environment"),
                condition=models.Q(profile__isnull=True),
                name="variables_of_an_environment",
            ),
        ]
