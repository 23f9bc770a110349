"""The calendar of what ends, at an address of its own: made, taken back, read by whoever has the address."""

from dataclasses import dataclass, replace

from django.conf import settings

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.credential import Secret
from console.core.ending import Ending
from console.core.errors import Busy
from console.services import endings
from console.store import audit, calendar_feeds, people, sign_in_tries
from console.store.calendar_feeds import FeedRecord
from console.store.sign_in_tries import Limit

WRONG = Limit(free=30, first_wait_s=60, longest_wait_s=900)  # wrong addresses from one network


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """What somebody's calendar program is given; `console` is the console's address."""

    endings: tuple[Ending, ...]
    console: str


def of_actor(actor: Actor) -> FeedRecord | None:
    """The actor's address without its token, which nobody can be shown again; None without one."""
    return calendar_feeds.of_person(actor)


def make(actor: Actor) -> str:
    """A new address, shown now and kept only as an HMAC; the one before opens nothing from now on."""
    token = random.token()
    with audit.together():
        calendar_feeds.put(actor, token=Secret(token), now=clock.now())
        _record(actor, Action.CALENDAR_MADE)
    return f"{settings.CONSOLE_PUBLIC_URL}/ends/calendar/{token}.ics"


def take_back(actor: Actor) -> bool:
    """Whether there was one to take back."""
    with audit.together():
        is_taken = calendar_feeds.take_back(actor)
        if is_taken:
            _record(actor, Action.CALENDAR_REVOKED)
    return is_taken


def read(token: str, *, address: str) -> ReadCalendar | None:
    """What the address gives; None when it is nobody's, taken back, or the account is closed.

    `address` is the reader's: from one network only so many wrong ones are looked at, Busy then says how long to wait.
    A right one is answered in any case: many people's calendars come from one network of a calendar service.
    """
    found = calendar_feeds.find(Secret(token))
    if found is None:
        _count_wrong(address)
        return None
    actor, now = replace(people.get(found.person_id), address=address), clock.now()
    with audit.together():
        if calendar_feeds.note_reading(found.person_id, now=now):
            _record(actor, Action.CALENDAR_READ)
    dated = tuple(one for one in endings.of_actor(actor) if one.ends_at is not None)
    return ReadCalendar(dated, settings.CONSOLE_PUBLIC_URL)


def _count_wrong(address: str) -> None:
    wait_s = sign_in_tries.attempt({f"calendar from network {address}": WRONG}, now=clock.now())
    if wait_s > 0:
        raise Busy(
            "Too many calendar addresses that lead nowhere were asked for.",
            why="They came from your network.",
            do="Take the old address out of your calendar program, and wait a little.",
            who="You can do this.",
            wait_s=wait_s,
        )


def _record(actor: Actor, action: Action) -> None:
    audit.append(actor, action, object_kind="person", object_id=people.label(actor), result="done", now=clock.now())
