"""Addresses at which calendar programs read what ends: one for a person, kept as an HMAC, in force until taken back."""

from dataclasses import dataclass

from console.core.actor import Actor
from console.core.credential import Secret
from console.models import CalendarFeed
from console.store import rows, vault

_PURPOSE = b"calendar address"
NOTED_EVERY_S = 3600


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """Times are epoch seconds; `read_at` is when it was read last, to the hour, None while nobody did."""

    person_id: int
    made_at: int
    read_at: int | None = None


def put(actor: Actor, *, token: Secret, now: int) -> None:
    """A new address for the person; the one before opens nothing any more."""
    kept = {"token_hash": vault.mac(token.reveal(), purpose=_PURPOSE), "made_at": now}
    CalendarFeed.objects.update_or_create(
        person_id=rows.owner_id(actor), defaults={**kept, "first_read_at": None, "read_at": None}
    )


def take_back(actor: Actor) -> bool:
    """Whether there was one."""
    return CalendarFeed.objects.filter(person_id=rows.owner_id(actor)).delete()[0] > 0


def of_person(actor: Actor) -> FeedRecord | None:
    """None when the person has none."""
    row = CalendarFeed.objects.filter(person_id=rows.owner_id(actor)).first()
    return FeedRecord(row.person_id, row.made_at, row.read_at) if row else None


def find(token: Secret) -> FeedRecord | None:
    """Whose address that is; None when it is nobody's, taken back, or the account is closed.

    One that was kept under an older key of the ring is kept under the first from now on: it outlives that key.
    """
    hashes = vault.macs(token.reveal(), purpose=_PURPOSE)
    row = CalendarFeed.objects.filter(token_hash__in=hashes, person__is_active=True).first()
    if row is None:
        return None
    newest = vault.mac(token.reveal(), purpose=_PURPOSE)
    if row.token_hash != newest:
        CalendarFeed.objects.filter(pk=row.pk, token_hash=row.token_hash).update(token_hash=newest)
    return FeedRecord(row.person_id, row.made_at, row.read_at)


def note_reading(person_id: int, *, now: int) -> bool:
    """Keeps that it was read; whether that was the first time since it was made. Writes at most once an hour."""
    mine = CalendarFeed.objects.filter(person_id=person_id)
    is_first = mine.filter(first_read_at=None).update(first_read_at=now, read_at=now) == 1
    if not is_first:
        mine.filter(read_at__lt=now - NOTED_EVERY_S).update(read_at=now)
    return is_first
