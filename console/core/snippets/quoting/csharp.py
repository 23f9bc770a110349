"""Texts of C# between double quotes, never interpolated; a text of several lines stands on several."""

import re

from console.core.snippets.quoting import double
from console.core.snippets.text import SnippetText, written


def literal(text: str) -> str:
    return double.literal(text, number=_number)


def expression(text: SnippetText) -> str:
    return written(text, known=literal, hidden=environment)


def lines(text: SnippetText) -> str:
    """An expression, each line of the text on a line of its own where there are several."""
    pieces = double.pieces(text)
    if len(pieces) < 2:
        return expression(text)
    return "string.Concat(\n    " + ",\n    ".join(expression((piece,)) for piece in pieces) + ")"


def environment(name: str) -> str:
    """A call of the function that every program has: it throws where a variable is not set."""
    return f"Wanted({literal(name)})"


def _number(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
