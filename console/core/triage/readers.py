"""Rows out of lines, one reader for each format: each gives the columns of a row by their own names."""

import json
import re
from collections.abc import Iterator

import msgspec

from console.core.triage.access_log import LineFormat, time_before, w3c_columns
from console.core.triage.delimited import split_rows
from console.core.triage.flat import flat_row
from console.core.triage.lines import Unread
from console.core.triage.mapping import RawRow
from console.core.triage.pairs import read_pairs
from console.core.triage.unwrapped import CARRIED, rows_in

Lines = Iterator[tuple[int, str | Unread]]
_PREFIX = re.compile(r"(?:\S+ (?:stdout|stderr) [FP] |[\w.-]+ *\| )(?=\{)")  # what containers write before a line
_BRACED = 200  # rows in which columns that hold objects are looked for
_OTHER_COLUMNS = "another number of columns"


def of_objects(values: Iterator[tuple[int, object]]) -> Iterator[RawRow]:
    """The rows of decoded JSON."""
    for number, value in values:
        if isinstance(value, Unread):
            yield number, Unread(number, value.why)
        elif isinstance(value, dict):
            if CARRIED.isdisjoint(value):
                yield number, flat_row(value)
                continue
            for row in rows_in(value):
                yield number, flat_row(row)
        else:
            yield number, Unread(number, "no object")


def json_lines(lines: Lines) -> Iterator[RawRow]:
    return of_objects(_decoded(lines))


def bare(line: str) -> str:
    """A line without what a container writes before it."""
    found = _PREFIX.match(line.lstrip())
    return line.lstrip()[found.end() :] if found else line


def _decoded(lines: Lines) -> Iterator[tuple[int, object]]:
    decode = msgspec.json.Decoder().decode
    for number, line in lines:
        if isinstance(line, Unread):
            yield number, line
            continue
        try:
            value = decode(line)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            value = _tolerant(line)
        yield number, Unread(number, "no JSON") if value is None else value


def _tolerant(line: str) -> object:
    """What stands behind a prefix of a container (`2026-11-28T08:51:44Z stdout F {…}`), or ends in a comma."""
    start = line.find("{")
    has_halves = "\\ud" in line or "\\uD" in line  # of letters, perhaps: no page can show one alone
    decode = msgspec.json.decode if has_halves else json.loads
    try:
        return decode(line[start:].rstrip().rstrip(",")) if start >= 0 else None
    except (ValueError, msgspec.DecodeError, RecursionError):
        return None


def w3c(lines: Lines) -> Iterator[RawRow]:
    """A log whose columns a line of its own names; its times are UTC."""
    columns: tuple[str, ...] = ()
    for number, line in lines:
        if isinstance(line, Unread):
            yield number, line
        elif line.startswith("#"):
            columns = w3c_columns(line) or columns
        else:
            values = line.split("\t") if "\t" in line else line.split()
            if len(values) != len(columns):
                yield number, Unread(number, _OTHER_COLUMNS)
                continue
            row = {name: "" if value == "-" else value for name, value in zip(columns, values, strict=True)}
            if "date" in row and "time" in row:
                row["time"] = f"{row.pop('date')}T{row['time']}Z"
            yield number, row


def formatted(lines: Lines, form: LineFormat) -> Iterator[RawRow]:
    for number, line in lines:
        if isinstance(line, Unread):
            yield number, line
        elif (fields := form.read(line)) is None:
            article = "an" if form.name[0] in "AEa" else "a"
            yield number, Unread(number, f"no line of {article} {form.name}")
        else:
            yield number, fields


def paired(lines: Lines) -> Iterator[RawRow]:
    """Lines of pairs; another line between them is what an application said."""
    for number, line in lines:
        if isinstance(line, Unread):
            yield number, line
            continue
        fields = dict(read_pairs(line) or {"message": line})
        if (prefix := fields.pop("prefix", "")) and "time" not in fields and (time := time_before(prefix)):
            fields["time"] = time
        yield number, fields


def below(lines: Lines, above: int) -> Lines:
    """The lines without the first ones, which are told as unread; how a spreadsheet divides columns is no row."""
    for number, line in lines:
        if not above or isinstance(line, Unread):
            yield number, line
            continue
        above -= 1
        if not line.startswith("sep="):
            yield number, Unread(number, "above the header")


def table(lines: Lines, delimiter: str, header: list[str] | None = None) -> Iterator[RawRow]:
    """The rows under a header, which is the first line where none is given.

    Values that are JSON objects, as customDimensions, become columns of their own.
    """
    braced: set[int] = set()
    for count, (number, values) in enumerate(split_rows(lines, delimiter)):
        if isinstance(values, Unread):
            yield number, values
        elif header is None:
            header = _unique(values)
        elif len(values) > len(header) or len(values) < min(2, len(header)):
            yield number, Unread(number, _OTHER_COLUMNS)
        elif values != header:
            row = dict(zip(header, values, strict=False))
            if count < _BRACED:
                braced.update(place for place, value in enumerate(values) if value[:1] == "{" and value[-1:] == "}")
            yield number, {**row, **_opened(header, values, braced)} if braced else row


def _opened(header: list[str], values: list[str], braced: set[int]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in braced:
        if place < len(values) and values[place][:1] == "{":
            found.update(flat_row({header[place]: values[place]}))
    return found


def _unique(names: list[str]) -> list[str]:
    """The header's names; a second one of the same name, or an empty one, gets a number."""
    seen: dict[str, None] = {}
    for place, name in enumerate(names, start=1):
        seen[name.strip() if name.strip() and name.strip() not in seen else f"{name.strip()} {place}".strip()] = None
    return list(seen)
