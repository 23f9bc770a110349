"""From rows with columns of their own to rows by `columns.NAMES`: by name, by value, by a person's word."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import NamedTuple

from console.core.triage.access_log import access_line
from console.core.triage.columns import LONGEST, ColumnMap, Fields, columns_of
from console.core.triage.kinds import columns_by_values
from console.core.triage.lines import Unread
from console.core.triage.source import LogRefused

RawRow = tuple[int, Mapping[str, str] | Unread]
Remembered = Callable[[tuple[str, ...]], Mapping[str, str]]
LEARNT_FROM = 50  # rows that are looked at before the first is named
_MOST_SHAPES, _MOST_COLUMNS = 1000, 200
_MOST_TEXT = 4000  # letters of what several columns say together
_DECIDING = frozenset({"status", "reason", "message", "challenge"})


class ExportRow(NamedTuple):
    """One row: `line` counted from 1, `fields` by the names of `columns.NAMES`, what is absent is not there."""

    line: int
    fields: Fields


@dataclass(slots=True)
class ColumnReader:
    """Names the columns of rows as they come; one answer for all rows of the same columns.

    `chosen` is a person's word on which column is which name; `remembered` gives what this person said before of
    these columns. `headers` are all columns met so far, `columns` which of them say what, `guessed` the names that
    were told by what stands in their column, `recalled` those that were remembered.
    """

    chosen: Mapping[str, str]
    remembered: Remembered | None = None
    headers: dict[str, None] = field(default_factory=dict)
    columns: ColumnMap = field(default_factory=lambda: ColumnMap({}))
    guessed: Mapping[str, str] = field(default_factory=dict)
    recalled: Mapping[str, str] = field(default_factory=dict)
    _plans: dict[tuple[str, ...], "_Plan"] = field(default_factory=dict)

    @property
    def asks_columns(self) -> bool:
        """Whether no column is known that could tell of a refusal: then somebody must say which is which."""
        return bool(self.headers) and _DECIDING.isdisjoint(self.columns.columns)

    def named(self, rows: Iterator[RawRow]) -> Iterator[ExportRow | Unread]:
        """Each row by the names; the first ones are looked at together, to tell columns by their values."""
        first, refusal = _first_of(rows)
        self._look_at([row for _, row in first if not isinstance(row, Unread)])
        for number, row in chain(first, rows):
            yield row if isinstance(row, Unread) else ExportRow(number, self._fields(row))
        if refusal is not None:
            raise refusal

    def _look_at(self, rows: list[Mapping[str, str]]) -> None:
        for row in rows:
            self._note(tuple(row))
        headers = tuple(self.headers)
        if self.remembered is not None:
            self.recalled = self.remembered(headers)
        known = columns_of(headers, {**self.recalled, **self.chosen})
        if not known.columns.get("status") or not known.columns.get("time"):
            found = columns_by_values(rows, known.used)
            self.guessed = {name: column for name, column in found.items() if name not in known.columns}

    def _note(self, keys: tuple[str, ...]) -> None:
        if len(self.headers) < _MOST_COLUMNS:
            self.headers.update(dict.fromkeys(key for key in islice(keys, _MOST_COLUMNS) if len(key) <= LONGEST))

    def _fields(self, row: Mapping[str, str]) -> Fields:
        keys = tuple(row)
        plan = self._plans.get(keys) or self._learn(keys)
        found: dict[str, str] = {}
        for name, columns in plan.columns:
            for column in columns:
                if value := row.get(column):
                    found[name] = value
                    break
        if plan.messages:
            found.update(_together(row, plan.messages))
        if plan.time_utc and (time := row.get(plan.time_utc)):
            found["time"] = f"{time} UTC"
        if "status" not in found and '"' in (message := found.get("message", "")):
            found.update(_request_in(message, found))
        return found

    def _learn(self, keys: tuple[str, ...]) -> "_Plan":
        if len(self._plans) >= _MOST_SHAPES:
            self._plans.clear()
        self._note(keys)
        read = columns_of(keys, {**self.guessed, **self.recalled, **self.chosen})
        self.columns = ColumnMap({**read.columns, **self.columns.columns})
        messages, times = read.columns.get("message", ()), read.columns.get("time", ("",))
        plan = _Plan(
            tuple(read.columns.items()),
            messages if len(messages) > 1 else (),
            times[0] if _UTC.search(times[0]) else "",
        )
        self._plans[keys] = plan
        return plan


@dataclass(frozen=True, slots=True)
class _Plan:
    """How rows of the same columns are read: `messages` where several together say it, `time_utc` where the column's
    own name says that its times are UTC.
    """

    columns: tuple[tuple[str, tuple[str, ...]], ...]
    messages: tuple[str, ...]
    time_utc: str


_UTC = re.compile(r"[\[(_ ]UTC[\])]?\s*$", re.IGNORECASE)


def _first_of(rows: Iterator[RawRow]) -> tuple[list[RawRow], LogRefused | None]:
    """The rows that are looked at, and what ended them too early."""
    first: list[RawRow] = []
    try:
        first.extend(islice(rows, LEARNT_FROM))
    except LogRefused as refusal:
        return first, refusal
    return first, None


def _together(row: Mapping[str, str], columns: tuple[str, ...]) -> dict[str, str]:
    """What several columns say: a message, and the exception behind it. What stands in another already is left out."""
    said: list[str] = []
    for column in columns:
        value = row.get(column, "")[:_MOST_TEXT]
        if value and not any(value in one for one in said):
            said.append(value)
    return {"message": "; ".join(said)[:_MOST_TEXT]} if said else {}


def _request_in(message: str, found: Mapping[str, str]) -> dict[str, str]:
    """What an access log wrote that came wrapped in another: as a container's or a journal's message."""
    inner = access_line(message)
    if inner is None:
        return {}
    names = columns_of(inner).columns
    read = {name: inner[columns[0]] for name, columns in names.items() if inner[columns[0]]}
    return {**read, **{name: value for name, value in found.items() if name in read and name != "message"}}
