"""The refusals of an export, counted by cause, API, operation and status; each shape of row is diagnosed once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from console.core.diagnosis import explain
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.terms import Confidence
from console.core.evidence import Evidence
from console.core.owner import Owner
from console.core.redaction.personal import pseudonymised
from console.core.redaction.redact import redact_text
from console.core.redaction.start import masked_start
from console.core.triage.callers import caller_of, without_addresses
from console.core.triage.columns import Fields
from console.core.triage.lines import Unread
from console.core.triage.mapping import ExportRow
from console.core.triage.moments import time_of_row
from console.core.triage.operation import operation_of
from console.core.triage.shape import Shape, evidence_of, is_error_code, shape_of, speaks_of_access, status_of
from console.core.triage.unwrapped import told_in_address

REFUSALS = frozenset({401, 403, 407, 429})
MOST_SHAPES = 5000  # different rows that are diagnosed; what comes after them is counted as not explained
MOST_TEXT = 3_000_000  # characters of those rows: how long each is counts as well
MOST_CALLERS = 100_000  # of one group that are told apart
MOST_CALLERS_OF_ALL = 1_000_000  # of all groups together
MOST_QUARTERS = 200_000  # of all groups together; later ones are missing from the course
MOST_GROUPS = 2000
_MOST_UNREAD = 20
_MOST_SHOWN = 4000  # characters of one field
QUARTER_S = 900


@dataclass(frozen=True, slots=True)
class Example:
    """One row of a group: where it stands, and its fields, redacted."""

    file: str
    line: int
    fields: tuple[tuple[str, str], ...]

    @property
    def evidence(self) -> Evidence:
        """What of the row a case would hold."""
        return evidence_of(dict(self.fields))


@dataclass(slots=True)
class RefusalGroup:
    """Refusals of one cause, API, operation and status. `cause` None: not explained; `diagnosis` of its example.

    `first` and `last` are epoch seconds, None where no row has a time; `quarters` counts by the first second of each
    quarter of an hour. `has_more_callers`: there are more than were told apart.
    """

    cause: str | None
    api: str
    operation: str
    status: int | None
    diagnosis: Diagnosis
    example: Example
    count: int = 0
    first: float | None = None
    last: float | None = None
    quarters: Counter[int] = field(default_factory=Counter)
    callers: set[bytes] = field(default_factory=set, repr=False)
    has_more_callers: bool = False

    @property
    def confidence(self) -> Confidence | None:
        primary = self.diagnosis.primary
        return primary.confidence if primary else None

    @property
    def owner(self) -> Owner | None:
        primary = self.diagnosis.primary
        return primary.owner if primary else None


@dataclass(frozen=True, slots=True)
class Triage:
    """What came of one or several exports. `unread` are the first of `unread_count`; times are epoch seconds or None.

    `is_cut`: there were more different rows than are diagnosed. `timeless` counts refusals without a readable time,
    `zoneless` rows whose time names no zone and was taken as UTC; `unread_by` are reasons and how many rows each had.
    """

    rows: int
    refused: int
    unread_count: int
    unread: tuple[tuple[str, Unread], ...]
    first: float | None
    last: float | None
    groups: tuple[RefusalGroup, ...]
    is_cut: bool
    timeless: int
    zoneless: int = 0
    unread_by: tuple[tuple[str, int], ...] = ()

    @property
    def unexplained(self) -> int:
        return sum(group.count for group in self.groups if group.cause is None)


class Tally:
    """Counts rows as they come. `key` makes callers pseudonymous: without it nobody can tell who one is."""

    def __init__(self, *, key: bytes) -> None:
        self._key = key[:64]
        self._shapes: dict[Shape, Diagnosis | None] = {}
        self._bare: dict[Shape, str | None] = {}
        self._groups: dict[tuple[str | None, str, str, int | None], RefusalGroup] = {}
        self._unread: list[tuple[str, Unread]] = []
        self._operations: dict[tuple[str, str, str], str] = {}
        self._rows = self._refused = self._timeless = self._zoneless = 0
        self._unread_by: Counter[str] = Counter()
        self._characters = self._callers = self._quarters = 0
        self._first: float | None = None
        self._last: float | None = None
        self._is_cut = False

    @property
    def rows(self) -> int:
        return self._rows

    def add(self, rows: Iterable[ExportRow | Unread], *, file: str) -> None:
        """Counts the rows of one export; raises LogRefused where reading it does, and keeps what was counted."""
        for row in rows:
            if isinstance(row, Unread):
                self._unread_by[row.why] += 1
                if len(self._unread) < _MOST_UNREAD:
                    self._unread.append((file, row))
                continue
            self._rows += 1
            fields = row.fields
            moment = self._seen_at(fields.get("time", ""))
            if "error=" in (url := fields.get("url", "")) and (told := told_in_address(url)):
                row = ExportRow(row.line, {**told, **fields})  # noqa: PLW2901 (with what its address says)
                diagnosis = self._telling(row.fields)
            else:
                diagnosis = self._refusal(fields)
            if diagnosis is not None:
                self._count(row, diagnosis, moment, file)

    def result(self) -> Triage:
        groups = sorted(self._groups.values(), key=lambda one: (-one.count, one.cause or "~", one.api, one.operation))
        return Triage(
            self._rows,
            self._refused,
            self._unread_by.total(),
            tuple(self._unread),
            self._first,
            self._last,
            tuple(groups),
            self._is_cut,
            self._timeless,
            self._zoneless,
            tuple(self._unread_by.most_common()),
        )

    def _seen_at(self, text: str) -> float | None:
        found = time_of_row(text) if text else None
        if found is None:
            return None
        moment = found.seconds
        self._zoneless += not found.has_zone
        self._first = moment if self._first is None or moment < self._first else self._first
        self._last = moment if self._last is None or moment > self._last else self._last
        return moment

    def _refusal(self, fields: Fields) -> Diagnosis | None:
        """The diagnosis of a row that tells of a refusal; None for any other.

        Statuses of REFUSALS always do; another row does when what is written in it is known to refuse a token.
        """
        status = status_of(fields)
        if status is not None and status < 400:
            return None
        if status is None and not speaks_of_access(fields):
            return None
        if status in REFUSALS:
            return self._diagnosed(fields) or _not_explained()  # more different rows than are diagnosed
        return self._telling(fields)

    def _telling(self, fields: Fields) -> Diagnosis | None:
        """The diagnosis where what is written in a row is known to refuse a token or a person; None for others."""
        diagnosis = self._diagnosed(fields)
        primary = diagnosis.primary if diagnosis else None
        if primary is None or primary.cause in _NO_REFUSALS:
            return None
        if primary.confidence is Confidence.POSSIBLE and not is_error_code(fields.get("reason", "")):
            return None
        return diagnosis if primary.cause != self._by_status(fields) else None

    def _by_status(self, fields: Fields) -> str | None:
        """The cause that the status alone tells: of a 404 without a word nobody knows that a client was refused."""
        if "status" not in fields:
            return None
        bare = {name: fields[name] for name in ("status", "method") if name in fields}
        shape = shape_of(bare)
        if shape not in self._bare:
            primary = explain(evidence_of(bare)).primary
            self._bare[shape] = primary.cause if primary else None
        return self._bare[shape]

    def _diagnosed(self, fields: Fields) -> Diagnosis | None:
        shape = shape_of(fields)
        if shape not in self._shapes:
            if len(self._shapes) >= MOST_SHAPES or self._characters > MOST_TEXT:
                self._is_cut = True
                return None
            self._characters += sum(map(len, shape))
            self._shapes[shape] = explain(evidence_of(fields))
        return self._shapes[shape]

    def _count(self, row: ExportRow, diagnosis: Diagnosis, moment: float | None, file: str) -> None:
        self._refused += 1
        group = self._group(row, diagnosis, file)
        group.count += 1
        if caller := row.fields.get("caller"):
            self._count_caller(group, caller)
        if moment is None:
            self._timeless += 1
            return
        group.first = moment if group.first is None or moment < group.first else group.first
        group.last = moment if group.last is None or moment > group.last else group.last
        quarter = int(moment // QUARTER_S) * QUARTER_S
        if quarter not in group.quarters:
            self._quarters += 1
        if quarter in group.quarters or self._quarters <= MOST_QUARTERS:
            group.quarters[quarter] += 1

    def _count_caller(self, group: RefusalGroup, caller: str) -> None:
        told = blake2b(caller_of(caller).encode("utf-8", "replace"), digest_size=8, key=self._key).digest()
        if told in group.callers:
            return
        if len(group.callers) >= MOST_CALLERS or self._callers >= MOST_CALLERS_OF_ALL:
            group.has_more_callers = True
            return
        self._callers += 1
        group.callers.add(told)

    def _group(self, row: ExportRow, diagnosis: Diagnosis, file: str) -> RefusalGroup:
        fields, primary = row.fields, diagnosis.primary
        cause, status = primary.cause if primary else None, status_of(fields)
        key = (cause, fields.get("api", ""), self._operation(fields), status)
        group = self._groups.get(key)
        if group is None and len(self._groups) >= MOST_GROUPS:
            key = (cause, "", "", status)
            group = self._groups.get(key)
        if group is None:
            example = Example(file, row.line, tuple((name, self._clean(text)) for name, text in _shown(fields)))
            group = RefusalGroup(cause, self._clean(key[1]), self._clean(key[2]), status, diagnosis, example)
            self._groups[key] = group
        return group

    def _clean(self, text: str) -> str:
        """Without secrets, and with a pseudonym, which tells nothing without the key, in place of each person."""
        return without_addresses(pseudonymised(masked_start(text, _MOST_SHOWN, redact_text), self._key))

    def _operation(self, fields: Fields) -> str:
        asked = (fields.get("operation", ""), fields.get("method", ""), fields.get("url", ""))
        known = self._operations.get(asked)
        if known is None:
            if len(self._operations) >= MOST_SHAPES:
                self._operations.clear()
            known = self._operations[asked] = operation_of(*asked)
        return known


def _shown(fields: Fields) -> Iterator[tuple[str, str]]:
    """What may be shown of a row once it is cleaned: nobody's name, and no query, which may hold anything."""
    for name, text in fields.items():
        if name == "url":
            yield name, text.split("?", 1)[0]
        elif name != "caller":
            yield name, text


@lru_cache(maxsize=1)
def _not_explained() -> Diagnosis:
    return explain(evidence_of({}))


_NO_REFUSALS = frozenset({"api-error", "backend-unavailable"})
