"""A rule that sets several facts of an attempt beside each other, with the reason why they tell a cause."""

from collections.abc import Callable
from dataclasses import dataclass

from console.core.diagnosis.base import Match
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Basis, Confidence
from console.core.owner import Owner


@dataclass(frozen=True, slots=True)
class Reason:
    """`because` says why the rule holds. `shows` gives the sentence for this attempt, "" where the rule does not apply.

    What facts suggest together is never certain: `confidence` is likely or possible.
    """

    cause: str
    because: str
    shows: Callable[[Reading], str]
    confidence: Confidence = Confidence.LIKELY
    owner: Owner | None = None
    do: str = ""

    def match(self, reading: Reading) -> Match | None:
        shown = self.shows(reading)
        if not shown:
            return None
        return Match(self.confidence, f"{shown} {self.because}", (shown,), self.do, self.owner, Basis.OBSERVED)
