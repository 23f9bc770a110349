"""Lines that people type about a step: how long, how many, and what a name of a header is."""

import re

MOST_LINE = 1000
MOST_LINES = 50
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")  # token, RFC 9110 section 5.6.2


def header_name_problem(name: str) -> str:
    """One sentence when it is no name of a header; "" when it is."""
    return "" if _FIELD_NAME.fullmatch(name) else "Behind header stands its name, for example: header ETag exists."


def lines_of(text: str) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers from 1."""
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
