"""E-mail, where it is set up: short plain texts, to the address that is in force."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

DUMMY = "django.core.mail.backends.dummy.EmailBackend"
TERMINAL = "django.core.mail.backends.console.EmailBackend"

logger = logging.getLogger("console.mail")


def is_set_up() -> bool:
    """Whether a mail would reach somebody. To the terminal only in the demo, or while this program is worked on."""
    if settings.EMAIL_BACKEND == TERMINAL:
        return bool(settings.CONSOLE_DEMO or settings.DEBUG)
    return bool(settings.EMAIL_BACKEND != DUMMY)


def send(message: EmailMessage) -> bool:
    """Whether the mail was handed over. A failure is one line in the log, without the text or the address."""
    if not is_set_up():
        return False
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as problem:
        logger.error("a mail could not be sent: %s", type(problem).__name__)
        return False
    return True


def write(to: str, subject: str, *paragraphs: str) -> bool:
    """A mail of the console; whether it was handed over."""
    footer = f"Token Console, {settings.CONSOLE_PUBLIC_URL}/"
    body = "\n\n".join((*paragraphs, footer)) + "\n"
    return send(EmailMessage(subject=f"[Token Console] {subject}", body=body, to=[to]))


def tell(to: str, what: str) -> bool:
    """That something about somebody's account changed: told to the address that was in force before."""
    unwanted = "If you did not expect this, tell an administrator of this console at once."
    return write(to, "Your account", f"About the account {to}:", what, unwanted)
