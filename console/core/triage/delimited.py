"""ExportRows of a table with delimiters: a quote that never ends costs its own row and no other."""

import csv
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from console.core.triage.columns import columns_of
from console.core.triage.kinds import columns_by_values
from console.core.triage.lines import MAX_ROW, Unread

_DELIMITERS = (",", ";", "\t", "|")
_MOST_LINES = 200  # a quoted value goes over at most so many lines
_MOST_OF_FORM = 200  # letters of a value by which rows are told to begin alike
_RUNS = re.compile(r"\d+|[^\W\d]+")
_MOSTLY = 0.8  # of the lines of a table have as many columns
_LEAST = 2  # columns that must be known before a text is taken for a table


_MOST_ABOVE = 5  # lines above a header: `sep=;` of a spreadsheet, the title of a report


def header_of(lines: Sequence[str], chosen: Mapping[str, str]) -> tuple[str, int] | None:
    """What divides the columns of a table, and how many lines stand above its header; None for what is no table."""
    if delimiter := delimiter_of(lines, chosen):
        return delimiter, 0
    for above in range(1, min(_MOST_ABOVE, len(lines) - 1) + 1):
        delimiter = delimiter_of(lines[above : above + 1], chosen)
        names = _split(lines[above], delimiter) if delimiter else []
        if len(names) > _LEAST and not any(name.strip()[:1].isdigit() for name in names):
            return delimiter, above
    return None


def delimiter_of(lines: Sequence[str], chosen: Mapping[str, str]) -> str:
    """What divides the columns of the first line, "" where it names none that is known or chosen."""
    header = lines[0]
    counts = {one: header.count(one) for one in _DELIMITERS}
    best = max(counts, key=lambda one: counts[one])
    if not counts[best]:
        return ""
    names = _split(header, best)
    is_known = len(columns_of(names).columns) >= _LEAST or any(column in names for column in chosen.values())
    is_header = not any(name.strip()[:1].isdigit() for name in names)  # a line of a log begins with its time
    is_even = is_header and len(lines) > 1 and all(len(_split(line, best)) == len(names) for line in lines[1:])
    return best if is_known or is_even else ""


def headless(lines: Sequence[str]) -> tuple[str, list[str]] | None:
    """The delimiter of lines that are a table without a header, and a name for each column; None for other lines.

    That one column holds statuses is what tells them from sentences with as many commas.
    """
    for delimiter in _DELIMITERS:
        rows = [_split(line, delimiter) for line in lines]
        width, count = Counter(map(len, rows)).most_common(1)[0]
        if width < _LEAST or count < len(rows) * _MOSTLY:
            continue
        names = [f"column {place}" for place in range(1, width + 1)]
        even = [dict(zip(names, row, strict=True)) for row in rows if len(row) == width]
        if "status" in columns_by_values(even, ()):
            return delimiter, names
    return None


def split_rows(lines: Iterator[tuple[int, str | Unread]], delimiter: str) -> Iterator[tuple[int, list[str] | Unread]]:
    """Each row with the number of its first line; the first row says how many columns a row has."""
    pending, width = _Pending(lines), 0
    for number, line in pending:
        if isinstance(line, Unread):
            yield number, line
        elif line.count('"') % 2 == 0:
            row = _split(line, delimiter)
            width = width or len(row)
            yield number, row
        elif (joined := _over_lines(line, pending, delimiter, width)) is not None:
            width = width or len(joined)
            yield number, joined
        else:
            row = _split(line, delimiter, quoting=csv.QUOTE_NONE)
            yield number, row if len(row) == width else Unread(number, "a quote that does not end")


class _Pending:
    """Lines of which some were looked at too early and come again."""

    def __init__(self, lines: Iterator[tuple[int, str | Unread]]) -> None:
        self._lines, self._again = lines, deque[tuple[int, str | Unread]]()

    def __iter__(self) -> Iterator[tuple[int, str | Unread]]:
        return self

    def __next__(self) -> tuple[int, str | Unread]:
        return self._again.popleft() if self._again else next(self._lines)

    def give_back(self, taken: list[tuple[int, str | Unread]]) -> None:
        self._again.extendleft(reversed(taken))


def _over_lines(line: str, pending: _Pending, delimiter: str, width: int) -> list[str] | None:
    """The row whose quoted value goes on in the next lines; None, and nothing taken, when its quote is a stray one."""
    taken: list[tuple[int, str | Unread]] = []
    parts, size = [line], len(line)
    form = _form(line.split(delimiter, 1)[0])
    for numbered in pending:
        taken.append(numbered)
        text = numbered[1]
        if isinstance(text, Unread):
            break
        if _begins_a_row(text, form, delimiter, width):
            break
        parts.append(text)
        size += len(text)
        if text.count('"') % 2:
            row = _split("\n".join(parts), delimiter)
            if width in (0, len(row)):
                return row
            break
        if len(taken) >= _MOST_LINES or size > MAX_ROW:
            break
    pending.give_back(taken)
    return None


def _begins_a_row(text: str, form: str, delimiter: str, width: int) -> bool:
    """Whether a line is a whole row that begins as the one before did: then the quote there is a stray one."""
    row = _split(text, delimiter) if text.count('"') % 2 == 0 else []
    return len(row) == width > 1 and _form(row[0]) == form


def _form(value: str) -> str:
    """How a value is written: 2026-11-28 is 9-9-9."""
    return _RUNS.sub(lambda run: "9" if run[0][0].isdigit() else "a", value[:_MOST_OF_FORM].strip('"'))


def _split(text: str, delimiter: str, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL) -> list[str]:
    """The values of a row; a value that is longer than the library takes makes it a row of none."""
    try:
        return next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, quoting=quoting), [])
    except csv.Error:
        return []
