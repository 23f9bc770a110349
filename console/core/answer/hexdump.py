"""Bytes as people read them: sixteen a line, with their place and what of them is ASCII."""

from dataclasses import dataclass

PART = 4_096
_LINE = 16


@dataclass(frozen=True, slots=True)
class HexPart:
    """`number` counts from 1."""

    text: str
    number: int
    count: int


def hex_part(body: bytes, number: int) -> HexPart:
    """The part of that number; the first for one before, the last for one behind."""
    count = max(1, -(-len(body) // PART))
    index = min(max(number, 1), count) - 1
    start = index * PART
    lines = (_line(body[at : at + _LINE], at) for at in range(start, min(start + PART, len(body)), _LINE))
    return HexPart("\n".join(lines), index + 1, count)


def _line(row: bytes, at: int) -> str:
    halves = f"{row[:8].hex(' '):<23}  {row[8:].hex(' '):<23}"
    shown = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
    return f"{at:08x}  {halves}  {shown}"
