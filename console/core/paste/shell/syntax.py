"""The grammars, loaded at the first command, and the words that are made of their nodes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from console.core.redaction.names import MASK

if TYPE_CHECKING:
    import tree_sitter

MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the shell hands it over. `text` shows a variable nobody knows by its name, `masked` as `***`.

    `is_known` is false where such a variable, a file or another command gives part of it. `before` is what stands
    before the first such part, the whole word when all is known.
    """

    text: str
    masked: str
    before: str
    is_known: bool = True


def known(text: str) -> Word:
    return Word(text, text, text)


def unknown(text: str) -> Word:
    """A part that only the running shell knows; `text` is how it is written."""
    return Word(text, MASK, "", is_known=False)


def joined(parts: Iterable[Word]) -> Word:
    """Parts that stand side by side, as one word."""
    found = list(parts)
    first_unknown = next((at for at, part in enumerate(found) if not part.is_known), len(found))
    return Word(
        "".join(part.text for part in found),
        "".join(part.masked for part in found),
        "".join(part.before for part in found[: first_unknown + 1]),
        is_known=first_unknown == len(found),
    )


def bash(text: str) -> "tree_sitter.Node":
    return _bash().parse(_source(text)).root_node


def powershell(text: str) -> "tree_sitter.Node":
    return _powershell().parse(_source(text)).root_node


def _source(text: str) -> bytes:
    """For the grammar a NUL is the end of its text: at each one it begins to mend the whole of it anew."""
    return text.replace("\0", " ").encode("utf-8", "replace")


def text_of(node: "tree_sitter.Node") -> str:
    return (node.text or b"").decode("utf-8", "replace")


@lru_cache(maxsize=1)
def _bash() -> "tree_sitter.Parser":
    import tree_sitter
    import tree_sitter_bash

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_bash.language()))


@lru_cache(maxsize=1)
def _powershell() -> "tree_sitter.Parser":
    import tree_sitter
    import tree_sitter_powershell

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
