"""Which header fields a person may set on a request, and what a header can carry."""

import re
from collections.abc import Iterable

from console.core.exchange import Header

MAX_HEADERS = 64
MAX_SIZE = 64_000  # characters of all names and values together; servers stop earlier
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # token, RFC 9110 section 5.6.2
_CONTROL, _NOT_LATIN_1 = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]"), re.compile(r"[^\x00-\xff]")
_FRAMING = frozenset({"content-length", "transfer-encoding", "te", "trailer", "expect"})
_ROUTING = frozenset({"host", "connection", "keep-alive", "upgrade", "cookie2"})


def headers_problem(headers: Iterable[Header]) -> str:
    """One sentence why these headers are not sent, "" when they are; values are never quoted."""
    listed = list(headers)
    if len(listed) > MAX_HEADERS:
        return f"The request has {len(listed)} header fields; at most {MAX_HEADERS} are sent."
    if sum(len(name) + len(value) for name, value in listed) > MAX_SIZE:
        return f"The header fields have more than {MAX_SIZE} characters together; shorten them."
    return next((problem for name, value in listed if (problem := header_problem(name, value))), "")


def header_problem(name: str, value: str) -> str:
    """The same of one of them; its value is not quoted."""
    if not _NAME.fullmatch(name):
        shown = name.encode("ascii", "backslashreplace").decode()[:40]
        return f"{shown!r} is not a header name: letters, digits and hyphens only, without blank or colon."
    lower = name.lower()
    if lower in _FRAMING:
        return f"The header {name} is set by the console itself, from the body that is sent; remove it."
    if lower in _ROUTING or lower.startswith("proxy-"):
        return f"The header {name} decides where a request goes, so it cannot be set here; remove it."
    if _CONTROL.search(value):
        return f"The value of the header {name} holds a line break or control character; remove it."
    if _NOT_LATIN_1.search(value):
        return f"The value of the header {name} holds a character that headers cannot carry (not Latin-1)."
    if value != value.strip():
        return f"The value of the header {name} begins or ends with a blank, which would not arrive."
    return ""
