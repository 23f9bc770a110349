"""The template of a message taken apart: what must stand in a text, in which order, and where its holes are."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from console.core.diagnosis.messages.plain import lowered, plain

HOLE = "\0"
MAX_HOLE = 400  # characters; a longer value is no value of a message
_MOST_STARTS = 12  # places at which a message is tried in one text: one that stands everywhere is told by any of them
_NAMED = re.compile(r"\{([a-z_0-9]+)\}|\.\.\.|…")
# What stands for a value in an example: its own value is another one.
_VALUE = re.compile(
    r"\b(?!api:)[a-z][a-z0-9+.-]{1,20}://(?!login\.microsoftonline\.com|sts\.windows\.net)(?:\{\w+\}|[^\s'\",)\]}{])+|\b(?!0000000)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b\d{6,}\b"
    r"|\b\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?|\b\d\d?/\d\d?/\d{4}(?: [\d:]+(?: [AP]M)?)?"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b0x[0-9a-f]{4,}\b|\b[\w-]+\.example\.(?:org|com|net)\b|(?<=Version=)[\d.]+"
    r"|(?<=[Pp]ort[ =])\d+|(?<=[\w}]:)443\b|(?<=timeout=)\d+|\b\d+(?= ?(?:ms|milliseconds?|seconds?|minutes|bytes|s)\b)"
    r"|(?<=with url: )/\S*|\bsrc/\w+\.c:\d+|(?<=Count=)\d+|(?<=\")(?:main|partner)-proj(?=\")"
    r"|(?<=policy\()[\w-]+|\b(?:dev|prod)-gcp:[\w-]+:[\w-]+|(?<=[\"'/])orders(?=[\"'])"
    r"|\b(?:sun\.security|javax\.net)\.[\w.]+\w",  # a class of Java
    re.IGNORECASE,
)
_PARAMETER = re.compile(r'\b([a-z_]+)="([^"]*)"', re.IGNORECASE)
_CHALLENGE = re.compile(r"^(?:Bearer|DPoP|PoP|Basic)\b.*=", re.IGNORECASE)
_LAST = re.compile(r"(?:[^\n\"<.]|\.(?=\w)){0,300}")  # the value of a hole at the end: the rest of the sentence
_WORD = re.compile(r"[a-z0-9_]{2,}")
_EDGE_BEFORE = frozenset("\n\"'=>[({:;|)]")
_EDGE_AFTER = frozenset("\n\"'<])};,|.!")  # no colon: what stands behind one tells more
SHORT = 26  # letters; a shorter text is a message only where it stands alone


@dataclass(frozen=True, slots=True)
class Found:
    """Where a piece stands, how much it tells, and where the values of its holes are, of each the first."""

    start: int
    end: int
    values: dict[str, tuple[int, int]]
    weight: int = 0

    def overlaps(self, other: "Found") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Piece:
    """`literals` in order, with a hole between two of them; `names` are the holes, "" for one without a name.

    `opens` and `closes`: the part begins or ends with a hole.
    """

    literals: tuple[str, ...]
    names: tuple[str, ...]
    opens: bool
    closes: bool

    @property
    def weight(self) -> int:
        """How much it tells: the letters and digits that must be there."""
        return sum(sum(c.isalnum() for c in literal) for literal in self.literals)

    def words(self) -> set[str]:
        """Whole words that a text with this part holds; what touches a hole may go on in it."""
        found: set[str] = set()
        last = len(self.literals) - 1
        for index, literal in enumerate(self.literals):
            for word in _WORD.finditer(literal):
                touches_start = word.start() == 0 and (index > 0 or self.opens)
                touches_end = word.end() == len(literal) and (index < last or self.closes)
                if not touches_start and not touches_end:
                    found.add(word[0])
        return found

    def find(self, text: str) -> Found | None:
        """The first place in a text (as `lowered(plain(...))` gives it, line ends as blanks beside)."""
        head, at = self.literals[0], -1
        for _ in range(_MOST_STARTS):
            at = text.find(head, at + 1)
            if at < 0:
                return None
            if found := self._from(text, at):
                return found
        return None

    def _from(self, text: str, start: int) -> Found | None:
        head = self.literals[0]
        if head[0].isalnum() and start and text[start - 1].isalnum() and not self.opens:
            return None
        values: dict[str, tuple[int, int]] = {}
        at = start + len(head)
        names = self.names[1:] if self.opens else self.names
        for literal, name in zip(self.literals[1:], names, strict=False):
            there = text.find(literal, at, at + MAX_HOLE + len(literal))
            if there < 0:
                return None
            values.setdefault(name, (at, there))
            at = there + len(literal)
        tail = self.literals[-1]
        if tail[-1].isalnum() and at < len(text) and text[at].isalnum() and not self.closes:
            return None
        if self.closes and names:
            values.setdefault(names[-1], (at, _LAST.match(text, at).end()))  # type: ignore[union-attr]  # it always fits
        return self._alone(text, Found(start, at, values, self.weight))

    def _alone(self, text: str, found: Found) -> Found | None:
        """A short part must be all that is said: the line, the value, the sentence."""
        if self.weight >= SHORT or len(self.literals) > 1:
            return found
        before = text[max(0, found.start - 2) : found.start].rstrip(" ")[-1:]
        after = text[found.end : found.end + 2].lstrip(" ")[:1]
        begins = self.opens or not before or before in _EDGE_BEFORE
        ends = self.closes or not after or after in _EDGE_AFTER
        return found if begins and ends else None


@dataclass(frozen=True, slots=True)
class Template:
    """`main` tells most. `others` must stand in the same text too; the `lines` beside it may, and tell more if they do.

    Members of a body and parameters of a challenge come together; the lines of a message hold what varies.
    """

    main: Piece
    others: tuple[Piece, ...] = ()
    lines: tuple[Piece, ...] = ()

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """All that must be there: the same for two messages that are told apart by their values alone."""
        return (self.main.literals, *(piece.literals for piece in (*self.others, *self.lines)))

    @property
    def is_word(self) -> bool:
        return not self.others and len(self.main.literals) == 1 and " " not in self.main.literals[0].strip()


def read_template(text: str) -> Template | None:
    """None for a template that holds nothing to look for."""
    texts, are_lines = _texts(text)
    pieces = [piece for one in dict.fromkeys(texts) if (piece := _piece(one)) is not None]
    if not pieces:
        return None
    main = max(pieces, key=lambda piece: (any(" " in literal.strip() for literal in piece.literals), piece.weight))
    rest = tuple(piece for piece in pieces if piece is not main)
    return Template(main, lines=rest) if are_lines else Template(main, rest)


def _texts(text: str) -> tuple[list[str], bool]:
    """The texts in a JSON body, the values of a challenge, the lines of anything else; whether they are lines."""
    stripped = text.strip()
    if stripped.startswith(("{", "[")):
        try:
            return [leaf for leaf in _leaves(json.loads(stripped)) if _WORD.search(leaf.lower())], False
        except ValueError:
            pass
    if _CHALLENGE.match(stripped):
        return [value for name, value in _PARAMETER.findall(stripped) if value and name.lower() != "realm"], False
    return [line for line in plain(text).split("\n") if line.strip()], True


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)


def _piece(piece: str) -> Piece | None:
    names: list[str] = []

    def hole(found: re.Match[str]) -> str:
        names.append(found[1] or "")
        return HOLE

    def value(found: re.Match[str]) -> str:
        """An address with a hole in it is that hole: its value is the whole address."""
        inner = _NAMED.search(found[0])
        return f"{{{inner[1]}}}" if inner and inner[1] else "{_}"

    marked = _NAMED.sub(hole, _VALUE.sub(value, plain(piece)).strip().rstrip("."))
    literals = lowered(marked).split(HOLE)
    opens, closes = not literals[0].strip(), not literals[-1].strip()
    kept = tuple(literal for literal in literals if literal.strip())
    if not kept:
        return None
    return Piece(kept, tuple(names), opens and len(literals) > 1, closes and len(literals) > 1)
