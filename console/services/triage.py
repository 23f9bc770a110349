"""A log export that somebody hands in, sorted by cause. It is read once, in memory; nothing of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from console.adapters import random
from console.core.actor import Actor
from console.core.triage import ExportRows, LogRefused, Tally, Triage, read_rows
from console.services import budget

MAX_UNPACKED = 200 * 1024 * 1024  # bytes of a gzipped export; the command reads any size


@dataclass(frozen=True, slots=True)
class SortedExport:
    """`format` in words, `columns` which column said what, `headers` all of them.

    `refusal` is why nothing, or nothing more, was read; None when all was. `asks_columns`: no column is known that
    could tell of a refusal, so the person has to name them.
    """

    triage: Triage
    format: str
    columns: Mapping[str, tuple[str, ...]]
    headers: tuple[str, ...]
    asks_columns: bool
    refusal: LogRefused | None = None


def sort_export(actor: Actor, raw: BinaryIO, *, name: str, size_bytes: int, chosen: Mapping[str, str]) -> SortedExport:
    """The refusals of an export by cause. `chosen` says which column is which by the person's word; raises Busy."""
    tally, rows = Tally(key=random.token().encode()), ExportRows()
    refusal: LogRefused | None = None
    with budget.thinking(actor, max(size_bytes, budget.LONG_BYTES + 1)):  # a gzipped one may be of any size inside
        try:
            rows = read_rows(raw, chosen=chosen, max_bytes=MAX_UNPACKED)
            tally.add(rows, file=name)
        except LogRefused as why:
            refusal = why
    return SortedExport(
        tally.result(), rows.format, rows.columns.columns, tuple(rows.headers), rows.asks_columns, refusal
    )
