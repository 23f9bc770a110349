"""What C#, Java and Go share of a text between double quotes: its escapes, and how a long one is cut into pieces."""

import re
from collections.abc import Callable

from console.core.json.text import UNSEEN
from console.core.snippets.text import SnippetText, Variable

_SPELLED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_MOST_LINES = 400  # a method of Java holds 64 KiB of code (JVMS 4.7.3), and each piece takes some of it
_MOST_IN_PIECE = 10_000  # a constant of Java holds 65,535 bytes (JVMS 4.4.7), and a letter takes up to six


def literal(text: str, *, number: Callable[[re.Match[str]], str]) -> str:
    """`number` writes a character that cannot be seen, as the language does."""
    return '"' + UNSEEN.sub(number, text.translate(_SPELLED)) + '"'


def pieces(text: SnippetText) -> list[str | Variable]:
    """The lines of a text, its line breaks in them; of a very long text what fits into one constant."""
    lines = [line for piece in text for line in ([piece] if isinstance(piece, Variable) else piece.splitlines(True))]
    if len(lines) > _MOST_LINES:
        lines = list(text)
    return [part for line in lines for part in ([line] if isinstance(line, Variable) else _cut(line)) if part]


def _cut(text: str) -> list[str]:
    return [text[at : at + _MOST_IN_PIECE] for at in range(0, len(text), _MOST_IN_PIECE)]
