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

from console.core.json.shown import MAX_SHOWN
from console.core.json.text import UNSEEN

register = template.Library()

LARGEST_BADGE = 150  # characters of markup for one that is unseen
# Where the line of an address may end: behind a slash (not within "://") or an @, and before a dot within a name, a
# question mark and what joins parameters. Tags are matched whole, so that nothing is put into them.
_MAY_BREAK = re.compile(r"(?<=[^/]/)(?=[^/<]|<span)|(?<=@)(?=\w)|(?<=[\w-])(?=\.[a-z])|(?=\?[^<])|(?=&amp;)|<[^<>]*>")
_SURELY_SHOWN = MAX_SHOWN // len("&amp;")  # characters without a badge, whatever is escaped of them


@register.filter
def untrusted(value: object) -> SafeString:
    """The text of `value` inside `<bdi class="untrusted">`; empty for None. What is marked safe is escaped too."""
    return SafeString(isolated(value))


@register.filter
def untrusted_address(value: object) -> SafeString:
    """As `untrusted`; its lines break between the parts of an address or a name rather than within a word."""
    return SafeString(_with_breaks(isolated(value)))


def isolated_address(value: object) -> str:
    """As `isolated`; where a slash stands in it, its lines break as those of `untrusted_address`."""
    text = isolated(value)
    return _with_breaks(text) if type(value) is str and "/" in value else text


def _with_breaks(markup: str) -> str:
    return _MAY_BREAK.sub(lambda found: found[0] or "<wbr>", markup)


def isolated(value: object) -> str:
    """The same for HTML written in Python, where a SafeString costs more than what is in it."""
    text = value if type(value) is str else "" if value is None else str(value)
    if text.isascii() and text.isprintable() and len(text) <= _SURELY_SHOWN:  # nearly all there is
        is_as_it_is = "&" not in text and "<" not in text and ">" not in text
        return f'<bdi class="untrusted">{text if is_as_it_is else _as_text(text)}</bdi>'
    return f'<bdi class="untrusted">{_shown(text)}</bdi>'


def _shown(text: str) -> str:
    """`text` escaped, and cut where its markup would be too large to show: it may be a hundred times as long."""
    shown = _escaped(text)
    if len(shown) <= MAX_SHOWN:
        return shown
    kept = max(1, MAX_SHOWN * len(text) // (2 * len(shown)))
    if len(shown := _escaped(text[:kept])) > MAX_SHOWN:  # what multiplies stands at the beginning
        kept = MAX_SHOWN // LARGEST_BADGE
        shown = _escaped(text[:kept])
    return f"{shown}… (too large to show: the first {kept:,} of {len(text):,} characters)"


def _escaped(text: str) -> str:
    """A carriage return before a line feed is an ordinary line end and gets no badge."""
    if _is_plain(text):
        return _as_text(text)
    return UNSEEN.sub(_badge, _as_text(text.replace("\r\n", "\n")))  # escaping writes printable ASCII alone


def _as_text(text: str) -> str:
    """Escaped for the inside of an element; quotes mean nothing there, and JSON is full of them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_plain(text: str) -> bool:
    """Whether nothing in it can be unseen; lines are no reason to look closer."""
    return text.isascii() and (text.isprintable() or text.replace("\n", "").isprintable())


def _badge(match: re.Match[str]) -> str:
    char = match.group()
    name = unicodedata.name(char, "control character").lower()
    code = f"{ord(char):04X}"
    return f'<span class="code-point" data-char="{code}" title="{html.escape(name)}">U+{code}</span>'
