"""The work budget of each person: who is over it is told when to come again, and no thread waits meanwhile.

Two limits. *At once*: places of this process, of which one person gets a part, so that another always finds one.
*In time*: buckets in the database, which all processes share.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from console.adapters import clock
from console.adapters.slots import KEY_READERS, OUTGOING, THINKERS, Slots
from console.core.actor import Actor
from console.core.budget import Work
from console.core.errors import Busy
from console.core.tokens.times import duration
from console.store import budgets

LONG_BYTES = 32 * 1024  # what is shorter costs too little to be counted
WHO = "You can do this."
COME_AGAIN_S = {OUTGOING: 5, KEY_READERS: 3, THINKERS: 2}


@contextmanager
def calling(actor: Actor, *, units: int = 1) -> Iterator[None]:
    """For whatever may leave the console, once for all its steps; raises Busy. What is sent is also kept."""
    with _place(actor, OUTGOING, "calls and token requests"):
        if not _took_with_room(actor, units):
            must_have_room(actor)
            _take(actor, Work.CALL, "sent as many calls and token requests", units=units)
        yield


@contextmanager
def reading_key_file(actor: Actor) -> Iterator[None]:
    """For opening an uploaded key file; raises Busy."""
    with _place(actor, KEY_READERS, "key files"):
        _take(actor, Work.KEY_FILE, "uploaded as many key files")
        yield


def thinking(actor: Actor, size_bytes: int) -> AbstractContextManager[None]:
    """For what computes on an input of that size; raises Busy. Short inputs pass freely."""
    return nullcontext() if size_bytes <= LONG_BYTES else _place(actor, THINKERS, "long texts")


def must_look_up(actor: Actor) -> None:
    """Before a name is looked up; raises Busy for who asked for too many that are nobody's."""
    if actor.user_id is None:
        return
    wait_s = budgets.seconds_until(actor.user_id, Work.LOOK_UP, now_us=clock.now_us())
    if wait_s:
        allowance = budgets.allowance_of(Work.LOOK_UP)
        raise Busy(
            f"You have asked for {allowance.burst} people and groups that are not here within an hour.",
            why="The limit keeps anybody from finding out who works here by trying names.",
            do=f"Try again in {duration(wait_s)}, or ask an administrator how the person or group is called here.",
            who="You or the console's administrator can do this.",
            wait_s=wait_s,
        )


def count_missed(actor: Actor) -> None:
    """Counts a name that nobody has."""
    if actor.user_id is not None:
        budgets.charge(actor.user_id, Work.LOOK_UP, now_us=clock.now_us(), units=1)


def may_write(actor: Actor, mails: int) -> bool:
    """Whether others get so many mails for what the actor did, which are counted then. Without them it is done all the
    same: what is new stands on their pages.
    """
    if actor.user_id is None or not mails:
        return True
    return not budgets.take(actor.user_id, Work.MAIL, now_us=clock.now_us(), units=mails)


def must_have_room(actor: Actor) -> None:
    """Raises Busy when the actor has kept as much within a day as one person may."""
    if actor.user_id is None:
        return
    allowance = budgets.allowance_of(Work.KEPT)
    wait_s = budgets.seconds_until(actor.user_id, Work.KEPT, now_us=clock.now_us())
    if wait_s:
        raise Busy(
            f"You have kept {allowance.burst // 1024**2} MB in this console within a day, as much as one person may.",
            why="The history, cases, profiles and APIs of everybody share one disk.",
            do=f"Come again in {duration(wait_s)}, or ask the console's administrator for a larger share.",
            who="You or the console's administrator can do this.",
            wait_s=wait_s,
        )


def must_have_spare(actor: Actor) -> None:
    """Before something that nobody waits for: raises Busy unless half of what the actor may call is left for them."""
    if actor.user_id is None:
        return
    half = max(1, budgets.allowance_of(Work.CALL).burst // 2)
    wait_s = budgets.seconds_until(actor.user_id, Work.CALL, now_us=clock.now_us(), units=half)
    if wait_s:
        raise Busy(
            "The person is calling just now.", why="Their own calls come first.", do="It is tried again.", wait_s=wait_s
        )


def keep(actor: Actor, size_bytes: int) -> None:
    """Before so many bytes are kept for the actor; raises Busy when there is no room left today."""
    must_have_room(actor)
    count_kept(actor, size_bytes)


def count_kept(actor: Actor, size_bytes: int) -> None:
    """Counts bytes that are kept in any case, because what they tell of was done already."""
    if actor.user_id is not None:
        budgets.charge(actor.user_id, Work.KEPT, now_us=clock.now_us(), units=size_bytes)


@contextmanager
def _place(actor: Actor, slots: Slots, what: str) -> Iterator[None]:
    with slots.hold(share_of(actor)) as is_held:
        if not is_held:
            wait_s = COME_AGAIN_S[slots]
            raise Busy(
                f"The console is busy with other {what} at this moment.",
                why=f"It works on {slots.each} of them at once for one person, and on {slots.total} for all.",
                do=f"Try again in {duration(wait_s)}; nothing was sent or stored.",
                who=WHO,
                wait_s=wait_s,
            )
        yield


def share_of(actor: Actor) -> str:
    """Whose part of the places it is."""
    return "" if actor.user_id is None else str(actor.user_id)


def _took_with_room(actor: Actor, units: int) -> bool:
    """Whether all was there and is taken; when not, each is asked by itself, and says what is missing."""
    if actor.user_id is None or not units:
        return False
    return budgets.take_with_room(actor.user_id, Work.CALL, now_us=clock.now_us(), units=units)


def _take(actor: Actor, work: Work, what: str, *, units: int = 1) -> None:
    if actor.user_id is None:
        return
    wait_s = budgets.take(actor.user_id, work, now_us=clock.now_us(), units=units) if units else 0
    if wait_s:
        raise Busy(
            f"You have {what} as one person may: {budgets.allowance_of(work).burst} within a minute.",
            why="The limit keeps the console, and the providers that it asks, free for others.",
            do=f"Try again in {duration(wait_s)}; nothing was sent or stored.",
            who=WHO,
            wait_s=wait_s,
        )
