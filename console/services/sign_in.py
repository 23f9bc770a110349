"""Signing in: links that work once, and the trace that every sign-in leaves."""

from dataclasses import dataclass
from typing import Any

from console.adapters import clock, discovery, random
from console.core.actor import Actor
from console.core.audit_actions import Action
from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound, Unavailable
from console.models import Person
from console.services import wiring
from console.store import audit, people


@dataclass(frozen=True, slots=True)
class Link:
    """A link that would still sign somebody in, for `life_s` more seconds."""

    email: str
    life_s: int


def new_link(actor: Actor, *, life_s: int = people.LINK_LIFE_S, is_local: bool = False) -> str:
    """The token of a link that signs a person in once; it is shown now and kept only as a hash."""
    token = random.token()
    people.create_link(actor, token=Secret(token), now=clock.now(), life_s=life_s, is_local=is_local)
    return token


def peek_link(token: str, *, is_same_machine: bool) -> Link | None:
    """What a link would do; None when it is used or too old. Raises NotAllowed for the demo's link from elsewhere."""
    now = clock.now()
    found = people.peek_link(Secret(token), now=now)
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


def use_link(token: str, *, is_same_machine: bool) -> Person:
    """The person to sign in; the link is used up. Raises NotFound when it was before."""
    usable = peek_link(token, is_same_machine=is_same_machine)
    person = people.consume_link(Secret(token), now=clock.now()) if usable else None
    if person is None:
        raise NotFound(
            "This sign-in link does not work any more.",
            why="A link works once and for a short time; this one was used, or is too old.",
            do="Ask for a new link, or sign in with your password.",
            who="The console's administrator can make a new link.",
        )
    return person


def record(actor: Actor, action: Action, *, result: str, address: str) -> None:
    """Adds a sign-in, sign-out or failed sign-in to the audit trail."""
    audit.append(
        actor,
        action,
        object_kind="account",
        object_id=actor.email,
        result=result,
        address=address,
        now=clock.now(),
    )


def company_metadata(url: str) -> dict[str, Any]:
    """The discovery document of the company's provider, through the guard; raises Unavailable with the reason."""
    found = discovery.fetch_metadata(url, wiring.outside())
    if found.value is None or not (found.value.authorization_endpoint and found.value.token_endpoint):
        raise Unavailable(
            "The company's sign-in could not be asked.",
            why=found.problem or "Its discovery document lacks the endpoints that sign-in needs.",
            do="Sign in with your password, or try again later.",
            who="The console's administrator can check CONSOLE_OIDC_ISSUER and CONSOLE_EGRESS_ALLOW.",
        )
    return found.value.body
