"""JSON documents of any size, read as a stream: a list of rows, one inside an object, the tables of Log Analytics.

A document is cut into its rows by its brackets, and each row is decoded by itself: how deep it goes, how long its
names and numbers are, costs that row and no other.
"""

import re
from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import Any

import msgspec

from console.core.triage.lines import MAX_ROW, Unread
from console.core.triage.source import LogRefused

_DO = "Export it again, or as CSV or JSON lines."
_READ = 65_536
_TEXT = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|' + _TEXT + rb")*+([\[\]{}])", re.DOTALL)
_SCALAR = re.compile(rb'(?:[^"\[\]{},]++|' + _TEXT + rb")*+(?=[\[\]{},])", re.DOTALL)
_BETWEEN = re.compile(rb"[\s,]*+(?=[^\s,])")
_NAMED = re.compile(rb'"(\w{1,20})"\s{0,100}:\s{0,100}\[\Z')
MOST_BEFORE = 200_000  # brackets before the list of rows: a short packed file may hold nothing else
_FARTHEST = 300  # bytes before a bracket in which its name is looked for


def document_rows(stream: "BufferedReader[Any]") -> Iterator[tuple[int, Any]]:
    """Each row with its number, counted from 1, as decoded or Unread.

    Raises LogRefused where the document has none, where it ends too early, or where a row is too long to be read on.
    """
    document, number = _Document(stream), 0
    try:
        rows = _rows(document)
        for number, value in enumerate(rows, start=1):
            yield number, value
    except _EndsEarlyError:
        if not document.has_rows:
            raise LogRefused("This JSON document holds no list of rows.", _DO) from None
        raise LogRefused(f"The JSON document is broken behind its row {number}.", _DO) from None
    except _TooLongError:
        raise LogRefused(f"Behind its row {number} the JSON document holds a value that is too long.", _DO) from None


class _EndsEarlyError(Exception):
    """The document ends before it should."""


class _TooLongError(Exception):
    """More stands in one row than a row may hold."""


class _Document:
    """A part of the document in memory, `_at` which everything before is read. `has_rows`: a list of rows was found."""

    def __init__(self, stream: "BufferedReader[Any]") -> None:
        self._stream, self._data, self._at = stream, b"", 0
        self._kept = 0  # where the value begins that is being read, or what may be a list's name
        self.has_rows = False

    def bracket(self) -> bytes:
        """The next bracket outside of texts."""
        self._kept = max(self._kept, self._at - _FARTHEST)
        return self._bracket()

    def next(self) -> bytes:
        """What the next value begins with, or the list ends with; commas and blanks before it are read."""
        self._at = self._kept = self._find(_BETWEEN.match).end()
        return self._data[self._at : self._at + 1]

    def name(self) -> bytes:
        """The name of the list whose bracket was read last; b"" for none."""
        found = _NAMED.search(self._data[max(0, self._at - _FARTHEST) : self._at])
        return found[1] if found else b""

    def values(self) -> Iterator[Any]:
        """What stands in the list whose bracket was read last, up to its end; Unread for what cannot be decoded."""
        while (first := self.next()) != b"]":
            if first in b"[{":
                self._pass_value()
            else:
                self._at = self._find(_SCALAR.match).end()
            if self._at == self._kept:  # a bracket that closes nothing
                raise _EndsEarlyError
            yield _decoded(self._data[self._kept : self._at])
        self._at += 1

    def _pass_value(self) -> None:
        depth = 1 if self._bracket() in b"[{" else 0
        while depth:
            depth += 1 if self._bracket() in b"[{" else -1

    def _bracket(self) -> bytes:
        found = self._find(_BRACKET.match)
        self._at = found.end()
        return found[1]

    def _find(self, at: Callable[[bytes, int], re.Match[bytes] | None]) -> re.Match[bytes]:
        """What a pattern matches next; it says nothing before all of it is in memory."""
        while (found := at(self._data, self._at)) is None:
            if len(self._data) - self._kept > MAX_ROW:
                raise _TooLongError
            more = self._stream.read(_READ)
            if not more:
                raise _EndsEarlyError
            self._data = self._data[self._kept :] + more
            self._at, self._kept = self._at - self._kept, 0
        return found


def _rows(document: _Document) -> Iterator[Any]:
    """The values of the first list of objects; of tables the rows of each."""
    depth = 0
    for _ in range(MOST_BEFORE):
        bracket = document.bracket()
        depth += 1 if bracket in b"[{" else -1
        if not depth:
            raise _EndsEarlyError
        name = document.name() if bracket == b"[" else b""
        if bracket == b"[" and document.next() == b"{":
            break
    else:
        raise _EndsEarlyError
    document.has_rows = True
    yield from _tables(document) if depth == _OF_TABLES and name == b"tables" else document.values()


def _tables(document: _Document) -> Iterator[dict[str, Any] | Unread]:
    """Rows as the query API of Log Analytics gives them: the columns of a table, then its rows as lists."""
    columns: list[str] = []
    depth = 1
    while depth:
        bracket = document.bracket()
        name = document.name() if bracket == b"[" else b""
        if name == b"columns":
            columns = [str(one.get("name", "")) for one in document.values() if isinstance(one, dict)]
        elif name == b"rows":
            for values in document.values():
                yield dict(zip(columns, values, strict=False)) if isinstance(values, list) else _NO_JSON
        else:
            depth += 1 if bracket in b"[{" else -1


def _decoded(value: bytes) -> Any:
    try:
        return msgspec.json.decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _NO_JSON


_NO_JSON = Unread(0, "no JSON")
_OF_TABLES = 2  # an object, and the list in it
