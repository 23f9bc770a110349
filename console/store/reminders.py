"""Which reminders were sent to whom. Callers act for the whole console, or for the person that they name."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from console.core.actor import Actor
from console.core.credential import CredentialKind
from console.core.ending import EndKind
from console.models import Connection, Person, PolicySettings, Reminder, Share, StoredCredential, SubscriptionKey
from console.store import rows

_DATED = (CredentialKind.SECRET, CredentialKind.CERTIFICATE, CredentialKind.KEY)


@dataclass(frozen=True, slots=True)
class Reminded:
    """One thing with its end (epoch seconds), and how many days before it somebody is told."""

    kind: EndKind
    of_id: str
    ends_at: int
    step: int


def people_to_ask(*, after: int, until: int, day: int) -> list[int]:
    """The ids of who owns or manages something that ends between the two, wants to be told, and was not told on that
    day yet. Whether anything is due to be told to them is not said. One query.
    """
    asked = Person.objects.filter(pk__in=_concerned(after, until), is_active=True, wants_reminders=True)
    told = Reminder.objects.filter(sent_on=day).values("person_id")
    return list(asked.exclude(pk__in=told).order_by("pk").values_list("pk", flat=True))


def _concerned(after: int, until: int) -> QuerySet[Any, Any]:
    """A union and no OR, so that each part begins with what ends in that time."""
    credential = {"kind__in": [kind.value for kind in _DATED], "ends_at__gt": after, "ends_at__lte": until}
    key = {"ends_at__gt": after, "ends_at__lte": until}
    token = {"refresh_ends_at__gt": after, "refresh_ends_at__lte": until, "has_refresh_token": True}
    policy = {"ends_at__lte": until}  # the first of its certificates; another may end in that time
    managed = (
        _managed("profile__stored_credential", credential),
        _managed("profile__subscription_key", key),
        _managed("connection", token),
        _managed("api__policy_settings", policy),
    )
    return (
        StoredCredential.objects.filter(**credential)
        .values_list("profile__owner_id")
        .union(
            SubscriptionKey.objects.filter(**key).values_list("profile__owner_id"),
            Connection.objects.filter(**token).values_list("owner_id"),
            PolicySettings.objects.filter(**policy).values_list("api__owner_id"),
            *(shares.filter(person__isnull=False).values_list("person_id") for shares in managed),
            *(shares.filter(group__isnull=False).values_list("group__members__person_id") for shares in managed),
        )
    )


def _managed(what: str, wanted: dict[str, Any]) -> QuerySet[Share]:
    """The shares by which others manage what ends then."""
    return Share.objects.filter(right="manage", **{f"{what}__{name}": value for name, value in wanted.items()})


def claim(person_id: int, wanted: Iterable[Reminded], *, day: int) -> list[Reminded]:
    """Those of `wanted` that were not told yet, at this step or a nearer one, kept as told on that day; none where the
    person was told something on that day. Two workers at once get them once.
    """
    with transaction.atomic():
        if not Person.objects.select_for_update().filter(pk=person_id, is_active=True, wants_reminders=True):
            return []
        told = Reminder.objects.filter(person_id=person_id)
        if told.filter(sent_on=day).exists():
            return []
        kept = told.order_by("-step").values_list("kind", "of_id", "ends_at", "step")
        nearest = {(kind, str(of_id), ends_at): step for kind, of_id, ends_at, step in kept}
        new = [one for one in wanted if one.step < nearest.get((one.kind.value, one.of_id, one.ends_at), one.step + 1)]
        Reminder.objects.bulk_create([_row(person_id, one, day) for one in new])
    return new


def _row(person_id: int, one: Reminded, day: int) -> Reminder:
    key = uuid.UUID(one.of_id)
    return Reminder(
        person_id=person_id, kind=one.kind.value, of_id=key, ends_at=one.ends_at, step=one.step, sent_on=day
    )


def give_back(person_id: int, *, day: int) -> None:
    """What was claimed on that day is told another time: its mail could not be handed over."""
    Reminder.objects.filter(person_id=person_id, sent_on=day).delete()


def wants(actor: Actor) -> bool:
    """Whether the person is reminded by mail."""
    return Person.objects.filter(pk=rows.owner_id(actor), wants_reminders=True).exists()


def switch(actor: Actor, *, is_on: bool) -> bool:
    """Whether that changed something."""
    return Person.objects.filter(pk=rows.owner_id(actor), wants_reminders=not is_on).update(wants_reminders=is_on) == 1


def prune(*, before: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` reminders of what ended before that; gives how many."""
    return rows.delete_some(Reminder.objects.filter(ends_at__lt=before), limit)
