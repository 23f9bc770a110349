"""The audit trail as files: CSV for spreadsheets, JSON lines for programs. Some lines at a time, never all of it."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from console.store.audit import AuditRecord

COLUMNS = (
    *("number", "time", "who", "action", "object_kind", "object_id", "result", "address", "detail", "entry_hash"),
)
BLOCK_BYTES = 64 * 1024
# A spreadsheet runs what begins so; behind a semicolon or a tab too, where its list separator is another than ours.
_STARTS_FORMULA = re.compile(r"^[ \t\r\n]?[=+\-@\t\r\n＝＋－＠]")
_AFTER_SEPARATOR = re.compile(r"([;\t\r\n] ?)(?=[=+\-@＝＋－＠])")


def csv_lines(entries: Iterator[AuditRecord]) -> Iterator[bytes]:
    """RFC 4180, UTF-8 with a byte order mark; a cell that a spreadsheet would run begins with an apostrophe."""
    line = _Line()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    yield b"\xef\xbb\xbf" + line.taken()
    for entry in entries:
        writer.writerow([_harmless(str(value)) for value in _values(entry).values()])
        yield line.taken()


def json_lines(entries: Iterator[AuditRecord]) -> Iterator[bytes]:
    """One JSON object a line, in ASCII: texts are exact, whatever they hold."""
    for entry in entries:
        yield f"{json.dumps(_values(entry), ensure_ascii=True)}\n".encode()


def in_blocks(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The same in parts of BLOCK_BYTES and a bit: each part is a packet of its own to who reads it."""
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= BLOCK_BYTES:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


class _Line:
    """What the csv module writes into: the line of now."""

    def __init__(self) -> None:
        self._text = ""

    def write(self, text: str) -> None:
        self._text += text

    def taken(self) -> bytes:
        text, self._text = self._text, ""
        return text.encode("utf-8", "backslashreplace")  # a lone surrogate is in no UTF-8 file


def _values(entry: AuditRecord) -> dict[str, str | int]:
    values: dict[str, str | int] = {name: getattr(entry, name) for name in COLUMNS if name != "time"}
    return {name: values[name] if name != "time" else _iso(entry.happened_at) for name in COLUMNS}


def _harmless(text: str) -> str:
    text = _AFTER_SEPARATOR.sub(r"\1'", text.replace("\x00", "\\x00"))
    return f"'{text}" if _STARTS_FORMULA.match(text) else text


def _iso(epoch_s: int) -> str:
    """RFC 3339 in UTC; the number itself when no calendar holds it."""
    try:
        return datetime.fromtimestamp(epoch_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return str(epoch_s)
