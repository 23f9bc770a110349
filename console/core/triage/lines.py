"""The lines of an export: unpacked when it is gzipped, of any encoding, none longer than a row may be."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase, BufferedReader, RawIOBase
from typing import Any, BinaryIO, cast

MAX_ROW = 256 * 1024  # bytes of one row; what is longer is counted as unread
_START = 4096
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class LogRefused(Exception):
    """Why nothing, or nothing more, of an export is read: one sentence, and what to do."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what, self.do = what, do


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that could not be read: its line, counted from 1, and why in a few words."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """An export as it is read: `stream` gives its bytes unpacked, `encoding` is "" where each line tells its own."""

    stream: "BufferedReader[Any]"
    encoding: str


def open_source(raw: BinaryIO, *, max_bytes: int | None = None) -> Source:
    """The bytes of an export, gzipped or not; raises LogRefused for an archive, or what is no text.

    `max_bytes` bounds what it unpacks to: more raises LogRefused while it is read. None: no bound.
    """
    buffered = BufferedReader(cast("RawIOBase", raw), _START * 16)
    if buffered.peek(2)[:2] == _GZIP:
        buffered = BufferedReader(cast("RawIOBase", gzip.GzipFile(fileobj=buffered)), _START * 16)
    bounded = BufferedReader(cast("RawIOBase", _Bounded(buffered, max_bytes)), _START * 16)
    start = bounded.peek(_START)[:_START]
    if start.startswith(_ZIP):
        raise LogRefused(
            "This is a zip archive, not a log.", "Unpack it and choose the file inside; gzip is read as it is."
        )
    encoding = _UTF16.get(start[:2], "")
    if encoding:
        bounded.read(2)
    elif b"\0" in start:
        raise LogRefused("This is a binary file, not a log.", "Choose an export as CSV, JSON or JSON lines.")
    elif start.startswith(b"\xef\xbb\xbf"):
        bounded.read(3)
    return Source(bounded, encoding)


class _Bounded(RawIOBase):
    """Bytes of an export up to a bound, with damage told as LogRefused."""

    def __init__(self, inner: "BufferedReader[Any]", most: int | None) -> None:
        self._inner, self._left, self._most = inner, most, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the base says Buffer
        try:
            data = cast("BufferedIOBase", self._inner).read1(len(buffer))
        except (OSError, EOFError, zlib.error) as damage:
            raise LogRefused("The gzip file is damaged or cut off.", "Export it again, or unpack it first.") from damage
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise LogRefused(
                    f"The file holds more than {(self._most or 0) // 2**20} MB when it is unpacked.",
                    "Export a shorter time, or use manage.py triage, which reads any size.",
                )
        buffer[: len(data)] = data
        return len(data)


def lines_of(source: Source) -> Iterator[tuple[int, str | Unread]]:
    """Each line with its number, without its end; one that is too long as Unread. Memory is that of one line."""
    number, read = 0, _reader(source)
    while line := read(MAX_ROW):
        number += 1
        if len(line) == MAX_ROW and not line.endswith(_END[source.encoding]):
            while (rest := read(MAX_ROW)) and not rest.endswith(_END[source.encoding]):
                pass
            yield number, Unread(number, "longer than a row may be")
            continue
        yield number, _decoded(line, source.encoding).rstrip("\r\n")


_END = {"": b"\n", "utf-16-le": b"\n\0", "utf-16-be": b"\0\n"}


def _reader(source: Source):  # type: ignore[no-untyped-def]  # a bound method, or one of the same shape
    return source.stream.readline if not source.encoding else _wide_reader(source)


def _wide_reader(source: Source):  # type: ignore[no-untyped-def]
    """Lines of two-byte letters: a newline byte alone ends none."""
    end, stream = _END[source.encoding], source.stream

    def read(most: int) -> bytes:
        line = bytearray()
        while part := stream.readline(most - len(line)):
            line += part
            if source.encoding == "utf-16-le" and line.endswith(b"\n") and len(line) % 2:
                line += stream.read(1)
            if len(line) >= most or (line.endswith(end) and len(line) % 2 == 0):
                break
        return bytes(line)

    return read


def _decoded(line: bytes, encoding: str) -> str:
    """As its encoding says, else UTF-8, else the old one of Windows: logs that were joined have several."""
    if encoding:
        return line.decode(encoding, "replace")
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
