"""Where a case is from that another console wrote into a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseFileOrigin:
    """`console` is the address it gave itself, "" for none, and `number` the case's there; `owner` a name of there.

    Times are epoch seconds, 0 when unknown. `is_changed`: the file was changed after it was written.
    """

    console: str
    number: int
    owner: str
    written_at: int
    imported_at: int
    is_changed: bool = False
