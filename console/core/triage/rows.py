"""The rows of an export, whatever its format: each as text by the names of `columns.NAMES`."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import BinaryIO

import msgspec

from console.core.triage.access_log import PLAIN, LineFormat, format_of_lines, w3c_columns
from console.core.triage.columns import LONGEST, ColumnMap, columns_of
from console.core.triage.delimited import delimiter_of, split_rows
from console.core.triage.documents import document_rows
from console.core.triage.flat import flat_row
from console.core.triage.lines import LogRefused, Source, Unread, lines_of, open_source

_PREFIX = re.compile(r"(?:\S+ (?:stdout|stderr) [FP] |[\w.-]+ *\| )(?=\{)")  # what containers write before a line
_DECIDING = frozenset({"status", "reason", "message", "challenge"})
_PEEKED = 30  # lines that are looked at to tell the format
Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One row: `line` counted from 1, `fields` by the names of `columns.NAMES`, what is absent is not there."""

    line: int
    fields: Fields


@dataclass(slots=True)
class ExportRows:
    """What is read: `format` in words, `headers` all columns met so far, `columns` which of them say what."""

    format: str = ""
    headers: dict[str, None] = field(default_factory=dict)
    columns: ColumnMap = field(default_factory=lambda: ColumnMap({}))
    stream: Iterator[ExportRow | Unread] = field(default_factory=lambda: iter(()))

    def __iter__(self) -> Iterator[ExportRow | Unread]:
        return self.stream

    @property
    def asks_columns(self) -> bool:
        """Whether no column is known that could tell of a refusal: then somebody must say which is which."""
        return bool(self.headers) and _DECIDING.isdisjoint(self.columns.columns)


def read_rows(raw: BinaryIO, *, chosen: Mapping[str, str] | None = None, max_bytes: int | None = None) -> ExportRows:
    """The rows of an export as a stream; raises LogRefused here or while it is read.

    `chosen` says which column is which name, by a person's word. `max_bytes` bounds what a gzipped one unpacks to.
    """
    source = open_source(raw, max_bytes=max_bytes)
    mapped = _Mapped(chosen or {})
    start = source.stream.peek(65_536)[:65_536] if not source.encoding else b""
    if _is_document(start):
        rows = ExportRows("a JSON document", mapped.headers)
        rows.stream = (_named(number, value, mapped) for number, value in document_rows(source.stream))
    else:
        rows = _of_lines(source, mapped)
    mapped.rows = rows
    return rows


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


class _Mapped:
    """Names the columns of rows as they come; one answer for all rows of the same columns."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self.chosen, self.headers = chosen, dict[str, None]()
        self.rows: ExportRows | None = None
        self._known: dict[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]] = {}

    def fields(self, row: Mapping[str, str]) -> Fields:
        keys = tuple(row)
        known = self._known.get(keys)
        if known is None:
            known = self._learn(keys)
        found = {}
        for name, columns in known:
            for column in columns:
                if value := row.get(column):
                    found[name] = value
                    break
        return found

    def _learn(self, keys: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if len(self._known) >= _MOST_SHAPES:
            self._known.clear()
        if len(self.headers) < _MOST_COLUMNS:
            self.headers.update(dict.fromkeys(key for key in islice(keys, _MOST_COLUMNS) if len(key) <= LONGEST))
        read = columns_of(keys, self.chosen)
        if self.rows is not None:
            self.rows.columns = ColumnMap({**read.columns, **self.rows.columns.columns})
        self._known[keys] = known = tuple(read.columns.items())
        return known


_MOST_SHAPES, _MOST_COLUMNS = 1000, 200


def _named(number: int, value: object, mapped: _Mapped) -> ExportRow | Unread:
    if isinstance(value, Unread):
        return Unread(number, value.why)
    if not isinstance(value, dict):
        return Unread(number, "no object")
    return ExportRow(number, mapped.fields(flat_row(value)))


def _of_lines(source: Source, mapped: _Mapped) -> ExportRows:
    lines = ((number, line) for number, line in lines_of(source) if isinstance(line, Unread) or line.strip())
    first = list(islice(lines, _PEEKED))
    texts = [line for _, line in first if isinstance(line, str)]
    if not texts:
        if not first:
            raise LogRefused("There is no row in this file.", "Choose an export that has rows.")
        return ExportRows("nothing readable", stream=(line for _, line in first if isinstance(line, Unread)))
    whole = chain(first, lines)
    if any(_is_json(_bare(text).encode("utf-8", "surrogatepass")) for text in texts if "{" in text):
        return ExportRows("JSON lines", mapped.headers, stream=_json_lines(whole, mapped))
    fields = next((columns for text in texts if (columns := w3c_columns(text))), None)
    if fields:
        return ExportRows("a W3C log", mapped.headers, stream=_w3c(whole, mapped))
    if form := format_of_lines(texts):
        return ExportRows(form.name, mapped.headers, stream=_formatted(whole, form, mapped))
    if delimiter := delimiter_of(texts, mapped.chosen):
        return ExportRows("a table (CSV)", mapped.headers, stream=_table(whole, delimiter, mapped))
    return ExportRows(PLAIN.name, mapped.headers, stream=_formatted(whole, PLAIN, mapped))


def _bare(line: str) -> str:
    """A line without what a container writes before it."""
    found = _PREFIX.match(line.lstrip())
    return line.lstrip()[found.end() :] if found else line


_Lines = Iterator[tuple[int, str | Unread]]


def _json_lines(lines: _Lines, mapped: _Mapped) -> Iterator[ExportRow | Unread]:
    decode = msgspec.json.Decoder().decode
    for number, line in lines:
        if isinstance(line, Unread):
            yield line
            continue
        try:
            value = decode(line)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            value = _tolerant(line)
        yield _named(number, value, mapped) if value is not None else Unread(number, "no JSON")


def _tolerant(line: str) -> object:
    """What stands behind a prefix of a container (`2026-11-28T08:51:44Z stdout F {…}`), or ends in a comma."""
    start = line.find("{")
    has_halves = "\\ud" in line or "\\uD" in line  # of letters, perhaps: no page can show one alone
    decode = msgspec.json.decode if has_halves else json.loads
    try:
        return decode(line[start:].rstrip().rstrip(",")) if start >= 0 else None
    except (ValueError, msgspec.DecodeError, RecursionError):
        return None


def _w3c(lines: _Lines, mapped: _Mapped) -> Iterator[ExportRow | Unread]:
    columns: tuple[str, ...] = ()
    for number, line in lines:
        if isinstance(line, Unread):
            yield line
        elif line.startswith("#"):
            columns = w3c_columns(line) or columns
        else:
            values = line.split()
            if len(values) != len(columns):
                yield Unread(number, "another number of columns")
                continue
            row = {name: "" if value == "-" else value for name, value in zip(columns, values, strict=True)}
            if "date" in row and "time" in row:
                row["time"] = f"{row.pop('date')}T{row['time']}"
            yield ExportRow(number, mapped.fields(row))


def _formatted(lines: _Lines, form: LineFormat, mapped: _Mapped) -> Iterator[ExportRow | Unread]:
    for number, line in lines:
        if isinstance(line, Unread):
            yield line
        elif (fields := form.read(line)) is None:
            yield Unread(number, f"no line of an {form.name}" if form.name[0] in "AE" else f"no line of {form.name}")
        else:
            yield ExportRow(number, mapped.fields(fields))


def _table(lines: _Lines, delimiter: str, mapped: _Mapped) -> Iterator[ExportRow | Unread]:
    header: list[str] | None = None
    for number, values in split_rows(lines, delimiter):
        if isinstance(values, Unread):
            yield values
        elif header is None:
            header = _unique(values)
        elif len(values) > len(header) or len(values) < min(2, len(header)):
            yield Unread(number, "another number of columns")
        elif values != header:
            yield ExportRow(number, mapped.fields(dict(zip(header, values, strict=False))))


def _unique(names: list[str]) -> list[str]:
    """The header's names; a second one of the same name, or an empty one, gets a number."""
    seen: dict[str, None] = {}
    for place, name in enumerate(names, start=1):
        seen[name.strip() if name.strip() and name.strip() not in seen else f"{name.strip()} {place}".strip()] = None
    return list(seen)
