"""Rows of a gateway's log (ApiManagementGatewayLogs): CSV, JSON or name=value text, each as an exchange with facts.

Source: reference apim.md section 3.6.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from console.core.exchange import Request, Response
from console.core.paste.seen import SeenExchange
from console.core.whole_number import whole_number

MAX_ROWS = 500
_COLUMNS = (
    "ResponseCode", "BackendResponseCode", "LastErrorSource", "LastErrorReason", "LastErrorMessage", "LastErrorScope",
    "LastErrorSection", "LastErrorPolicyId", "Method", "Url", "CorrelationId", "OperationId", "ApiId", "Errors",
    "CallerIpAddress", "BackendUrl", "IsRequestSuccess", "TimeGenerated",
)  # fmt: skip
_BY_LOWER = {name.lower(): name for name in _COLUMNS}
_MARKS = frozenset({"responsecode", "backendresponsecode", "lasterrorreason", "lasterrormessage", "lasterrorsource"})
_PAIR = re.compile(
    rf"""(?<![A-Za-z])({"|".join(_COLUMNS)})["']?[ \t]{{0,8}}[=:\t][ \t]{{0,8}}"""
    r"""(?:"((?:[^"\\\n]|\\.)*+)"?|'([^'\n]*+)'?|([^\s,;|]*+(?:[ ](?![A-Za-z]+[=:])[^\s,;|=:]++)*+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, repr=False)
class LogRow:
    """`seen` is the call; `facts` the columns by their own names, with "0" for a backend that was never asked."""

    seen: SeenExchange
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """What the gateway wrote about its last error, as lines of "name: value"."""
        return "\n".join(f"{name}: {value}" for name, value in self.facts.items() if name.startswith("LastError"))


@dataclass(frozen=True, slots=True, repr=False)
class LogRows:
    """At most MAX_ROWS rows; `left_out` is how many more stand in the text and were not read."""

    rows: tuple[LogRow, ...] = ()
    left_out: int = 0


def rows_of_json(value: Any) -> LogRows:
    """The rows of a decoded JSON value: one object, a list of them, or a list under `value`, `rows` or `records`."""
    if isinstance(value, dict):
        listed = next((value[name] for name in ("value", "rows", "records") if isinstance(value.get(name), list)), None)
        value = listed if listed is not None else [value]
    if not isinstance(value, list):
        return LogRows()
    flat = [_flat(row) for row in value[:MAX_ROWS] if isinstance(row, dict)]
    left_out = sum(isinstance(row, dict) for row in islice(value, MAX_ROWS, None))
    return LogRows(tuple(_row(row) for row in flat if _is_row(row)), left_out)


def rows_of_text(text: str) -> LogRows:
    """The rows of a CSV table, or the one row of a text that names the columns."""
    table, left_out = _table(text)
    if table:
        return LogRows(tuple(_row(row) for row in table), left_out)
    found: dict[str, str] = {}
    for pair in _PAIR.finditer(text):
        found.setdefault(pair[1].lower(), next(filter(None, pair.groups()[1:]), ""))
    return LogRows((_row(found),)) if _is_row(found) else LogRows()


def _is_row(row: dict[str, str]) -> bool:
    return len(_MARKS & row.keys()) >= 2 or bool(row.get("lasterrorreason")) or bool(row.get("lasterrormessage"))


def _table(text: str) -> tuple[list[dict[str, str]], int]:
    """The rows of a CSV table, and how many more there are."""
    head, _, rest = text.partition("\n")
    separator = max(",\t;|", key=head.count)
    names = [name.strip().strip('"').removesuffix("_s").removesuffix("_d").lower() for name in head.split(separator)]
    if not rest.strip() or len(_MARKS & set(names)) < 2:
        return [], 0
    reader = csv.reader(rest.split("\n"), delimiter=separator)
    try:
        rows = list(islice(filter(None, reader), MAX_ROWS))
    except csv.Error:
        return [], 0
    return [dict(zip(names, (cell.strip() for cell in row), strict=False)) for row in rows], _count(reader)


def _count(rows: Iterator[list[str]]) -> int:
    """How many rows are left that hold something; what is no row of a table counts as well."""
    count = 0
    while True:
        try:
            count += bool(next(rows))
        except StopIteration:
            return count
        except csv.Error:
            count += 1


def _flat(row: dict[str, Any]) -> dict[str, str]:
    """The members of a row as text under lower-case names; those of `properties` and of `lastError` too."""
    found: dict[str, str] = {}
    for name, value in row.items():
        lower = name.lower().removesuffix("_s").removesuffix("_d")
        if lower == "properties" and isinstance(value, dict):
            found |= _flat(value)
        elif lower == "lasterror" and isinstance(value, dict):
            found |= {f"lasterror{key}": text for key, text in _flat(value).items()}
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            found[lower] = str(value)
        elif value is None:
            found[lower] = ""
    return found


def _row(row: dict[str, str]) -> LogRow:
    facts = {_BY_LOWER[name]: value for name, value in row.items() if name in _BY_LOWER and value}
    if "backendresponsecode" in row:
        facts.setdefault("BackendResponseCode", "0")
    code = _code(row.get("responsecode", ""))
    request = None
    if row.get("url") or row.get("method"):
        request = Request(row.get("method", "").upper(), row.get("url", ""))
    return LogRow(SeenExchange(request, Response(code) if code else None), facts)


def _code(text: str) -> int | None:
    text = text.partition(".")[0]
    return whole_number(text, digits=3) if len(text) == 3 else None
