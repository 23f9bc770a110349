"""Texts of Python, as `repr` writes them; a text of several lines stands on several."""

import re

from console.core.json.text import UNSEEN
from console.core.snippets.text import SnippetText, Variable, written


def literal(text: str) -> str:
    return UNSEEN.sub(_number, repr(text))


def expression(text: SnippetText) -> str:
    return written(text, known=literal, hidden=environment)


def lines(text: SnippetText) -> str:
    """An expression in brackets, each line of the text on a line of its own."""
    pieces = [line for piece in text for line in ([piece] if isinstance(piece, Variable) else piece.splitlines(True))]
    if len(pieces) < 2:
        return expression(text)
    listed = (environment(piece.name) if isinstance(piece, Variable) else literal(piece) for piece in pieces)
    return "(\n    " + "\n    + ".join(listed) + "\n)"


def environment(name: str) -> str:
    return f"os.environ[{name!r}]"


def _number(found: re.Match[str]) -> str:
    """Some of what cannot be seen counts as printable, and `repr` leaves it: a selector of variants, say."""
    code = ord(found[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
