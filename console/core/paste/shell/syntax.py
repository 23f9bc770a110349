"""The grammars, loaded at the first command, and the words that are made of their nodes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from console.core.redaction.names import MASK

if TYPE_CHECKING:
    import tree_sitter

MAX_DEPTH = 40
# What a grammar does with a broken text grows faster than the text, in two ways. It looks ahead to the end of the text
# from each of many places: bounded by what it reads. And at an error it goes through all that is open, which pipes and
# closing parentheses make deep: bounded by their number.
MOST_ENDS = 1_000
PER_END = 20  # characters that a pipe or a closing parenthesis costs as much as, where the grammar mends
MAX_READ = 200_000  # characters that are given to the grammar for one text, with what they cost beside
_READ_TIMES, _READ_MORE = 4, 20_000  # what was meant as a command is read once or twice
_CHUNK = 4_096
_PIECE = 256  # bytes, for a node that gives its text


@dataclass(slots=True)
class GrammarWork:
    """What the grammar may still be given for one text: a line of it may be read many times, as part of longer ones."""

    left: int = MAX_READ

    def takes(self, text: str) -> bool:
        """Counts a text that is to be read; whether there is room for it."""
        self.left -= cost_of(text)
        return self.left >= 0


def cost_of(text: str) -> int:
    """In characters."""
    ends = ends_in(text)
    return len(text) + max(PER_END * ends, ends**2 // 10)


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


def bash(text: str) -> "tree_sitter.Node | None":
    """The tree of a text; None for one whose reading would take longer than anything that was meant as a command."""
    return None if ends_in(text) > MOST_ENDS else _root(_bash(), _source(text))


def is_whole_bash(text: str) -> bool:
    """Whether the grammar takes a text without an error."""
    tried = _tried(_bash(), _source(text)) if ends_in(text) <= MOST_ENDS else None
    return tried is not None and not tried.has_error


def powershell(text: str) -> "tree_sitter.Node | None":
    return _root(_powershell(), _source(text))


def ends_in(text: str) -> int:
    """How many pipes and closing parentheses there are."""
    return text.count("|") + text.count(")")


def _root(parser: "tree_sitter.Parser", source: bytes) -> "tree_sitter.Node | None":
    """A text without an error is soon read once more as it stands: what is handed out in pieces is asked for again by
    each node that gives its text. One with errors is not: mending it is what takes long.
    """
    tried = _tried(parser, source)
    return tried if tried is None or tried.has_error else parser.parse(source).root_node


def _tried(parser: "tree_sitter.Parser", source: bytes) -> "tree_sitter.Node | None":
    """A tree; None when more of the source was looked at than is read of a command."""
    left = len(source) * _READ_TIMES + _READ_MORE
    is_read = False

    def read(at: int, _: object) -> bytes:
        nonlocal left
        if is_read:
            return source[at : at + _PIECE]
        chunk = source[at : at + _CHUNK] if left > 0 else b""
        left -= len(chunk)
        return chunk

    root = parser.parse(read).root_node
    is_read = True
    return root if left > 0 else None


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
