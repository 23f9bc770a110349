"""A log export that somebody hands in, sorted by cause. It is read once, in memory; nothing of it is stored.

What the person says of its columns is remembered, by digests under the installation's key: no name of a column is kept.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.redaction.personal import pseudonym
from console.core.triage import ExportRows, LogRefused, Tally, Triage, read_rows
from console.services import budget, case_desk
from console.store import case_queue, column_readings
from console.store.vault import pseudonym_key

MAX_UNPACKED = 200 * 1024 * 1024  # bytes of a gzipped export; the command reads any size
LEAST_UNPACKED = 8 * 1024 * 1024  # that are read of any
MOST_PACKED = 100  # bytes that one of a gzipped export may hold: of a log it is 10 to 40, of what is made to cost 1,000


@dataclass(frozen=True, slots=True)
class SortedExport:
    """`format` in words, `columns` which column said what, `headers` all of them.

    `refusal` is why nothing, or nothing more, was read; None when all was. `asks_columns`: no column is known that
    could tell of a refusal, so the person has to name them. `guessed` are the names that were told by what stands in
    their column, `recalled` those that this person once named.
    """

    triage: Triage
    format: str
    columns: Mapping[str, tuple[str, ...]]
    headers: tuple[str, ...]
    asks_columns: bool
    refusal: LogRefused | None = None
    guessed: frozenset[str] = field(default=frozenset())
    recalled: frozenset[str] = field(default=frozenset())


def sort_export(actor: Actor, raw: BinaryIO, *, name: str, size_bytes: int, chosen: Mapping[str, str]) -> SortedExport:
    """The refusals of an export by cause. `chosen` says which column is which by the person's word; raises Busy."""
    tally, rows = Tally(key=random.token().encode()), ExportRows()
    refusal: LogRefused | None = None
    remembered = _remembered(actor)
    with budget.thinking(actor, max(size_bytes, budget.LONG_BYTES + 1)):  # a gzipped one may be of any size inside
        try:
            rows = read_rows(raw, chosen=chosen, remembered=remembered, max_bytes=_most_unpacked(size_bytes))
            tally.add(rows, file=name)
        except LogRefused as why:
            refusal = why
    if chosen and actor.user_id is not None and set(chosen.values()) <= set(rows.headers):
        key = pseudonym_key()
        said = {name: pseudonym(column, key) for name, column in chosen.items()}
        column_readings.keep(actor.user_id, said, now=clock.now())
    return SortedExport(
        tally.result(),
        rows.format,
        rows.columns.columns,
        rows.headers,
        rows.asks_columns,
        refusal,
        frozenset(rows.reader.guessed),
        frozenset(rows.reader.recalled) - frozenset(chosen),
    )


def _most_unpacked(size_bytes: int) -> int:
    return min(MAX_UNPACKED, max(LEAST_UNPACKED, MOST_PACKED * size_bytes))


def cases_of(actor: Actor, causes: Iterable[str]) -> dict[str, tuple[str, int]]:
    """By cause the open case, its id and number, in which the actor may add what a log tells of the same."""
    return case_queue.of_causes(actor, causes, now=clock.now())


def add_to_case(actor: Actor, case_id: str, note: str) -> None:
    """Writes in a case what a log tells of the same cause; raises NotFound."""
    case_desk.comment(actor, case_id, note)


def forget_columns(actor: Actor) -> int:
    """Forgets what the actor ever said of columns; gives how many answers there were."""
    return column_readings.forget(actor.user_id) if actor.user_id is not None else 0


def has_remembered(actor: Actor) -> bool:
    """Whether anything is remembered of what the actor said of columns."""
    return actor.user_id is not None and bool(column_readings.list_of(actor.user_id))


def _remembered(actor: Actor) -> Callable[[tuple[str, ...]], Mapping[str, str]]:
    """What was said before of columns as these: of the answers whose columns are all here, the one used last."""
    answers = column_readings.list_of(actor.user_id) if actor.user_id is not None else []
    key = pseudonym_key() if answers else b""

    def recall(headers: tuple[str, ...]) -> Mapping[str, str]:
        if not answers:
            return {}
        by_digest = {pseudonym(header, key): header for header in headers}
        for answer in answers:
            if all(digest in by_digest for digest in answer.values()):
                return {name: by_digest[digest] for name, digest in answer.items()}
        return {}

    return recall
