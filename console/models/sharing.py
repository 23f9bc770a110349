"""Groups of people, and what somebody shares with a person or a group."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from console.models.api import Api
from console.models.case import Case
from console.models.connection import Connection
from console.models.profile import Profile


class Group(models.Model):
    """Made by administrators, or by the company's sign-in; no two have names that differ in case alone."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=200)
    created_at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="group_name_without_case")]


class GroupMember(models.Model):
    """Somebody in a group: `by_hand` an administrator put them there, `by_claim` the company's sign-in said so.

    Either is enough; the row goes with the last of both.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    added_at = models.BigIntegerField()
    by_hand = models.BooleanField(default=True)
    by_claim = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="once_in_a_group"),
            models.CheckConstraint(condition=Q(by_hand=True) | Q(by_claim=True), name="member_by_hand_or_by_claim"),
        ]


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
    they are the indexes by which one's rights are found. `reveals_token`: who may use it may also see its token whole;
    who manages it may in any case.
    """

    profile = models.ForeignKey(Profile, null=True, on_delete=models.CASCADE, related_name="shares")
    api = models.ForeignKey(Api, null=True, on_delete=models.CASCADE, related_name="shares")
    connection = models.ForeignKey(Connection, null=True, on_delete=models.CASCADE, related_name="shares")
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="shares", db_index=False
    )
    group = models.ForeignKey(Group, null=True, on_delete=models.CASCADE, related_name="shares", db_index=False)
    right = models.CharField(max_length=10)
    reveals_token = models.BooleanField(default=False)
    given_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "profile"], name="one_share_of_person_and_profile"),
            models.UniqueConstraint(fields=["person", "api"], name="one_share_of_person_and_api"),
            models.UniqueConstraint(fields=["person", "connection"], name="one_share_of_person_and_connection"),
            models.UniqueConstraint(fields=["person", "case"], name="one_share_of_person_and_case"),
            models.UniqueConstraint(fields=["group", "profile"], name="one_share_of_group_and_profile"),
            models.UniqueConstraint(fields=["group", "api"], name="one_share_of_group_and_api"),
            models.UniqueConstraint(fields=["group", "connection"], name="one_share_of_group_and_connection"),
            models.UniqueConstraint(fields=["group", "case"], name="one_share_of_group_and_case"),
            models.CheckConstraint(
                condition=_one_of("profile", "api", "connection", "case"), name="share_of_one_object"
            ),
            models.CheckConstraint(condition=_one_of("person", "group"), name="share_with_one_subject"),
            models.CheckConstraint(condition=Q(right__in=["view", "use", "manage"]), name="share_right_is_a_right"),
            models.CheckConstraint(
                condition=Q(reveals_token=False) | Q(right="use"), name="share_reveals_a_token_to_who_uses"
            ),
        ]
