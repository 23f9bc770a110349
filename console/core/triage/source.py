"""The bytes of an export: unpacked when it is gzipped, and in UTF-8, whatever it was written in."""

import codecs
import gzip
import re
import zlib
from io import BufferedIOBase, BufferedReader, RawIOBase
from typing import Any, BinaryIO, cast

_START, _BUFFER = 4096, 65_536
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_NESTED = 2  # times that a file may be gzipped
_MARKS = ((b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"),
          (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", ""))  # fmt: skip
_EXPORT = "Choose an export as CSV, JSON or JSON lines."
_UNPACK = "Unpack it and choose the log inside; gzip is read as it is."
_BINARY = (  # what a file of another kind begins with, what it is, what to do
    (_ZIP, "a zip archive", _UNPACK),
    (b"BZh", "packed with bzip2", _UNPACK),
    (b"\xfd7zXZ", "packed with xz", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", _UNPACK),
    (b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"%PDF", "a PDF", _EXPORT),
    (b"\x89PNG", "a picture, a binary file", _EXPORT),
    (b"\xff\xd8\xff", "a picture, a binary file", _EXPORT),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "Save the sheet as CSV."),
    (b"SQLite format 3", "a database", _EXPORT),
    (b"PAR1", "a Parquet file", _EXPORT),
    (b"ElfFile", "a Windows event log", "Export it as CSV or XML text from the event viewer."),
    (b"\x7fELF", "a program, a binary file", _EXPORT),
)
_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LEAST = 16  # bytes from which a missing mark is concluded
_MOST_ODD = 0.05  # of the letters of a text


class LogRefused(Exception):
    """Why nothing, or nothing more, of an export is read: one sentence, and what to do."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what, self.do = what, do


def open_source(raw: BinaryIO, *, max_bytes: int | None = None) -> "BufferedReader[Any]":
    """The bytes of an export as UTF-8, unpacked, each line ended by a line feed; raises LogRefused for what is no text.

    `max_bytes` bounds what it unpacks to: more raises LogRefused while it is read. None: no bound.
    """
    bounded = BufferedReader(cast("RawIOBase", _Bounded(_unpacked(raw, max_bytes), max_bytes)), _BUFFER)
    start = bounded.peek(_START)[:_START]
    encoding = _encoding(bounded, start)
    if encoding:
        bounded = BufferedReader(cast("RawIOBase", _Recoded(bounded, encoding)), _BUFFER)
    start = bounded.peek(_START)[:_START]
    if b"\r" in start.rstrip(b"\r") and b"\n" not in start:
        bounded = BufferedReader(cast("RawIOBase", _Recoded(bounded, "")), _BUFFER)
    return bounded


def _unpacked(raw: BinaryIO, max_bytes: int | None) -> "BufferedReader[Any]":
    buffered = BufferedReader(cast("RawIOBase", raw), _BUFFER)
    for _ in range(_NESTED):
        if buffered.peek(2)[:2] != _GZIP:
            return buffered
        bounded = BufferedReader(cast("RawIOBase", _Bounded(buffered, max_bytes)), _BUFFER)
        buffered = BufferedReader(cast("RawIOBase", gzip.GzipFile(fileobj=bounded)), _BUFFER)
        buffered = BufferedReader(cast("RawIOBase", _Bounded(buffered, max_bytes)), _BUFFER)
    if buffered.peek(2)[:2] == _GZIP:
        raise LogRefused("This file is packed again and again.", "Unpack it first.")
    return buffered


def _encoding(stream: "BufferedReader[Any]", start: bytes) -> str:
    """What the bytes are written in, "" for UTF-8 or an old one; a mark at the start is read. Raises LogRefused."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            stream.read(len(mark))
            return encoding
    for magic, told, do in _BINARY:
        if start.startswith(magic):
            is_workbook = magic == _ZIP and (b"[Content_Types]" in start or b"xl/" in start)
            if is_workbook:
                raise LogRefused("This is an Excel workbook, a zip archive, not a log.", "Save the sheet as CSV.")
            raise LogRefused(f"This is {told}, not a log.", do)
    if b"\0" in start and len(start) >= _LEAST:
        even, odd = start[::2].count(0), start[1::2].count(0)
        half = len(start) // 2
        if max(even, odd) * 10 > half * 6 and min(even, odd) * 10 < half:
            return "utf-16-be" if even > odd else "utf-16-le"
    text = start.replace(b"\0", b"")  # a log that was cut while it was written has holes
    if start and (not text or len(_NO_TEXT.findall(text)) > len(text) * _MOST_ODD):
        raise LogRefused("This is a binary file, not a log.", _EXPORT)
    return ""


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


class _Recoded(RawIOBase):
    """Bytes of another encoding as UTF-8; without one, lines that end with a carriage return as usual lines."""

    def __init__(self, inner: "BufferedReader[Any]", encoding: str) -> None:
        self._inner, self._left = inner, b""
        self._decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the base says Buffer
        while not self._left:
            data = cast("BufferedIOBase", self._inner).read1(_BUFFER)
            if self._decoder is None:
                self._left = data.replace(b"\r", b"\n")
            else:
                self._left = self._decoder.decode(data, final=not data).encode("utf-8", "replace")
            if not data:
                break
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
