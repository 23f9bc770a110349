"""Mails to people about what ends soon: 30, 14, 7 and 1 days before, each once, all of a day in one mail."""

import logging

from django.conf import settings

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.ending import (
    DAY_S,
    STEPS,
    Ending,
    EndKind,
    day_words,
    due_step,
    left_words,
    what_to_do,
)
from console.core.errors import Refusal
from console.services import endings, mail, tasks
from console.store import audit, leases, people, reminders
from console.store.reminders import Reminded

LEASE = "reminders"
LOOK_EVERY_S = 3_600
FROM_S = 6 * 3_600  # into the day: nobody is woken by a mail at midnight
logger = logging.getLogger("console.reminders")
INTRODUCTION = "This ends soon, and you can renew it:"


def wake_due(now: int) -> int:
    """Enqueues a look, once an hour from the morning on (UTC), where something ends within a month; gives how many."""
    if now % DAY_S < FROM_S or not mail.is_set_up() or leases.is_held(LEASE, now=now):
        return 0
    return int(bool(_asked(now)) and tasks.wake(remind))


@tasks.work
def remind(_: str) -> None:
    """One look, unless another worker makes it."""
    now = clock.now()
    if leases.acquire(LEASE, holder=random.new_id(), now=now, until=now + LOOK_EVERY_S):
        send_due(now)


def send_due(now: int) -> int:
    """Writes to everybody who has something to renew and was not told today; gives how many mails were handed over.

    Whoever ran this last, and however long ago, each person is told the nearest step alone. A mail that could not be
    handed over is tried again with the next run. Nothing happens where no mail is set up.
    """
    if not mail.is_set_up():
        return 0
    return sum(_try(person_id, now) for person_id in _asked(now))


def _try(person_id: int, now: int) -> bool:
    """What is wrong with one person's profiles keeps nobody else from being told."""
    try:
        return _remind(person_id, now)
    except Refusal as refused:
        logger.error("a person could not be reminded: %s", type(refused).__name__)
        return False


def _asked(now: int) -> list[int]:
    day = now // DAY_S
    return reminders.people_to_ask(after=now, until=(day + max(STEPS) + 1) * DAY_S - 1, day=day)


def _remind(person_id: int, now: int) -> bool:
    """By the rights that the person has now: of what they cannot manage any more they hear nothing."""
    actor, day = people.get(person_id), now // DAY_S
    due = {told: one for one in endings.of_actor(actor) if one.may_renew and (told := _due(one, now)) is not None}
    with audit.together():  # the mail waits in the database, so that it is kept with what it tells of
        new = [due[one] for one in reminders.claim(person_id, due, day=day)]
        if new and not mail.write(actor.email, _subject(new, now), *_texts(new, now)):
            reminders.give_back(person_id, day=day)
            return False
    return bool(new)


def _due(one: Ending, now: int) -> Reminded | None:
    if one.ends_at is None:
        return None
    is_token = one.kind is EndKind.REFRESH_TOKEN and one.dated_at is not None
    step = due_step(one.ends_at, now, life_s=one.ends_at - (one.dated_at or 0) if is_token else None)
    return Reminded(one.kind, one.of_id, one.ends_at, step) if step is not None else None


def _subject(due: list[Ending], now: int) -> str:
    """Without names: a subject is read on screens that others see."""
    if len(due) == 1:
        return f"A {due[0].kind.value} {left_words(due[0].ends_at or 0, now)}"
    return f"{len(due)} things end soon, the first {left_words(due[0].ends_at or 0, now).removeprefix('ends ')}"


def _texts(due: list[Ending], now: int) -> list[str]:
    """What a mail says: no secret, no client id, and links that are good for nobody but who may open them."""
    more = f"All that ends, a calendar to subscribe to, and the switch for these mails: {_address('/ends/')}"
    return [INTRODUCTION, *(_text(one, now) for one in due), more]


def _text(one: Ending, now: int) -> str:
    end = one.ends_at or 0
    kind = f"{one.kind.value[:1].upper()}{one.kind.value[1:]}"
    what = f"{kind} of {one.name} {left_words(end, now)}, on {day_words(end)}."
    return f"{what}\n{what_to_do(one.kind, one.provider)}\n{_address(one.path)}"


def _address(path: str) -> str:
    return f"{settings.CONSOLE_PUBLIC_URL}{path}"


def are_on(actor: Actor) -> bool:
    """Whether the actor is reminded by mail."""
    return reminders.wants(actor)


def switch(actor: Actor, *, is_on: bool) -> None:
    """Whether the actor is reminded by mail from now on."""
    with audit.together():
        if not reminders.switch(actor, is_on=is_on):
            return
        audit.append(
            actor,
            Action.REMINDERS_SWITCHED,
            object_kind="person",
            object_id=people.label(actor),
            result="done",
            now=clock.now(),
            detail="on" if is_on else "off",
        )
