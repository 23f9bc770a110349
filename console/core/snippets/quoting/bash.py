"""Words of bash (and zsh): single quotes, `$'…'` for what cannot be seen, double quotes around a variable."""

import re

from console.core.json.text import UNSEEN
from console.core.snippets.text import SnippetText, Variable

_PLAIN = re.compile(r"[A-Za-z0-9_ .:/=,@%+-]+")
_BARE = re.compile(r"[A-Za-z]+")
# What readers of pasted commands take for the escapes of another shell stands as a number too.
_SPELLED = re.compile(r"[\\'\n\t\r]|\^(?=[\"\n])|`(?=[\"\n])")
_NAMED = {"\\": "\\x5c", "'": "\\'", "\n": "\\n", "\t": "\\t", "\r": "\\r", "^": "\\x5e", "`": "\\x60"}


def literal(text: str) -> str:
    """One word that bash reads as exactly this text; it cannot hold a NUL."""
    if "'" not in text and _SPELLED.search(text.replace("\\", "")) is None and UNSEEN.search(text) is None:
        return f"'{text}'"
    return "$'" + UNSEEN.sub(_number, _SPELLED.sub(lambda found: _NAMED[found[0]], text)) + "'"


def word(text: SnippetText) -> str:
    """A text with variables as one word."""
    known = "".join(piece for piece in text if isinstance(piece, str))
    if _BARE.fullmatch(known) and text == (known,):
        return known
    if any(isinstance(piece, Variable) for piece in text) and _PLAIN.fullmatch(known or "x"):
        return '"' + "".join(piece if isinstance(piece, str) else f"${{{piece.name}}}" for piece in text) + '"'
    pieces = (literal(piece) if isinstance(piece, str) else f'"${{{piece.name}}}"' for piece in text)
    return "".join(pieces) or "''"


def _number(found: re.Match[str]) -> str:
    """A character that is not seen, as its bytes in UTF-8: the same in every version and locale."""
    return "".join(f"\\x{byte:02x}" for byte in found[0].encode("utf-8", "surrogatepass"))
