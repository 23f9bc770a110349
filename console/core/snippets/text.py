"""A text that a snippet sends: what is known of it, and between that the variables that hold what was hidden."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable of whoever runs the snippet; `label` says in words what belongs into it."""

    name: str
    label: str = ""


SnippetText = tuple[str | Variable, ...]


def variables_in(*texts: SnippetText) -> tuple[Variable, ...]:
    """Each once, in the order of their first use."""
    found = {piece.name: piece for text in texts for piece in text if isinstance(piece, Variable)}
    return tuple(found.values())


def joined(text: SnippetText) -> SnippetText:
    """The same with known pieces that stand side by side made one."""
    pieces: list[str | Variable] = []
    for piece in text:
        last = pieces[-1] if pieces else None
        if isinstance(piece, str) and isinstance(last, str):
            pieces[-1] = last + piece
        else:
            pieces.append(piece)
    return tuple(pieces)


def written(text: SnippetText, *, known: Callable[[str], str], hidden: Callable[[str], str], plus: str = " + ") -> str:
    """The text as an expression: each piece in the language's own words, joined by what joins texts there.

    `known` writes a text as a literal, `hidden` reads the variable of a name.
    """
    pieces = [hidden(piece.name) if isinstance(piece, Variable) else known(piece) for piece in text if piece]
    return plus.join(pieces) or known("")
