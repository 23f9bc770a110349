"""`{{ value|untrusted }}`: text from outside, escaped, isolated, with what cannot be seen made visible.

Hidden, control and lone surrogate characters (the core says which) are shown as badges such as U+202E: a name or a
claim must not reorder or hide what stands beside it. A badge keeps the character's number in `data-char`, so that a
copy button copies the true text.
"""

import html
import re
import unicodedata

from django import template
from django.utils.safestring import SafeString

from console.core.tokens.text import CONTROL, HIDDEN, SURROGATE

register = template.Library()

_UNSEEN = re.compile("|".join(pattern.pattern for pattern in (HIDDEN, CONTROL, SURROGATE)))


@register.filter
def untrusted(value: object) -> SafeString:
    """The text of `value` inside `<bdi class="untrusted">`; empty for None. What is marked safe is escaped too."""
    return SafeString(f'<bdi class="untrusted">{_shown("" if value is None else str(value))}</bdi>')


def _shown(text: str) -> str:
    """`text` escaped; a carriage return before a line feed is an ordinary line end and gets no badge."""
    if text.isascii() and text.isprintable():
        return html.escape(text)
    return _UNSEEN.sub(_badge, html.escape(text.replace("\r\n", "\n")))  # escaping writes printable ASCII alone


def _badge(match: re.Match[str]) -> str:
    char = match.group()
    name = unicodedata.name(char, "control character").lower()
    code = f"{ord(char):04X}"
    return f'<span class="code-point" data-char="{code}" title="{html.escape(name)}">U+{code}</span>'
