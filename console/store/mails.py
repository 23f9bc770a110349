"""Mails on their way, sealed: a link in one signs somebody in. A row is claimed by whoever sends it, and then goes."""

import uuid
from dataclasses import dataclass, field

from django.db.models import F, Q

from console.models import OutgoingMail
from console.store import json_text, rows, vault


@dataclass(frozen=True, slots=True)
class MailText:
    """Whom it goes to, and what it says."""

    to: tuple[str, ...]
    subject: str
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A mail that is the caller's to send. `tries` counts this attempt, from 1."""

    id: str
    text: MailText
    tries: int


@dataclass(frozen=True, slots=True)
class MailsLeft:
    """`waiting` are on their way after a failure, `given_up` were not sent; `problem` is the last failure's class."""

    waiting: int
    given_up: int
    problem: str


def add(mail_id: str, text: MailText, *, now: int) -> None:
    sealed = vault.seal(json_text.dump(text).encode(), row=row_name(uuid.UUID(mail_id)))
    OutgoingMail(id=uuid.UUID(mail_id), sealed=sealed, made_at=now, not_before=now).save(force_insert=True)


def due(*, now: int, limit: int = rows.BATCH) -> list[str]:
    """The ids of those that wait to be sent, oldest first."""
    found = OutgoingMail.objects.filter(given_up_at=None, not_before__lte=now).order_by("not_before")
    return [str(key) for key in found.values_list("pk", flat=True)[:limit]]


def claim(mail_id: str, *, now: int, until: int) -> ClaimedMail | None:
    """The mail, which nobody else sends until then; None when it is gone, not due, or another's at this moment.

    Raises Misconfigured when it does not open.
    """
    mine = OutgoingMail.objects.filter(pk=uuid.UUID(mail_id), given_up_at=None, not_before__lte=now)
    if not mine.update(not_before=until, tries=F("tries") + 1):
        return None
    row = OutgoingMail.objects.filter(pk=uuid.UUID(mail_id)).first()
    if row is None:
        return None
    text = vault.open_sealed(row.sealed, row=row_name(row.pk)).decode()
    return ClaimedMail(str(row.pk), json_text.load(text, MailText), row.tries)


def has_failed(mail_id: str) -> bool:
    """Whether an attempt was made and failed."""
    return OutgoingMail.objects.filter(pk=uuid.UUID(mail_id)).exclude(problem="").exists()


def is_failing(*, since: int) -> bool:
    """Whether one waits after a failure, or was given up since then."""
    waits = Q(given_up_at=None) & ~Q(problem="")
    return OutgoingMail.objects.filter(waits | Q(given_up_at__gte=since)).exists()


def sent(mail_id: str) -> None:
    """Nothing of it is left."""
    OutgoingMail.objects.filter(pk=uuid.UUID(mail_id)).delete()


def put_off(mail_id: str, *, until: int, problem: str) -> None:
    OutgoingMail.objects.filter(pk=uuid.UUID(mail_id)).update(not_before=until, problem=problem)


def give_up(mail_id: str, *, now: int, problem: str) -> None:
    """It will not be sent; its text and address are gone, that there was one stays for a while."""
    OutgoingMail.objects.filter(pk=uuid.UUID(mail_id)).update(sealed="", given_up_at=now, problem=problem)


def left(*, since: int) -> MailsLeft:
    """How many failed and wait, and how many were given up since then."""
    waiting = OutgoingMail.objects.filter(given_up_at=None).exclude(problem="")
    given_up = OutgoingMail.objects.filter(given_up_at__gte=since)
    last = (waiting | given_up).order_by("-not_before").values_list("problem", flat=True).first()
    return MailsLeft(waiting.count(), given_up.count(), last or "")


def prune(*, before: int, limit: int) -> int:
    """Deletes at most `limit` of those made before then, sent or not; gives how many."""
    return rows.delete_some(OutgoingMail.objects.filter(made_at__lt=before), limit)


def row_name(mail_id: object) -> str:
    """What a sealed mail is bound to."""
    return f"mail|{mail_id}"
