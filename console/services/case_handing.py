"""A case handed to a named person: a right on it, and a mail with the link, which opens nothing without the right."""

from typing import Any, Literal

from django.conf import settings

from console.adapters import clock
from console.core.access import SharedWith, ShareRecord
from console.core.actor import SYSTEM, Actor, Role
from console.core.audit.actions import Action
from console.core.cases.title import one_line
from console.core.errors import NotAllowed, NotFound
from console.core.held import Held
from console.services import budget, case_mails, mail, sharing
from console.store import audit, case_news, case_stands, people, shares

GivenRight = Literal["view", "use"]


def may_give(actor: Actor, held: Held[Any]) -> bool:
    """Who manages a case gives it; and support does, for the answer may be somebody else's to give."""
    return held.may("manage") or (held.may("use") and actor.has(Role.SUPPORT))


def may_be_given(actor: Actor, case_id: str) -> bool:
    """By the actor; raises NotFound for who may not use the case."""
    return may_give(actor, shares.access(actor, "case", case_id, "use", now=clock.now()).held)


def give(actor: Actor, case_id: str, who: str, *, right: GivenRight) -> str:
    """Lets the person of that address or name view the case, or answer in it; gives their address.

    They get a mail with the link, and the case is news to them; its owner sees who was let in. A right that is stronger
    already stays. Raises NotFound for who may not use the case, and NotAllowed, with words, for who may not give it and
    for a name that is nobody's, a group's or the owner's.
    """
    now = clock.now()
    asked = shares.access(actor, "case", case_id, "use", now=now).held
    if not may_give(actor, asked):
        raise NotFound("There is no such case for you to give.")
    subject = sharing.called(actor, who)
    if subject.person_id is None:
        raise NotAllowed(
            "This is a group.",
            why="A case is handed to one person, who gets a mail with the link.",
            do="Write a person's address. Who may manage the case can let a group in, under “Who may do what here”.",
            who="You can do this.",
        )
    address = people.get(subject.person_id).email
    with audit.together():
        stand = case_stands.hold(actor, case_id, "use", now=now).value
        if subject.person_id == stand.owner_id:
            raise NotAllowed("It is their own case.", why="Its owner opens it anyway.", do="Choose somebody else.")
        _let_in(case_id, SharedWith(subject.person_id, None, address), right)
        audit.append(
            actor,
            Action.CASE_GIVEN,
            object_kind="case",
            object_id=case_id,
            result="done",
            now=now,
            detail=f"{right} for {address}",
        )
        case_news.tell(case_id, {subject.person_id}, "new")
        case_news.tell(case_id, {stand.owner_id} - {actor.user_id}, "answered")
    link = f"{settings.CONSOLE_PUBLIC_URL}/cases/{case_id}/"
    title = f"#{stand.number} {one_line(stand.title)}"
    does = "answer in it" if right == "use" else "read it"
    if budget.may_write(actor, 1):
        mail.write(address, title, f"{actor.email} hands a case to you, to {does}.", title, link, _NOT_SIGNED_IN)
    case_mails.to_owner(actor, stand, f"{actor.email} handed a case of yours to {address}.")
    return address


_NOT_SIGNED_IN = "The link opens for you when you are signed in, and for nobody else."


def _let_in(case_id: str, subject: SharedWith, right: GivenRight) -> None:
    """As the console, for who works on a case need not manage it; a stronger right stays."""
    before = next((one for one in _given(case_id) if one.subject.person_id == subject.person_id), None)
    if before is None or (before.right == "view" and right == "use"):
        shares.put(SYSTEM, "case", case_id, subject, right=right, now=clock.now())


def _given(case_id: str) -> tuple[ShareRecord, ...]:
    return shares.access(SYSTEM, "case", case_id, now=clock.now()).shares
