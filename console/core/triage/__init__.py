"""From a pile of log rows to its refusals by cause: read as a stream, each shape of row diagnosed once."""

from console.core.triage.columns import NAMES, ColumnMap
from console.core.triage.lines import Unread
from console.core.triage.mapping import ExportRow, Remembered
from console.core.triage.rows import ExportRows, read_rows
from console.core.triage.source import LogRefused
from console.core.triage.tally import RefusalGroup, Tally, Triage

__all__ = [
    "NAMES",
    "ColumnMap",
    "ExportRow",
    "ExportRows",
    "LogRefused",
    "RefusalGroup",
    "Remembered",
    "Tally",
    "Triage",
    "Unread",
    "read_rows",
]
