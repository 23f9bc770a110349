"""Log lines on standard error, swept of what looks like a secret, tracebacks included."""

import logging

from console.core.redact import redact_text


class SweptFormatter(logging.Formatter):
    """Formats as usual, then masks token, key and password shapes in the whole text."""

    def format(self, record: logging.LogRecord) -> str:
        return redact_text(super().format(record))
