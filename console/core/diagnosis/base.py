"""Causes, ranked. A cause reads a Reading of the evidence and says whether, and how surely, it explains
it."""

from collections.abc import Callable
from dataclasses import dataclass

from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Answerer, Basis, Confidence, Stage
from console.core.evidence import Evidence
from console.core.owner import Owner


@dataclass(frozen=True, slots=True)
class Match:
    """Why a cause applies: the facts it rests on, and the sentences for this very attempt.

    `basis` says what it rests on: the settled confidence hangs on that (certainty.py).
    """

    confidence: Confidence
    why: str
    facts: tuple[str, ...]
    do: str = ""  # overrides the cause's own advice when the evidence allows a more exact one
    who: Owner | None = None
    basis: Basis = Basis.FACTS
    what: str = ""  # overrides what the cause says of itself, where that is not so of this attempt


@dataclass(frozen=True, slots=True)
class Cause:
    """One entry of the catalogue; `slug` and its meaning are those of the taxonomy.

    `mend` gives the evidence as it would be without this fault, None where nothing tells how it would be. A cause that
    has none is mended by its `check`.
    """

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
    asked: str = ""  # what is asked of `who` in words spoken to them; "" where `do` says it to anybody
    widens: str = ""  # what would help too by making an API accept more: said last, and called so
    mend: Callable[[Reading], Evidence | None] | None = None
    is_let_in: bool = False  # the call was let in, and what came of it is all that is wrong


@dataclass(frozen=True, slots=True)
class Missing:
    """A piece of evidence that was not given: what it is (a part of a sentence), why it would settle the matter and how
    to get it (sentences), and who has it. `command` would show it: a suggestion to be checked, "" for none; what is not
    known in it stands in < >.
    """

    what: str
    why: str
    how: str
    who: Owner
    command: str = ""


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


Found = list[tuple[Cause, Match]]


@dataclass(frozen=True, slots=True)
class RankedCause:
    """`owner` must act; `command` may do it at the provider: a suggestion, as in Missing.

    `follows`: it goes away with the first cause, or may, and is worth no errand of its own.
    """

    cause: str
    stage: Stage
    confidence: Confidence
    owner: Owner
    what: str
    why: str
    do: str
    facts: tuple[str, ...]
    follows: bool = False
    command: str = ""
    basis: Basis = Basis.FACTS


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`causes` best first, empty when nothing is wrong or nothing decides; `wanted` then is what would
    settle it.

    `answered_by` with `how_known` is the first fact. `catalogue_version` is kept beside stored evidence.
    `unread` is one sentence when the evidence was too large to read whole, "" when it was read whole. `sides` and
    `seen` are those of the first cause: the mismatch (None: it is none, or one side is unknown) and the words.
    """

    answered_by: Answerer
    how_known: str
    causes: tuple[RankedCause, ...]
    wanted: tuple[Missing, ...]
    catalogue_version: str
    unread: str = ""
    sides: Sides | None = None
    seen: tuple[Quote, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What would settle it, as parts of sentences."""
        return tuple(one.what for one in self.wanted)

    @property
    def primary(self) -> RankedCause | None:
        return self.causes[0] if self.causes else None
