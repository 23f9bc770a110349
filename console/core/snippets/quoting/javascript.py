"""Texts of JavaScript between single quotes; a text of several lines stands on several."""

import re

from console.core.json.text import UNSEEN
from console.core.snippets.text import SnippetText, Variable, written

_SPELLED = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def literal(text: str) -> str:
    return "'" + UNSEEN.sub(_number, text.translate(_SPELLED)) + "'"


def key(name: str) -> str:
    """A name in an object; this one would set its prototype where it is not computed."""
    return f"[{literal(name)}]" if name == "__proto__" else literal(name)


def expression(text: SnippetText) -> str:
    return written(text, known=literal, hidden=environment)


def lines(text: SnippetText) -> str:
    """An expression, each line of the text on a line of its own where there are several."""
    pieces = [line for piece in text for line in ([piece] if isinstance(piece, Variable) else piece.splitlines(True))]
    if len(pieces) < 2:
        return " " + expression(text)
    return "\n  " + " +\n  ".join(expression((piece,)) for piece in pieces)


def environment(name: str) -> str:
    """A call of the function that every script has: it throws where a variable is not set."""
    return f"wanted({literal(name)})"


def _number(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\u{{{code:x}}}"
