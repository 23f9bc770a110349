"""From a pile of log rows to its refusals by cause: read as a stream, each shape of row diagnosed once."""

from console.core.triage.columns import NAMES, ColumnMap
from console.core.triage.lines import LogRefused, Source, Unread
from console.core.triage.rows import ExportRow, ExportRows, read_rows
from console.core.triage.tally import RefusalGroup, Tally, Triage

__all__ = [
    "NAMES",
    "ColumnMap",
    "ExportRow",
    "ExportRows",
    "LogRefused",
    "RefusalGroup",
    "Source",
    "Tally",
    "Triage",
    "Unread",
    "read_rows",
]
