"""By which words a case is found: whole words without case, and ids as they are written."""

import re
from collections.abc import Iterable

from console.core.whole_number import whole_number

MAX_LENGTH = 64  # of one term, characters: a trace id and a long address fit
MAX_TERMS = 80  # of one case
MAX_ASKED = 6  # words that one search takes
_PIECES = re.compile(r"[^\s,;()<>\"'`]+")
_WORDS = re.compile(r"[^\W_]+")


def terms_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The terms of a case that has these texts, each once: every word, and each piece that is more than one word."""
    found: dict[str, None] = {}
    for text in texts:
        for piece in _PIECES.findall(text.casefold()):
            words = _WORDS.findall(piece)
            for term in (*words, *([_joined(piece)] if len(words) > 1 else [])):
                found.setdefault(term[:MAX_LENGTH])
    return tuple(found)[:MAX_TERMS]


def asked_of(text: str) -> tuple[str, ...]:
    """What a search asks for: a case must have a term that begins with each; () asks for nothing."""
    pieces = (piece for piece in _PIECES.findall(text.casefold()) if _WORDS.search(piece))
    return tuple(dict.fromkeys(_joined(piece)[:MAX_LENGTH] for piece in pieces))[:MAX_ASKED]


def number_of(text: str) -> int | None:
    """The case number that a search is for: "12" or "#12"; None for any other text."""
    bare = text.strip().removeprefix("#")
    return whole_number(bare, digits=9)


def _joined(piece: str) -> str:
    """Letters, digits and what stands between: "#orders." is "orders". No term holds what a database refuses."""
    words = list(_WORDS.finditer(piece))
    inside = piece[words[0].start() : words[-1].end()]
    return "".join(character for character in inside if character.isprintable())
