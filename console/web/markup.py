"""Escaping of our own words where HTML is written in Python, by Django's rule: what is marked safe is markup.

What comes from outside goes through `untrusted` (console/templatetags), which takes nothing for markup.
"""

from collections.abc import Mapping
from functools import lru_cache
from html import escape


def escaped(value: object) -> str:
    """The text of `value` for HTML text or a quoted attribute."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return escape(value)
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


@lru_cache(maxsize=512)
def term(word: str) -> str:
    """The same for a word of our own vocabulary (a code, a label). It is kept: never what somebody typed."""
    return escape(word)


def attributes(named: Mapping[str, object]) -> str:
    """` name="value"` for each; True stands alone, False is left out."""
    return "".join(
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(value)}"'
        for name, value in named.items()
        if value is not False
    )
