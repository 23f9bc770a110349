"""People: accounts and their roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from console.core.actor import Actor, Role
from console.core.credential import Secret
from console.core.errors import NotFound, Stale
from console.models import GroupMember, Person
from console.store.joined import Joined

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One account as an administrator sees it."""

    id: int
    email: str
    display_name: str
    roles: frozenset[Role]
    is_active: bool
    has_signed_in: bool = True


def actor_of(user: "Person | AnonymousUser") -> Actor | None:
    """Who asks; None when nobody signed in (only the system actor has no id, and no request is the system)."""
    if not isinstance(user, Person) or not user.is_active:
        return None
    return _to_actor(user)


def of_session(person_id: int | str) -> Person | None:
    """Who a session belongs to, with their groups in the same query; None when there is no such person."""
    return next(iter(Person.objects.raw(_session_statement(), [person_id])), None)


@lru_cache(maxsize=1)
def _session_statement() -> str:
    """The query as SQL, composed once: every page asks it, and composing it takes longer than the answer."""
    statement, _ = _with_groups().filter(pk=0).query.sql_with_params()
    return statement


def label(person: Actor) -> str:
    """How the audit trail names somebody: the number stays when the address changes hands."""
    return f"#{person.user_id} {person.email}"


def find(email: str) -> Actor | None:
    """The person with that address, compared without case; None when there is none or the account is closed."""
    person = _with_groups().filter(email=email.strip().lower()).first()
    return actor_of(person) if person else None


def called(text: str) -> list[Actor]:
    """The open account with that address; else those whose person's whole name it is, in whatever case, two at most."""
    found = _with_groups().filter(is_active=True)
    by_address = found.filter(email=text.strip().lower()).first()
    if by_address is not None:
        return [_to_actor(by_address)]
    return [_to_actor(one) for one in found.filter(display_name__iexact=text.strip()).order_by("pk")[:2]]


def name_of(person: Person | None) -> str:
    """How a person is named on pages: by the name they gave, else by the address; "" for nobody."""
    return (person.display_name or person.email) if person else ""


def create_person(email: str, *, display_name: str, roles: Iterable[Role], password: Secret | None, now: int) -> Actor:
    """A new account. Without password nobody can sign in to it until one is set; a sign-in link lets its owner in."""
    person = Person(email=email.strip().lower(), display_name=display_name, roles=_text(roles), created_at=now)
    person.set_password(password.reveal() if password else None)
    with transaction.atomic():
        person.save(force_insert=True)
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return _to_actor(person)


def list_all() -> list[PersonRecord]:
    """By address. Callers have checked that the actor administers."""
    return [_to_record(person) for person in Person.objects.order_by("email")]


def record(person_id: int) -> PersonRecord:
    """Also somebody whose account is closed; raises NotFound when there is no such person."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise _nobody()
    return _to_record(person)


def get(person_id: int) -> Actor:
    """Also somebody whose account is closed; raises NotFound when there is no such person."""
    person = _with_groups().filter(pk=person_id).first()
    if person is None:
        raise _nobody()
    return _to_actor(person)


def with_account(person_id: int) -> Actor | None:
    """That person with their groups; None when there is no such person, or the account is closed."""
    person = _with_groups().filter(pk=person_id).first()
    return actor_of(person) if person else None


def change(person_id: int, *, roles: Iterable[Role], is_active: bool) -> Actor | None:
    """Replaces roles and opens or closes the account; None when there is no such person."""
    found = Person.objects.filter(pk=person_id).update(roles=_text(roles), is_active=is_active)
    return get(person_id) if found else None


def set_password(person_id: int, password: Secret) -> None:
    """Another password; sessions that were begun with the old one end. Raises NotFound when there is no such person."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound("There is no such person.")
    person.set_password(password.reveal())
    person.save(update_fields=["password"])


def change_address(person_id: int, email: str) -> Actor:
    """Another address to sign in with and to write to; raises NotFound, and Stale when somebody else has it."""
    new = email.strip().lower()
    if Person.objects.filter(email=new).exclude(pk=person_id).exists():
        raise Stale("Somebody with this e-mail address is here already.")
    with transaction.atomic():
        if not Person.objects.filter(pk=person_id).update(email=new):
            raise NotFound("There is no such person.")
        EmailAddress.objects.filter(user_id=person_id).delete()
        EmailAddress.objects.create(user_id=person_id, email=new, primary=True, verified=True)
    return get(person_id)


def closed(email: str) -> int | None:
    """The id of the closed account with that address; None when there is none."""
    return Person.objects.filter(email=email.strip().lower(), is_active=False).values_list("pk", flat=True).first()


def _nobody() -> NotFound:
    return NotFound("There is no such person.", do="Go back to the list of people.", who="You can do this.")


def _with_groups() -> QuerySet[Person]:
    """People, each with the ids of their groups in the same query."""
    memberships = GroupMember.objects.filter(person_id=OuterRef("pk")).order_by().values("person_id")
    return Person.objects.annotate(group_ids=Subquery(memberships.annotate(ids=Joined("group_id")).values("ids")))


def _groups(person: Person) -> frozenset[str]:
    """Also of a person that came without them, as one who has just signed in does."""
    if hasattr(person, "group_ids"):
        found: Iterable[object] = (person.group_ids or "").split()
    else:
        found = GroupMember.objects.filter(person_id=person.pk).values_list("group_id", flat=True)
    return frozenset(str(UUID(str(one))) for one in found)


def _to_actor(person: Person) -> Actor:
    return Actor(person.pk, person.email, _roles(person), _groups(person))


def _to_record(person: Person) -> PersonRecord:
    return PersonRecord(
        person.pk, person.email, person.display_name, _roles(person), person.is_active, person.last_login is not None
    )


def _roles(person: Person) -> frozenset[Role]:
    return frozenset(Role(name) for name in person.roles.split())


def _text(roles: Iterable[Role]) -> str:
    return " ".join(sorted(Role(role).value for role in roles))
