"""Links that sign one person in once."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from console.core.actor import Actor
from console.core.credential import Secret
from console.models import Person, SignInLink
from console.store import rows, vault

LIFE_S = 600
_PURPOSE = b"sign-in link"


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A link that would still sign somebody in; `expires_at` is epoch seconds."""

    email: str
    expires_at: int
    is_local: bool
    is_recovery: bool = False


@dataclass(frozen=True, slots=True)
class Recovery:
    """That an administrator made a link for somebody who could sign in by other means; `made_at` is epoch seconds."""

    made_by: str
    made_at: int


def create(
    actor: Actor,
    *,
    token: Secret,
    now: int,
    life_s: int = LIFE_S,
    is_local: bool = False,
    recovery_by: str = "",
) -> None:
    """Keeps a link for a person, and ends the ones before it. `is_local`: it works only from the console's machine."""
    person_id = rows.owner_id(actor)
    with transaction.atomic():
        end(person_id, now=now)
        SignInLink.objects.create(
            token_hash=vault.mac(token.reveal(), purpose=_PURPOSE),
            person_id=person_id,
            made_at=now,
            made_by=recovery_by,
            expires_at=now + life_s,
            is_local=is_local,
            is_recovery=bool(recovery_by),
        )


def peek(token: Secret, *, now: int) -> LinkRecord | None:
    """What the link would do; None when it is used, too old or unknown. Nothing is used up."""
    link = _fresh(token, now).select_related("person").first()
    return LinkRecord(link.person.email, link.expires_at, link.is_local, link.is_recovery) if link else None


def consume(token: Secret, *, now: int) -> Person | None:
    """The person to sign in, once; None when the link is used, too old or unknown."""
    fresh = _fresh(token, now)
    person = Person.objects.filter(sign_in_links__in=fresh).first()
    if person is None or not fresh.update(used_at=now):
        return None
    end(person.pk, now=now)
    return person


def end(person_id: int, *, now: int) -> int:
    """No link of that person works any more; gives how many did."""
    return SignInLink.objects.filter(person_id=person_id, used_at=None, expires_at__gt=now).update(used_at=now)


def last_recovery(person_id: int, *, since: int) -> Recovery | None:
    """The newest recovery link made since then, used or not; None when there is none."""
    made = SignInLink.objects.filter(person_id=person_id, is_recovery=True, made_at__gte=since)
    link = made.order_by("-made_at", "-pk").first()
    return Recovery(link.made_by, link.made_at) if link else None


def prune(*, now: int, recoveries_before: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` links that are over, recovery links not before their person was told; gives how many."""
    over = SignInLink.objects.filter(expires_at__lte=now)
    return rows.delete_some(over.filter(Q(is_recovery=False) | Q(made_at__lt=recoveries_before)), limit)


def _fresh(token: Secret, now: int) -> QuerySet[SignInLink]:
    hashes = vault.macs(token.reveal(), purpose=_PURPOSE)
    return SignInLink.objects.filter(token_hash__in=hashes, used_at=None, expires_at__gt=now, person__is_active=True)
