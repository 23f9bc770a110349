"""The lines of an export, of any encoding, none longer than a row may be."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import Any

MAX_ROW = 256 * 1024  # bytes of one row; what is longer is counted as unread


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that could not be read: its line, counted from 1, and why in a few words."""

    line: int
    why: str


def lines_of(stream: "BufferedReader[Any]") -> Iterator[tuple[int, str | Unread]]:
    """Each line with its number, without its end; one that is too long as Unread. Memory is that of one line."""
    number, read = 0, stream.readline
    while line := read(MAX_ROW):
        number += 1
        if len(line) == MAX_ROW and not line.endswith(b"\n"):
            while (rest := read(MAX_ROW)) and not rest.endswith(b"\n"):
                pass
            yield number, Unread(number, "longer than a row may be")
            continue
        yield number, _decoded(line).rstrip("\r\n")


def _decoded(line: bytes) -> str:
    """UTF-8, else the old encoding of Windows: logs that were joined have several. Holes of a cut log are left out."""
    if b"\0" in line:
        line = line.replace(b"\0", b"")
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
