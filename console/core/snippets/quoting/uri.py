"""An address for libraries that take only what RFC 3986 allows: the rest is percent-encoded, as `requests` does."""

import re
from urllib.parse import quote

from console.core.snippets.text import SnippetText

_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_NOT_ALLOWED = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")


def strict(url: SnippetText) -> SnippetText:
    """What stands before the path stays as it is: an address of IPv6 has its brackets there."""
    return tuple(_strict(piece) if isinstance(piece, str) else piece for piece in url)


def _strict(text: str) -> str:
    start = _AUTHORITY.match(text)
    end = start.end() if start else 0
    return text[:end] + _NOT_ALLOWED.sub(lambda found: quote(found[0], safe="", errors="replace"), text[end:])
