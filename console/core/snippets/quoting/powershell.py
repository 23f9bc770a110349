"""Texts of PowerShell: single quotes, and double quotes where something stands in them that is not seen or hidden."""

import re

from console.core.json.text import UNSEEN
from console.core.snippets.text import SnippetText, Variable

_SINGLE = re.compile("['\u2018\u2019\u201a\u201b]")  # each of them ends a text in single quotes
_IN_DOUBLE = re.compile('[`$"\u201c\u201d\u201e]')


def literal(text: str) -> str:
    return expression((text,))


def expression(text: SnippetText) -> str:
    """One text with its variables, as a value or as an argument."""
    pieces = [piece for piece in text if piece]
    if all(isinstance(piece, str) and not UNSEEN.search(piece) and not _SINGLE.search(piece) for piece in pieces):
        return "'" + "".join(str(piece) for piece in pieces) + "'"
    return '"' + "".join(_inside(piece) for piece in pieces) + '"'


def _inside(piece: str | Variable) -> str:
    if isinstance(piece, Variable):
        return f"${{env:{piece.name}}}"
    return UNSEEN.sub(_number, _IN_DOUBLE.sub(lambda found: f"`{found[0]}", piece))


def _number(found: re.Match[str]) -> str:
    """As both Windows PowerShell and PowerShell 7 read it; what lies beyond 16 bits as its two halves."""
    code = ord(found[0])
    if code > 0xFFFF:
        high, low = 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + ((code - 0x10000) & 0x3FF)
        return f"$([char]0x{high:04X})$([char]0x{low:04X})"
    return f"$([char]0x{code:02X})"
