"""How the console is, in words for who administers it."""

from dataclasses import dataclass

from console.core.tokens.times import relative
from console.services.health import Condition

_RUN = "Start the console with manage.py serve or demo, which keep a worker, or run manage.py worker beside it."
_NEEDING = frozenset({"warning", "fail"})


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the console: `word` and `tone` of its chip, what is so, and what to do about it ("" for nothing)."""

    title: str
    word: str
    tone: str
    what: str
    do: str = ""


def parts_of(condition: Condition) -> list[PartView]:
    return [_serving(condition), _worker(condition), _tasks(condition), _mails(condition)]


def heading_of(parts: list[PartView]) -> str:
    """The answer: whether somebody is needed, and for what."""
    bad = [f"{part.title.lower()} {part.word}" for part in parts if part.tone in _NEEDING]
    return f"The console needs you: {', '.join(bad)}" if bad else "The console works by itself"


def _serving(condition: Condition) -> PartView:
    if condition.failing:
        what = f"This process cannot serve: {condition.failing}."
        return PartView("Serving", "not ready", "fail", what, "The log says more; the console's operator can mend it.")
    return PartView("Serving", "ready", "pass", "Key ring, database and migrations are as they should be.")


def _worker(condition: Condition) -> PartView:
    if condition.sentence:
        what = f"{condition.sentence[:1].upper()}{condition.sentence[1:]}."
        return PartView("Worker", "away", "fail", what, _RUN)
    if condition.queue.seen_at is None:
        return PartView(
            "Worker", "not seen", "warning", "No worker has been seen yet, and no task waits for one.", _RUN
        )
    return PartView("Worker", "there", "pass", f"Seen {relative(condition.queue.seen_at, condition.now)}.")


def _tasks(condition: Condition) -> PartView:
    queue = condition.queue
    if queue.failed:
        do = "The log has a line and a traceback for each. What they were about is tried again where it is still due."
        return PartView("Tasks", f"{queue.failed} failed", "warning", "So many failed within seven days.", do)
    waiting = f"{queue.waiting} waiting" if queue.waiting else "Nothing waits"
    return PartView("Tasks", "done", "pass", f"{waiting}; none failed within seven days.")


def _mails(condition: Condition) -> PartView:
    mails = condition.mails
    if not condition.has_mail and not mails.waiting:
        what = "No mail is sent: invitations and links are shown to who makes them, and nobody is reminded."
        return PartView("Mails", "not set up", "notice", what, "CONSOLE_EMAIL_URL on the server sets it up.")
    if not mails.waiting and not mails.given_up:
        return PartView("Mails", "sent", "pass", "No mail failed within seven days.")
    what = f"Waiting for another attempt: {mails.waiting}. Given up within seven days: {mails.given_up}. "
    do = (
        "Check CONSOLE_EMAIL_URL and the mail server. While mails fail, sign-in links are shown to the "
        "administrator who makes them, to be handed over."
    )
    return PartView("Mails", "failing", "fail", f"{what}The last failure: {mails.problem}.", do)
