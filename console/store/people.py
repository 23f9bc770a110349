"""People: accounts, their roles, and links that sign one in once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet

from console.core.actor import Actor, Role
from console.core.credential import Secret
from console.core.errors import NotFound
from console.models import Person, SignInLink
from console.store import rows

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

LINK_LIFE_S = 600


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One account as an administrator sees it."""

    id: int
    email: str
    display_name: str
    roles: frozenset[Role]
    is_active: bool


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A link that would still sign somebody in; `expires_at` is epoch seconds."""

    email: str
    expires_at: int
    is_local: bool


def actor_of(user: "Person | AnonymousUser") -> Actor | None:
    """Who asks; None when nobody signed in (only the system actor has no id, and no request is the system)."""
    if not isinstance(user, Person) or not user.is_active:
        return None
    return _to_actor(user)


def find(email: str) -> Actor | None:
    """The person with that address, compared without case; None when there is none or the account is closed."""
    person = Person.objects.filter(email=email.strip().lower()).first()
    return actor_of(person) if person else None


def create_person(email: str, *, display_name: str, roles: Iterable[Role], password: Secret | None, now: int) -> Actor:
    """A new account. Without password nobody can sign in to it until one is set; a sign-in link lets its owner in."""
    person = Person(email=email.strip().lower(), display_name=display_name, roles=_text(roles), created_at=now)
    person.set_password(password.reveal() if password else None)
    with transaction.atomic():
        person.save(force_insert=True)
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return _to_actor(person)


def set_roles(email: str, roles: Iterable[Role]) -> Actor | None:
    """Replaces the roles; None when there is no such person."""
    Person.objects.filter(email=email.strip().lower()).update(roles=_text(roles))
    return find(email)


def list_all() -> list[PersonRecord]:
    """By address. Callers have checked that the actor administers."""
    return [_to_record(person) for person in Person.objects.order_by("email")]


def get(person_id: int) -> Actor:
    """Also somebody whose account is closed; raises NotFound when there is no such person."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound("There is no such person.", do="Go back to the list of people.", who="You can do this.")
    return _to_actor(person)


def change(person_id: int, *, roles: Iterable[Role], is_active: bool) -> Actor | None:
    """Replaces roles and opens or closes the account; None when there is no such person."""
    found = Person.objects.filter(pk=person_id).update(roles=_text(roles), is_active=is_active)
    return get(person_id) if found else None


def create_link(actor: Actor, *, token: Secret, now: int, life_s: int = LINK_LIFE_S, is_local: bool = False) -> None:
    """Keeps a sign-in link for a person, as a hash. `is_local`: it works only from the console's own machine."""
    SignInLink.objects.create(
        token_hash=_hash(token),
        person_id=rows.owner_id(actor),
        expires_at=now + life_s,
        is_local=is_local,
    )


def peek_link(token: Secret, *, now: int) -> LinkRecord | None:
    """What the link would do; None when it is used, too old or unknown. Nothing is used up."""
    link = _fresh(token, now).select_related("person").first()
    return LinkRecord(link.person.email, link.expires_at, link.is_local) if link else None


def consume_link(token: Secret, *, now: int) -> Person | None:
    """The person to sign in, once; None when the link is used, too old or unknown."""
    if not _fresh(token, now).update(used_at=now):
        return None
    return SignInLink.objects.select_related("person").get(token_hash=_hash(token)).person


def prune_links(*, now: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` links that are over; gives how many."""
    return rows.delete_some(SignInLink.objects.filter(expires_at__lte=now), limit)


def _fresh(token: Secret, now: int) -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(token_hash=_hash(token), used_at=None, expires_at__gt=now, person__is_active=True)


def _to_actor(person: Person) -> Actor:
    return Actor(person.pk, person.email, _roles(person))


def _to_record(person: Person) -> PersonRecord:
    return PersonRecord(person.pk, person.email, person.display_name, _roles(person), person.is_active)


def _roles(person: Person) -> frozenset[Role]:
    return frozenset(Role(name) for name in person.roles.split())


def _text(roles: Iterable[Role]) -> str:
    return " ".join(sorted(Role(role).value for role in roles))


def _hash(token: Secret) -> str:
    return hashlib.sha256(token.reveal().encode("utf-8", "surrogatepass")).hexdigest()
