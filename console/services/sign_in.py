"""Signing in: links that work once, and the trace that every sign-in leaves."""

from dataclasses import dataclass

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound
from console.models import Person
from console.services import mail
from console.store import audit, people, sign_in_links
from console.store.sign_in_links import Recovery

TOLD_FOR_S = 30 * 86_400


@dataclass(frozen=True, slots=True)
class Link:
    """A link that would still sign somebody in, for `life_s` more seconds."""

    email: str
    life_s: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """Whom a link signs in; `must_choose` when they had lost their way in and choose a new one now."""

    person: Person
    must_choose: bool


def new_link(actor: Actor, *, life_s: int = sign_in_links.LIFE_S, is_local: bool = False, recovery_by: str = "") -> str:
    """The token of a link that signs a person in once; it is shown now and kept only as an HMAC. Older ones end."""
    token = random.token()
    sign_in_links.create(
        actor, token=Secret(token), now=clock.now(), life_s=life_s, is_local=is_local, recovery_by=recovery_by
    )
    return token


def peek_link(token: str, *, is_same_machine: bool) -> Link | None:
    """What a link would do; None when it is used or too old. Raises NotAllowed for the demo's link from elsewhere."""
    now = clock.now()
    found = sign_in_links.peek(Secret(token), now=now)
    if found is None:
        return None
    if found.is_local and not is_same_machine:
        raise NotAllowed(
            "This sign-in link works only on the machine that the demo runs on.",
            why="It is printed for the person who started the demo.",
            do="Open it in a browser on that machine, or sign in with a password.",
            who="You can do this.",
        )
    return Link(found.email, found.expires_at - now)


def use_link(token: str, *, is_same_machine: bool) -> Arrival:
    """The person to sign in; all links of theirs are used up. Raises NotFound when this one was before."""
    usable = peek_link(token, is_same_machine=is_same_machine)
    found = sign_in_links.peek(Secret(token), now=clock.now()) if usable else None
    person = sign_in_links.consume(Secret(token), now=clock.now()) if found else None
    if person is None or found is None:
        raise NotFound(
            "This sign-in link does not work any more.",
            why="A link works once and for a short time; this one was used, is too old, or a newer one replaced it.",
            do="Ask for a new link, or sign in another way.",
            who="The console's administrator can make a new link.",
        )
    return Arrival(person, must_choose=found.is_recovery)


def end_links(person_id: int) -> None:
    """After a new password, other roles, a closed account: no link of that person works any more."""
    sign_in_links.end(person_id, now=clock.now())


def recovery_to_tell(actor: Actor) -> Recovery | None:
    """That an administrator made a link for this person in the last 30 days; told at each sign-in."""
    if actor.user_id is None:
        return None
    return sign_in_links.last_recovery(actor.user_id, since=clock.now() - TOLD_FOR_S)


def record(actor: Actor, action: Action, *, result: str, address: str, detail: str = "") -> None:
    """Adds what happened to an account to the audit trail, under the person's number and the address of that moment."""
    audit.append(
        actor,
        action,
        object_kind="account",
        object_id=people.label(actor),
        result=result,
        address=address,
        detail=detail,
        now=clock.now(),
    )


def changed(actor: Actor, action: Action, what: str, *, address: str) -> None:
    """Something about how this person signs in changed: recorded, and told to their address."""
    record(actor, action, result="done", address=address, detail=what)
    mail.tell(actor.email, f"{what} This came from the address {address}.")
