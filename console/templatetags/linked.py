"""`{{ text|linked }}`: what somebody wrote, escaped, with the addresses in it as links that lead away safely."""

import re
from html import escape
from urllib.parse import urlsplit

from django import template
from django.utils.safestring import SafeString

from console.templatetags.untrusted import isolated

register = template.Library()

MAX_LINKS = 50  # of one text; what follows stays text
_ADDRESS = re.compile(r"https?://[^\s<>\"'\x00-\x20]{1,2000}", re.I)
_TRAILING = ".,;:!?)]}»”’"


@register.filter
def linked(value: object) -> SafeString:
    """Only http and https, with a host, and of printable ASCII: any other address stays text that can be read."""
    text = "" if value is None else str(value)
    pieces: list[str] = []
    end = 0
    for found in list(_ADDRESS.finditer(text))[:MAX_LINKS]:
        address = found[0].rstrip(_TRAILING)
        if not _leads_somewhere(address):
            continue
        pieces += [isolated(text[end : found.start()]), _link(address)]
        end = found.start() + len(address)
    return SafeString("".join((*pieces, isolated(text[end:]))))


def _leads_somewhere(address: str) -> bool:
    """A name and password before the host would hide where it leads."""
    if not (address.isascii() and address.isprintable()):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and "@" not in parts.netloc


def _link(address: str) -> str:
    return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">{isolated(address)}</a>'
