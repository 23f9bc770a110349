"""Whether this process can serve: key ring, database, migrations. And whether somebody does the tasks."""

import logging
from dataclasses import dataclass

from django.db import DatabaseError

from console.adapters import clock
from console.core.actor import Actor
from console.core.errors import Misconfigured
from console.core.tokens.times import duration
from console.services import mail, people
from console.store import condition, mails, task_rows, vault
from console.store.mails import MailsLeft
from console.store.task_rows import TaskQueue

LOST_S = 180  # a worker says each twenty seconds that it is there, between two tasks
WAITED_S = 300  # a task that waits as long waits for a worker that is not there
LOOKED_BACK_S = 7 * 86_400

logger = logging.getLogger("console.health")


def failing_part() -> str:
    """What keeps the console from serving, in a word or two for a probe; "" when it is ready."""
    try:
        vault.key_ring()
    except Misconfigured:
        return "key ring"
    if not condition.is_migrated():
        return "migrations" if condition.answers() else "database"
    if not condition.beat(now=clock.now()):
        return "database cannot be written"
    why = vault.ring_problem()
    if why:
        logger.error("not ready: %s", why)
    return "key ring of another database" if why else ""


@dataclass(frozen=True, slots=True)
class Condition:
    """How the console is, as an administrator sees it. `failing` is a word or two, "" when it can serve; `has_mail`:
    mail is set up.
    """

    failing: str
    queue: TaskQueue
    mails: MailsLeft
    has_mail: bool
    sentence: str
    now: int


def of_console(actor: Actor) -> Condition:
    """Raises NotFound for who does not administer."""
    people.must_administer(actor)
    now = clock.now()
    queue = task_rows.queue(since=now - LOOKED_BACK_S)
    left = mails.left(since=now - LOOKED_BACK_S)
    return Condition(failing_part(), queue, left, mail.is_set_up(), _idle(queue, now), now)


def nobody_works() -> str:
    """That tasks wait and no worker does them, in a sentence; "" when all is well."""
    now = clock.now()
    try:
        return _idle(task_rows.queue(since=now), now)
    except DatabaseError:
        return ""


def _idle(queue: TaskQueue, now: int) -> str:
    has_waited = queue.oldest_at is not None and queue.oldest_at < now - WAITED_S
    if queue.seen_at is not None and queue.seen_at < now - LOST_S:
        return f"no worker has been seen for {duration(now - queue.seen_at)}, {queue.waiting} tasks wait"
    if has_waited:
        return f"{queue.waiting} tasks wait, and no worker does them"
    return ""
