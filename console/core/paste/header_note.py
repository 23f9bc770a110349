"""Notes that people write behind a header that they show."""

import re

_NOTE = re.compile(r"(?<=\S)\s{1,8}\([^()\n]{3,300}\)\Z")


def unnoted(name: str, value: str) -> str:
    """The value of a header without a note in parentheses behind it, which no credentials hold (RFC 9110 11.4)."""
    return _NOTE.sub("", value) if name.lower() == "authorization" else value
