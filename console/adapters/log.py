"""Log lines on standard error, swept of what looks like a secret, tracebacks included."""

import logging
import re

_LINK = re.compile(r"(/(?:sign-in|connect|accounts/password/reset/key|ends/calendar)/)[^/\s\"'?#]+")


class SweptFormatter(logging.Formatter):
    """Formats as usual, then masks token, key and password shapes, and links that open something by themselves."""

    def format(self, record: logging.LogRecord) -> str:
        from console.core.redaction.redact import redact_text  # settings name this class; most commands write no line

        return mask_links(redact_text(super().format(record)))


class NeverDebug(logging.Filter):
    """For loggers that write whole template contexts, paths and queries at DEBUG, whatever level they are set to."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING


def mask_links(text: str) -> str:
    """The text without the tokens of links that let somebody in, or read: /sign-in/***/."""
    return _LINK.sub(r"\1***", text)
