"""Groups of people, and what somebody shares with a person or a group."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from console.models.api import Api
from console.models.connection import Connection
from console.models.profile import Profile


class Group(models.Model):
    """Made by administrators; no two have names that differ in case alone."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=200)
    created_at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="group_name_without_case")]


class GroupMember(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    added_at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="once_in_a_group")]


def _one_of(*columns: str) -> Q:
    """Exactly one of them is set."""
    chosen = Q()
    for one in columns:
        chosen |= Q(**{f"{other}__isnull": other != one for other in columns})
    return chosen


class Share(models.Model):
    """One right of one person or group on one object. `right` is a core Right: view, use or manage.

    The object is a column for each kind, and not a kind with an id beside it: so whatever deletes the object takes its
    shares along, and the database lets none point at nothing. The unique constraints begin with whom a share is for:
    they are the indexes by which one's rights are found.
    """

    profile = models.ForeignKey(Profile, null=True, on_delete=models.CASCADE, related_name="shares")
    api = models.ForeignKey(Api, null=True, on_delete=models.CASCADE, related_name="shares")
    connection = models.ForeignKey(Connection, null=True, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="shares", db_index=False
    )
    group = models.ForeignKey(Group, null=True, on_delete=models.CASCADE, related_name="shares", db_index=False)
    right = models.CharField(max_length=10)
    given_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "profile"], name="one_share_of_person_and_profile"),
            models.UniqueConstraint(fields=["person", "api"], name="one_share_of_person_and_api"),
            models.UniqueConstraint(fields=["person", "connection"], name="one_share_of_person_and_connection"),
            models.UniqueConstraint(fields=["group", "profile"], name="one_share_of_group_and_profile"),
            models.UniqueConstraint(fields=["group", "api"], name="one_share_of_group_and_api"),
            models.UniqueConstraint(fields=["group", "connection"], name="one_share_of_group_and_connection"),
            models.CheckConstraint(condition=_one_of("profile", "api", "connection"), name="share_of_one_object"),
            models.CheckConstraint(condition=_one_of("person", "group"), name="share_with_one_subject"),
            models.CheckConstraint(condition=Q(right__in=["view", "use", "manage"]), name="share_right_is_a_right"),
        ]
