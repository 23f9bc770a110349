"""E-mail, where it is set up: short plain texts, to the address that is in force.

A mail is a row first, kept with whatever it tells of, and a task sends it: no page waits for a mail server. A failure
is tried again a few times; then the text is gone, and the page about the console's condition tells of it.
"""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from console.adapters import clock, random
from console.core.errors import Misconfigured
from console.services import tasks
from console.store import mails
from console.store.mails import MailText

DUMMY = "django.core.mail.backends.dummy.EmailBackend"
TERMINAL = "django.core.mail.backends.console.EmailBackend"
CLAIMED_S = 120  # far longer than a mail server is waited for (EMAIL_TIMEOUT, for each of its answers)
PAUSES_S = (60, 300, 900, 3_600)  # after the first failure, the second ...

logger = logging.getLogger("console.mail")


def is_set_up() -> bool:
    """Whether a mail would reach somebody. To the terminal only in the demo, or while this program is worked on."""
    if settings.EMAIL_BACKEND == TERMINAL:
        return bool(settings.CONSOLE_DEMO or settings.DEBUG)
    return bool(settings.EMAIL_BACKEND != DUMMY)


def send(message: EmailMessage) -> bool:
    """Whether the mail is on its way: recipients, subject and text, nothing else of it.

    False where none is set up, and where it is known at once that it failed: then nothing of it is left.
    """
    if not is_set_up():
        return False
    mail_id = random.new_id()
    subject = " ".join(str(message.subject).split())
    mails.add(mail_id, MailText(tuple(message.to), subject, str(message.body)), now=clock.now())
    tasks.wake(deliver, mail_id)
    if not mails.has_failed(mail_id):
        return True
    mails.sent(mail_id)
    return False


def is_failing() -> bool:
    """Whether mails fail at present: one waits for another attempt, or was given up within the hour."""
    return mails.is_failing(since=clock.now() - PAUSES_S[-1])


def write(to: str, subject: str, *paragraphs: str) -> bool:
    """A mail of the console; whether it is on its way."""
    footer = f"Token Console, {settings.CONSOLE_PUBLIC_URL}/"
    body = "\n\n".join((*paragraphs, footer)) + "\n"
    return send(EmailMessage(subject=f"[Token Console] {subject}", body=body, to=[to]))


def tell(to: str, what: str) -> bool:
    """That something about somebody's account changed: told to the address that was in force before."""
    unwanted = "If you did not expect this, tell an administrator of this console at once."
    return write(to, "Your account", f"About the account {to}:", what, unwanted)


def wake_due(now: int) -> int:
    """Enqueues what is to be sent, for the first time or again; gives how many."""
    return sum(tasks.wake(deliver, mail_id) for mail_id in mails.due(now=now))


@tasks.work_first
def deliver(mail_id: str) -> None:
    """Sends one mail, once; a worker that dies meanwhile leaves it to another."""
    now = clock.now()
    try:
        claimed = mails.claim(mail_id, now=now, until=now + CLAIMED_S)
    except Misconfigured as refusal:
        mails.put_off(mail_id, until=now + PAUSES_S[-1], problem="unreadable")
        raise refusal
    if claimed is None:
        return
    has_tries_left = claimed.tries <= len(PAUSES_S) + 1  # whatever ended the workers before counts as well
    problem = _send(claimed.text) if has_tries_left else "no worker came back from it"
    if not problem:
        mails.sent(mail_id)
    elif claimed.tries > len(PAUSES_S):
        logger.error("a mail is given up: %s", problem)
        mails.give_up(mail_id, now=clock.now(), problem=problem)
    else:
        logger.warning("a mail could not be sent: %s; it will be tried again", problem)
        mails.put_off(mail_id, until=clock.now() + PAUSES_S[claimed.tries - 1], problem=problem)


def _send(text: MailText) -> str:
    """The class of what failed, "" when it was handed over: neither text nor address stands in a log."""
    if not is_set_up():
        return "no mail is set up"
    try:
        EmailMessage(subject=text.subject, body=text.body, to=list(text.to)).send()
    except (OSError, smtplib.SMTPException, ValueError) as problem:  # the last: what no mail can say, as an address
        return type(problem).__name__
    return ""
