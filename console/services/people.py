"""Who works here: invite, roles, addresses. For administrators."""

from dataclasses import dataclass

from django.conf import settings

from console.adapters import clock
from console.core.actor import SYSTEM, Actor, Role
from console.core.audit.actions import Action
from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound
from console.services import mail, sign_in
from console.store import audit, people, ways_in
from console.store.people import PersonRecord

INVITATION_LIFE_S = 86_400


@dataclass(frozen=True, slots=True)
class Handed:
    """A sign-in link on its way: `link` is "" when it was mailed to `email`, else the administrator hands it over."""

    email: str
    link: str
    is_recovery: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """The address has an account already; `closed_id` names it when it is closed and can be opened again."""

    closed_id: int | None


def list_people(actor: Actor) -> list[PersonRecord]:
    must_administer(actor)
    return people.list_all()


def open_person(actor: Actor, person_id: int) -> PersonRecord:
    """Raises NotFound when there is no such person, and for who does not administer."""
    must_administer(actor)
    return people.record(person_id)


def invite(actor: Actor, email: str, *, roles: frozenset[Role]) -> Handed | Taken:
    """A new account, and the single-use link that signs its owner in."""
    must_administer(actor)
    if (closed_id := people.closed(email)) is not None or people.find(email) is not None:
        return Taken(closed_id)
    person = people.create_person(email, display_name="", roles=roles, password=None, now=clock.now())
    _note(actor, Action.PERSON_INVITED, person, f"roles {_words(roles)}")
    return _hand(actor, person, is_recovery=False)


def new_link(actor: Actor, person_id: int) -> Handed:
    """A link for somebody who lost the first one, or their way in.

    For who signed in before, the link goes to them by mail. Where no mail is set up the administrator hands it over,
    and the person is told at each sign-in for a month. Raises NotAllowed for a closed account.
    """
    must_administer(actor)
    found = people.record(person_id)
    if not found.is_active:
        raise NotAllowed(
            "There are no sign-in links for a closed account.",
            why="Nobody could sign in with one.",
            do="Open the account first, then make the link.",
            who="You can do this.",
        )
    return _hand(actor, Actor(found.id, found.email, found.roles), is_recovery=found.has_signed_in)


def set_roles(actor: Actor, person_id: int, *, roles: frozenset[Role], is_active: bool) -> None:
    """Replaces roles and opens or closes the account; the last administrator stays one."""
    must_administer(actor)
    if person_id == actor.user_id and (Role.ADMIN not in roles or not is_active):
        raise NotAllowed(
            "You cannot take the administrator's role from yourself.",
            why="A console without an administrator cannot be mended from inside.",
            do="Ask another administrator to do it.",
            who="Another administrator can do this.",
        )
    before = people.record(person_id)
    person = people.change(person_id, roles=roles, is_active=is_active)
    if person is None:
        raise NotFound("There is no such person.")
    changes = _changes(before, roles=roles, is_active=is_active)
    for action, what in changes:
        _note(actor, action, person, what)
    if changes:
        sign_in.end_links(person_id)
        mail.tell(before.email, f"{actor.email} changed it: " + "; ".join(what for _, what in changes) + ".")


def change_address(actor: Actor, person_id: int, email: str) -> None:
    """Another address to sign in with; told to the old one. Raises Stale when somebody else has it."""
    must_administer(actor)
    before = people.record(person_id)
    person = people.change_address(person_id, email)
    if person.email == before.email:
        return
    sign_in.end_links(person_id)
    what = f"from {before.email} to {person.email}"
    _note(actor, Action.ADDRESS_CHANGED, person, what)
    mail.tell(before.email, f"{actor.email} changed its address {what}. From now on you sign in with the new one.")


def from_server(email: str, *, name: str, roles: frozenset[Role]) -> str:
    """For whoever runs the server: an account with these roles, new or not, and the token of a link into it."""
    found = people.find(email)
    if found is None:
        person = people.create_person(email, display_name=name, roles=roles, password=None, now=clock.now())
        _note(SYSTEM, Action.PERSON_INVITED, person, f"roles {_words(roles)}")
    else:
        person = found
        set_roles(SYSTEM, found.user_id or 0, roles=roles, is_active=True)
    has_signed_in = people.record(person.user_id or 0).has_signed_in
    by = "whoever runs the server" if has_signed_in else ""
    _note(SYSTEM, Action.LINK_MADE, person, "printed on the server")
    return sign_in.new_link(person, life_s=INVITATION_LIFE_S, recovery_by=by)


def set_password(email: str, password: Secret) -> bool:
    """For whoever runs the server: another password for an open account. Its sign-in links and sessions end, and its
    person is told. False when there is no such account."""
    person = people.find(email)
    if person is None or person.user_id is None:
        return False
    with audit.together():
        people.set_password(person.user_id, password)
        sign_in.end_links(person.user_id)
        _note(SYSTEM, Action.PASSWORD_SET, person, "by whoever runs the server")
    mail.tell(person.email, "Whoever runs the server set a new password; you are signed out everywhere.")
    return True


def remove_second_step(email: str) -> list[str] | None:
    """For whoever runs the server: all that an open account has for a second step goes, for a person who lost it. Its
    sign-in links end, and its person is told. What was removed, in words, [] for nothing; None when there is no such
    account."""
    person = people.find(email)
    if person is None or person.user_id is None:
        return None
    with audit.together():
        removed = ways_in.remove_second_step(person.user_id)
        if not removed:
            return []
        sign_in.end_links(person.user_id)
        what = ", ".join(removed)
        _note(SYSTEM, Action.AUTHENTICATOR_REMOVED, person, f"{what}, by whoever runs the server")
    mail.tell(person.email, f"Whoever runs the server removed its second step: {what}. Set up a new one.")
    return removed


def _changes(before: PersonRecord, *, roles: frozenset[Role], is_active: bool) -> list[tuple[Action, str]]:
    changes: list[tuple[Action, str]] = []
    if roles != before.roles:
        changes.append((Action.ROLES_CHANGED, f"roles from {_words(before.roles)} to {_words(roles)}"))
    if is_active != before.is_active:
        action = Action.ACCOUNT_OPENED if is_active else Action.ACCOUNT_CLOSED
        changes.append((action, "the account was opened again" if is_active else "the account was closed"))
    return changes


def _words(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(role.value for role in roles)) or "none"


def _hand(actor: Actor, person: Actor, *, is_recovery: bool) -> Handed:
    """Makes the link and mails it; where that is not possible, gives it back to be handed over."""
    token = sign_in.new_link(person, life_s=INVITATION_LIFE_S, recovery_by=actor.email if is_recovery else "")
    link = f"{settings.CONSOLE_PUBLIC_URL}/sign-in/{token}/"
    is_mailed = _mail_link(actor, person, link, is_recovery=is_recovery)
    way = "mailed to the person" if is_mailed else "shown to the administrator"
    kind = "a new way to sign in" if is_recovery else "an invitation"
    _note(actor, Action.LINK_MADE, person, f"{kind}, {way}")
    return Handed(person.email, "" if is_mailed else link, is_recovery)


def _mail_link(actor: Actor, person: Actor, link: str, *, is_recovery: bool) -> bool:
    """Whether it is on its way to the person. While mails fail none is tried: the link would not arrive."""
    if mail.is_failing():
        return False
    life = "It works once, within a day; then you choose a passkey or a password."
    if is_recovery:
        what = f"{actor.email} sent you this link, with which you choose a new way to sign in:"
        return mail.write(person.email, "A new way to sign in", what, link, life, "Do not pass it on.")
    what = f"{actor.email} invited you to the Token Console, where OAuth tokens and calls to APIs are explained:"
    return mail.write(person.email, "You are invited", what, link, life, "Do not pass it on.")


def _note(actor: Actor, action: Action, person: Actor, detail: str) -> None:
    audit.append(
        actor,
        action,
        object_kind="person",
        object_id=people.label(person),
        result="done",
        detail=detail,
        now=clock.now(),
    )


def must_administer(actor: Actor) -> None:
    """Raises NotFound for everybody else."""
    if not actor.has(Role.ADMIN):
        raise NotFound("There is no such page for you.")
