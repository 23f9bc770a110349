"""Bytes as people read them: sixteen a line, with their place and what of them is ASCII."""

from dataclasses import dataclass

PART = 4_096
_LINE, _HALF = 16, 8


@dataclass(frozen=True, slots=True)
class HexLine:
    """A line in two halves, so that a narrow screen can put one below the other, each before its own letters."""

    place: str
    left: str
    right: str
    left_shown: str
    right_shown: str


@dataclass(frozen=True, slots=True)
class HexPart:
    """`number` counts from 1."""

    lines: tuple[HexLine, ...]
    number: int
    count: int


def hex_part(body: bytes, number: int) -> HexPart:
    """The part of that number; the first for one before, the last for one behind."""
    count = max(1, -(-len(body) // PART))
    index = min(max(number, 1), count) - 1
    start = index * PART
    lines = (_line(body[at : at + _LINE], at) for at in range(start, min(start + PART, len(body)), _LINE))
    return HexPart(tuple(lines), index + 1, count)


def _line(row: bytes, at: int) -> HexLine:
    halves = row[:_HALF], row[_HALF:]
    left, right = (f"{half.hex(' '):<23}" for half in halves)
    return HexLine(f"{at:08x}", left, right, *map(_shown, halves))


def _shown(half: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in half)
