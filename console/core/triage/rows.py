"""The rows of an export, whatever its format: each as text by the names of `columns.NAMES`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from itertools import chain, islice
from typing import Any, BinaryIO

import msgspec

from console.core.triage import readers
from console.core.triage.access_log import PLAIN, format_of_lines, w3c_columns
from console.core.triage.columns import ColumnMap
from console.core.triage.delimited import header_of, headless
from console.core.triage.documents import document_rows
from console.core.triage.lines import Unread, lines_of
from console.core.triage.mapping import ColumnReader, ExportRow, RawRow, Remembered
from console.core.triage.pairs import are_pairs
from console.core.triage.source import LogRefused, open_source

_ARCHIVE = re.compile(rb'\s*+\{\s*+"log"\s*+:\s*+\{')
_PEEKED = 30  # lines that are looked at to tell the format


@dataclass(slots=True)
class ExportRows:
    """What is read: `format` in words, `headers` all columns met so far, `columns` which of them say what."""

    format: str = ""
    reader: ColumnReader = field(default_factory=lambda: ColumnReader({}))
    raw: Iterator[RawRow] = field(default_factory=lambda: iter(()))

    def __iter__(self) -> Iterator[ExportRow | Unread]:
        return self.reader.named(self.raw)

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(self.reader.headers)

    @property
    def columns(self) -> ColumnMap:
        return self.reader.columns

    @property
    def asks_columns(self) -> bool:
        """Whether no column is known that could tell of a refusal: then somebody must say which is which."""
        return self.reader.asks_columns


def read_rows(
    raw: BinaryIO,
    *,
    chosen: Mapping[str, str] | None = None,
    remembered: Remembered | None = None,
    max_bytes: int | None = None,
) -> ExportRows:
    """The rows of an export as a stream; raises LogRefused here or while it is read.

    `chosen` says which column is which name, by a person's word; `remembered` what was said before of such columns.
    `max_bytes` bounds what a gzipped one unpacks to.
    """
    stream = open_source(raw, max_bytes=max_bytes)
    reader = ColumnReader(chosen or {}, remembered)
    start = stream.peek(65_536)[:65_536]
    if _ARCHIVE.match(start) and (b'"creator"' in start or b'"entries"' in start):
        raise LogRefused(
            "This is a HAR file, not a log.", "Hand it in at Inspect, which lists every failed exchange by cause."
        )
    if _is_document(start):
        return ExportRows("a JSON document", reader, readers.of_objects(document_rows(stream)))
    return _of_lines(stream, reader)


def _is_document(start: bytes) -> bool:
    """JSON over several lines: a list, or an object whose first line is not all of it."""
    text = start.lstrip()
    if text[:1] == b"[":
        return text[1:].lstrip()[:1] in (b"{", b"[", b"]")
    if text[:1] != b"{":
        return False
    first = text.split(b"\n", 1)[0]
    return len(first) == len(text) or not _is_json(first) if b"\n" in text else b"[" in text


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _of_lines(stream: "BufferedReader[Any]", reader: ColumnReader) -> ExportRows:
    lines = ((number, line) for number, line in lines_of(stream) if isinstance(line, Unread) or line.strip())
    first = list(islice(lines, _PEEKED))
    texts = [line for _, line in first if isinstance(line, str)]
    if not texts:
        if not first:
            raise LogRefused("There is no row in this file.", "Choose an export that has rows.")
        return ExportRows(PLAIN.name, reader, readers.formatted(chain(first, lines), PLAIN))
    whole = chain(first, lines)
    name, rows = _read_as(texts, whole, reader)
    return ExportRows(name, reader, rows)


def _read_as(texts: list[str], whole: readers.Lines, reader: ColumnReader) -> tuple[str, Iterator[RawRow]]:
    """The name of the format that these first lines have, and the rows of the whole."""
    if any(_is_json(readers.bare(text).encode("utf-8", "surrogatepass")) for text in texts if "{" in text):
        return "JSON lines", readers.json_lines(whole)
    if any(w3c_columns(text) for text in texts):
        return "a W3C log", readers.w3c(whole)
    if form := format_of_lines(texts):
        return form.name, readers.formatted(whole, form)
    if header := header_of(texts, reader.chosen):
        delimiter, above = header
        return "a table (CSV)", readers.table(readers.below(whole, above), delimiter)
    if without_header := headless(texts):
        return "a table without a header", readers.table(whole, *without_header)
    if are_pairs(texts):
        return "lines of pairs (logfmt)", readers.paired(whole)
    return PLAIN.name, readers.formatted(whole, PLAIN)
