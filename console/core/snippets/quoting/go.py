"""Texts of Go between double quotes; a text of several lines stands on several."""

import re

from console.core.json.text import SURROGATE
from console.core.snippets.quoting import double
from console.core.snippets.text import SnippetText, written

_BEYOND_ASCII = re.compile("[\x80-\xff]")


def literal(text: str) -> str:
    """A half of a pair, which no text of Go holds, as the sign that stands for it."""
    return double.literal(SURROGATE.sub("\ufffd", text), number=_number)


def expression(text: SnippetText) -> str:
    return written(text, known=literal, hidden=environment)


def header(text: SnippetText) -> str:
    """The value of a header, which goes out in Latin-1: letters beyond ASCII stand as the bytes that they are."""
    return written(text, known=_in_bytes, hidden=environment)


def lines(text: SnippetText) -> str:
    """An expression, each line of the text on a line of its own where there are several."""
    pieces = double.pieces(text)
    if len(pieces) < 2:
        return expression(text)
    return "strings.Join([]string{\n" + "".join(f"\t{expression((one,))},\n" for one in pieces) + '}, "")'


def environment(name: str) -> str:
    """A call of the function that every program has: it ends where a variable is not set."""
    return f"wanted({literal(name)})"


def _in_bytes(text: str) -> str:
    return _BEYOND_ASCII.sub(_byte, double.literal(text, number=_byte))


def _byte(found: re.Match[str]) -> str:
    return f"\\x{ord(found[0]):02x}"


def _number(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
