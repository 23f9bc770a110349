"""Texts of Java between double quotes; a text of several lines stands on several."""

import re

from console.core.snippets.quoting import double
from console.core.snippets.text import SnippetText, written


def literal(text: str) -> str:
    return double.literal(text, number=_number)


def expression(text: SnippetText) -> str:
    return written(text, known=literal, hidden=environment)


def lines(text: SnippetText, *, indent: str) -> str:
    """An expression, each line of the text on a line of its own where there are several.

    They are joined when the program runs: the compiler would make one constant of what `+` joins.
    """
    pieces = double.pieces(text)
    if len(pieces) < 2:
        return expression(text)
    listed = f",\n{indent}".join(expression((piece,)) for piece in pieces)
    return f'String.join("",\n{indent}{listed})'


def environment(name: str) -> str:
    """A call of the method that every program has: it throws where a variable is not set."""
    return f"wanted({literal(name)})"


def _number(found: re.Match[str]) -> str:
    """Java reads a Unicode escape before it reads texts (JLS 3.3), so control characters stand in octal."""
    code = ord(found[0])
    if code < 0x80:
        return f"\\{code:03o}"
    halves = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{halves[at : at + 4]}" for at in range(0, len(halves), 4))
