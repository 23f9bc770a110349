"""Who works here: invite, roles, the audit trail. For administrators."""

from django.conf import settings

from console.adapters import clock
from console.core.actor import Actor, Role
from console.core.audit_actions import Action
from console.core.errors import NotAllowed, NotFound
from console.services import sign_in
from console.store import audit, people
from console.store.audit import AuditRecord
from console.store.people import PersonRecord

INVITATION_LIFE_S = 86_400


def list_people(actor: Actor) -> list[PersonRecord]:
    _must_administer(actor)
    return people.list_all()


def invite(actor: Actor, email: str, *, roles: frozenset[Role]) -> str | None:
    """A new account and the single-use link that signs its owner in; None when the address is taken."""
    _must_administer(actor)
    if people.find(email) is not None:
        return None
    person = people.create_person(email, display_name="", roles=roles, password=None, now=clock.now())
    audit.append(
        actor, Action.PERSON_INVITED, object_kind="person", object_id=person.email, result="done", now=clock.now()
    )
    return _link(person)


def new_link(actor: Actor, person_id: int) -> str:
    """Another single-use link, for somebody who lost the first or the password."""
    _must_administer(actor)
    person = people.get(person_id)
    audit.append(actor, Action.LINK_MADE, object_kind="person", object_id=person.email, result="done", now=clock.now())
    return _link(person)


def set_roles(actor: Actor, person_id: int, *, roles: frozenset[Role], is_active: bool) -> None:
    """Replaces roles and opens or closes the account; the last administrator stays one."""
    _must_administer(actor)
    if person_id == actor.user_id and (Role.ADMIN not in roles or not is_active):
        raise NotAllowed(
            "You cannot take the administrator's role from yourself.",
            why="A console without an administrator cannot be mended from inside.",
            do="Ask another administrator to do it.",
            who="Another administrator can do this.",
        )
    person = people.change(person_id, roles=roles, is_active=is_active)
    if person is None:
        raise NotFound("There is no such person.")
    audit.append(
        actor, Action.ROLES_CHANGED, object_kind="person", object_id=person.email, result="done", now=clock.now()
    )


def audit_trail(actor: Actor, *, limit: int = 200) -> list[AuditRecord]:
    _must_administer(actor)
    return audit.recent(limit=limit)


def _link(person: Actor) -> str:
    token = sign_in.new_link(person, life_s=INVITATION_LIFE_S)
    return f"{settings.CONSOLE_PUBLIC_URL}/sign-in/{token}/"


def _must_administer(actor: Actor) -> None:
    if not actor.has(Role.ADMIN):
        raise NotFound("There is no such page for you.")
