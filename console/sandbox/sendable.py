"""Whether an answer can be written as HTTP: its status line and its header fields (RFC 9110 sections 5 and 15)."""

import re

from console.core.policy.engine.answers import GatewayAnswer

FINAL = range(200, 600)
SHOWN = 60
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\xff]")


def is_name(text: str) -> bool:
    """Whether a header may be called so: a token of RFC 9110 section 5.6.2."""
    return _TOKEN.fullmatch(text) is not None


def is_printable(text: str) -> bool:
    """Whether a header value or a reason phrase may read so: printable Latin-1, no line break."""
    return _UNPRINTABLE.search(text) is None


def hindrance(answer: GatewayAnswer) -> str:
    """Why an answer cannot be sent and what to change, without the value of a header; "" when it can be sent.

    A status that nobody knows (None) is no hindrance.
    """
    if answer.status is not None and answer.status not in FINAL:
        return f"Its status is {answer.status}, and an answer has one from 200 to 599. Set a status in that range."
    if not is_printable(answer.reason_phrase):
        return (
            f"Its reason phrase has {_where(answer.reason_phrase)}, and a status line takes printable Latin-1 only. "
            "Write the reason in such characters, or say it in the body."
        )
    return next((told for name, value in answer.headers if (told := _of_header(name, value))), "")


def _of_header(name: str, value: str) -> str:
    if not is_name(name):
        return (
            f"It has a header called {name[:SHOWN]!a}, and a header's name has no blank, line break or special "
            "letter. Name it with letters, digits and hyphens."
        )
    if not is_printable(value):
        return (
            f"The value of its header {name[:SHOWN]} has {_where(value)}, and a header takes printable Latin-1 only. "
            "Write the value in such characters, or say it in the body."
        )
    return ""


def _where(text: str) -> str:
    found = _UNPRINTABLE.search(text)
    return f"U+{ord(found[0]):04X} at position {found.start() + 1}" if found else "no such character"
