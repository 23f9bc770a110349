"""A status as a sign, as a word, and as a chip: the one place where they are written.

Status words: pass notice warning fail not_applicable unknown crashed. A sign never stands alone: a word is beside it.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString

register = template.Library()

_SIGNS = {"pass": "✓", "fail": "✕", "warning": "!", "notice": "i", "crashed": "⚡", "not_applicable": "–"}
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


def sign(status: str) -> str:
    """The same for HTML written in Python."""
    return _ICONS.get(status, _UNKNOWN)


@register.simple_tag(name="status_word")
def word(status: object) -> str:
    """The word for those who do not see the sign."""
    return _WORDS.get(str(status), "Unknown")


@register.simple_tag
def chip(text: object, tone: str = "") -> SafeString:
    """A small fact of our own words, with a sign when it has a tone (chip.html is the same for a link)."""
    return SafeString(chip_of(str(text), tone))


def chip_of(text: str, tone: str = "") -> str:
    """The same for HTML written in Python."""
    if not tone:
        return f'<span class="chip">{escape(text)}</span>'
    return f'<span class="chip {escape(tone)}">{sign(tone)}{escape(text)}</span>'


@register.simple_tag
def countdown(expires_at: int, text: str) -> SafeString:
    """How long a token still lives (`text`, as of now), live with JavaScript. `expires_at` is epoch seconds."""
    return SafeString(
        f'<span class="chip pass" data-expires="{int(expires_at)}"><span aria-hidden="true">●</span>'
        f"<span data-countdown-text>{escape(text)}</span></span>"
    )
