"""`{{ value|untrusted }}`: text from outside, escaped, isolated, with what cannot be seen made visible.

Hidden, control and lone surrogate characters (the core says which) are shown as badges such as U+202E: a name or a
claim must not reorder or hide what stands beside it. A badge keeps the character's number in `data-char`, so that a
copy button copies the true text.
"""

import re
import unicodedata

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from console.core.tokens.text import CONTROL, HIDDEN, SURROGATE

register = template.Library()

_UNSEEN = re.compile("|".join(pattern.pattern for pattern in (HIDDEN, CONTROL, SURROGATE)))


@register.filter
def untrusted(value: object) -> SafeString:
    """The text of `value` inside `<bdi class="untrusted">`; empty for None."""
    return format_html('<bdi class="untrusted">{}</bdi>', _shown("" if value is None else str(value)))


def _shown(text: str) -> SafeString:
    """`text` escaped; a carriage return before a line feed is an ordinary line end and gets no badge."""
    text = text.replace("\r\n", "\n")
    pieces: list[str | SafeString] = []
    start = 0
    for match in _UNSEEN.finditer(text):
        pieces += [text[start : match.start()], _badge(match.group())]
        start = match.end()
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[start:]]))


def _badge(char: str) -> SafeString:
    name = unicodedata.name(char, "control character").lower()
    code = f"{ord(char):04X}"
    return format_html('<span class="code-point" data-char="{}" title="{}">U+{}</span>', code, name, code)
