"""Which thing somebody looks at, as the page says it: its kind and its id."""

import uuid
from dataclasses import dataclass

KINDS = ("profile", "attempt", "api", "case")


@dataclass(frozen=True, slots=True)
class LookedAt:
    kind: str
    id: str


def looked_at(text: str) -> LookedAt | None:
    """Reads "profile:<id>"; None for anything else, for it comes from a browser."""
    kind, _, id_ = text.partition(":")
    try:
        known = str(uuid.UUID(id_)) if kind in KINDS else ""
    except ValueError:
        return None
    return LookedAt(kind, known) if known else None
