"""How a database can fail, and what a person is told then."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read-only"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Words:
    """`what` and `why` are sentences; `retry_after_s` is when it is worth trying again."""

    what: str
    why: str
    retry_after_s: int


WORDS = {
    FaultKind.UNREACHABLE: Words(
        "The console cannot reach its database at this moment.",
        "The database does not answer: it is stopped or restarting, or takes no more connections.",
        5,
    ),
    FaultKind.BUSY: Words(
        "The console's database is busy at this moment.",
        "Other work, a backup or a long command say, holds what this needs, and the console does not wait for it.",
        2,
    ),
    FaultKind.FULL: Words(
        "The console can keep nothing at this moment.",
        "The disk of its database, or the space set aside for it, is full. What was kept before is still there.",
        60,
    ),
    FaultKind.READ_ONLY: Words(
        "The console can keep nothing at this moment.",
        "Its database only lets itself be read: it is a standby, or the console's user may not write its file.",
        60,
    ),
    FaultKind.DAMAGED: Words(
        "The console cannot read its database.",
        "The database reports a fault of its files or of its disk.",
        300,
    ),
}
DO = "Wait a little, then try again. What you sent just now may not have been kept: look before you send it once more."
WHO = "You can try again; the console's administrator can look at the database and its disk."
