"""A status as a sign, as a word, and as a chip: the one place where they are written.

Status words: pass notice warning fail not_applicable unknown crashed. A sign never stands alone: a word is beside it.
"""

from functools import lru_cache
from html import escape
from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString

from console.web.markup import term

register = template.Library()

# Written as references: a page without a letter beyond ASCII is put together and sent in half the time.
_SIGNS = {
    "pass": "&#10003;",  # ✓
    "fail": "&#10005;",  # ✕
    "warning": "!",
    "notice": "i",
    "crashed": "&#9889;",  # ⚡
    "not_applicable": "&#8211;",  # –
}
_WORDS = {
    "pass": "Passed",
    "fail": "Failed",
    "warning": "Warning",
    "notice": "Note",
    "crashed": "This check broke down",
    "not_applicable": "Does not apply",
}
_ICONS = {status: f'<span class="icon" aria-hidden="true">{sign}</span>' for status, sign in _SIGNS.items()}
_UNKNOWN = '<span class="icon" aria-hidden="true">?</span>'


@register.simple_tag(name="status_icon")
def icon(status: object) -> SafeString:
    """The sign, hidden from who listens."""
    return SafeString(sign(str(status)))


class Spoken(NamedTuple):
    """A status as three pieces of markup: a class, the sign, and the word for those who do not see the sign."""

    css: str
    sign: str
    said: str


@lru_cache(maxsize=32)  # there are seven
def spoken(status: str) -> Spoken:
    """What stands at the beginning of a line that has a status."""
    return Spoken(term(status), sign(status), f'<span class="visually-hidden">{escape(word(status))}: </span>')


def sign(status: str) -> str:
    """The same for HTML written in Python."""
    return _ICONS.get(status, _UNKNOWN)


def word(status: str) -> str:
    """The word for those who do not see the sign."""
    return _WORDS.get(status, "Unknown")


@register.simple_tag
def chip(text: object, tone: str = "", *, url: str = "", is_code: bool = False) -> SafeString:
    """A small fact, with a sign when it has a tone (a status word); `is_code`: monospace; `url`: of this console."""
    return SafeString(chip_of(str(text), tone, url=url, is_code=is_code))


def chip_of(text: str, tone: str = "", *, url: str = "", is_code: bool = False) -> str:
    """The same for HTML written in Python."""
    css = f"chip{f' {term(tone)}' if tone else ''}{' code' if is_code else ''}"
    inside = f"{sign(tone) if tone else ''}{escape(text)}"
    return f'<a class="{css}" href="{escape(url)}">{inside}</a>' if url else f'<span class="{css}">{inside}</span>'


@register.simple_tag
def countdown(expires_at: int, text: str) -> SafeString:
    """How long a token still lives (`text`, as of now), live with JavaScript. `expires_at` is epoch seconds."""
    return SafeString(
        f'<span class="chip pass" data-expires="{int(expires_at)}"><span aria-hidden="true">&#9679;</span>'
        f"<span data-countdown-text>{escape(text)}</span></span>"
    )
