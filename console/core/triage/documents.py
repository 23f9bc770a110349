"""JSON documents of any size, read as a stream: a list of rows, one inside an object, the tables of Log Analytics."""

from collections.abc import Iterator
from io import BufferedReader
from typing import Any

import ijson

from console.core.triage.lines import LogRefused

_LOOKED_AT = 65_536
_DO = "Export it again, or as CSV or JSON lines."


def document_rows(stream: "BufferedReader[Any]") -> Iterator[tuple[int, Any]]:
    """Each row with its number, counted from 1; raises LogRefused where the document has none, or is broken."""
    prefix = _place_of_rows(stream.peek(_LOOKED_AT)[:_LOOKED_AT])
    if prefix is None:
        raise LogRefused("This JSON document holds no list of rows.", _DO)
    rows = _tables(stream) if prefix == "tables.item" else ijson.items(stream, prefix, use_float=True)
    number = 0
    try:
        for number, value in enumerate(rows, start=1):
            yield number, value
    except (ijson.JSONError, UnicodeDecodeError, RecursionError) as damage:
        raise LogRefused(f"The JSON document is broken behind its row {number}.", _DO) from damage


def _place_of_rows(start: bytes) -> str | None:
    """Where the first list of objects, or of the rows of a table, begins."""
    try:
        for prefix, event, _ in ijson.parse(_Start(start)):
            if prefix.startswith("tables.item"):
                return "tables.item"
            if event == "start_map" and prefix.split(".")[-1:] == ["item"]:
                return str(prefix)
    except ijson.JSONError:
        return None
    return None


class _Start:
    """The beginning of a document as a file that ends there."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int = -1) -> bytes:
        part = self._data if size < 0 else self._data[:size]
        self._data = self._data[len(part) :]
        return part


def _tables(stream: "BufferedReader[Any]") -> Iterator[dict[str, Any]]:
    """ExportRows as the query API of Log Analytics gives them: the columns of a table, then its rows as lists."""
    columns: list[str] = []
    values: list[Any] | None = None
    for prefix, event, value in ijson.parse(stream, use_float=True):
        if prefix == "tables.item.columns" and event == "start_array":
            columns = []
        elif prefix == "tables.item.columns.item.name":
            columns.append(str(value))
        elif prefix == "tables.item.rows.item":
            if event == "start_array":
                values = []
            elif event == "end_array" and values is not None:
                yield dict(zip(columns, values, strict=False))
                values = None
        elif prefix == "tables.item.rows.item.item" and values is not None:
            values.append(value)
