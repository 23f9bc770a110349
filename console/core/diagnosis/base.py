"""Causes, ranked. A cause reads a Reading of the evidence and says whether, and how surely, it explains
it."""

from collections.abc import Callable
from dataclasses import dataclass

from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Answerer, Confidence, Stage
from console.core.owner import Owner


@dataclass(frozen=True, slots=True)
class Match:
    """Why a cause applies: the facts it rests on, and the sentences for this very attempt."""

    confidence: Confidence
    why: str
    facts: tuple[str, ...]
    do: str = ""  # overrides the cause's own advice when the evidence allows a more exact one
    who: Owner | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """One entry of the catalogue; `slug` and its meaning are those of the taxonomy."""

    slug: str
    stage: Stage
    title: str
    what: str
    do: str
    who: Owner
    match: Callable[[Reading], Match | None]
    check: str = (
        ""  # what it is about in the ranking of failed checks (checks/roots.py); "" when it is no check's fault
    )


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a mismatch, each with its label ("aud of the token", "accepted"). `actual` is empty when the
    claim is absent; of `expected` any one is enough.
    """

    actual_label: str
    expected_label: str
    actual: tuple[str, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that stand in the evidence, redacted, and where ("Body of the answer")."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class RankedCause:
    """`owner` must act. `follows`: it goes away with the first cause, or may, and is worth no errand of its own."""

    cause: str
    stage: Stage
    confidence: Confidence
    owner: Owner
    what: str
    why: str
    do: str
    facts: tuple[str, ...]
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`causes` best first, empty when nothing is wrong or nothing decides; `missing` then names what would
    settle it.

    `answered_by` with `how_known` is the first fact. `catalogue_version` is kept beside stored evidence.
    `unread` is one sentence when the evidence was too large to read whole, "" when it was read whole. `sides` and
    `seen` are those of the first cause: the mismatch (None: it is none, or one side is unknown) and the words.
    """

    answered_by: Answerer
    how_known: str
    causes: tuple[RankedCause, ...]
    missing: tuple[str, ...]
    catalogue_version: str
    unread: str = ""
    sides: Sides | None = None
    seen: tuple[Quote, ...] = ()

    @property
    def primary(self) -> RankedCause | None:
        return self.causes[0] if self.causes else None
