"""A long text by parts that end at line ends where they can, so that a page never holds more than one of them."""

from bisect import bisect_right
from dataclasses import dataclass

PART = 24_000  # characters: what cannot be compressed still makes a page below 60 kB


@dataclass(frozen=True, slots=True)
class TextPart:
    """`number` counts from 1; `first_line` is the line, from 1, in which the part begins."""

    text: str
    number: int
    count: int
    first_line: int


class Parts:
    """Where the parts of one text begin."""

    def __init__(self, text: str, size: int = PART) -> None:
        self._text = text
        self._starts = _starts(text, size)

    @property
    def count(self) -> int:
        return len(self._starts)

    def part(self, number: int) -> TextPart:
        """The part of that number; the first for one before, the last for one behind."""
        index = min(max(number, 1), self.count) - 1
        start, end = ([*self._starts, len(self._text)])[index : index + 2]
        return TextPart(self._text[start:end], index + 1, self.count, self._text.count("\n", 0, start) + 1)

    def number_at(self, position: int) -> int:
        """The number of the part that holds the character."""
        return bisect_right(self._starts, position)


def _starts(text: str, size: int) -> list[int]:
    starts, at = [0], 0
    while at + size < len(text):
        line_end = text.rfind("\n", at, at + size)
        at = line_end + 1 if line_end > at + size // 2 else at + size
        starts.append(at)
    return starts
