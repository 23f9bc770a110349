"""A collection as a run: each look sends one step, and says which is next."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.core.runs.base import Progress, RunFacts, RunKind


@dataclass(frozen=True, slots=True)
class NextStep:
    """What one look leaves: the `number` of the next step, from 1, 0 behind the last, and what it is to know."""

    number: int
    state: str
    kept: Mapping[str, str] = field(default_factory=dict, repr=False)


def begin(facts: RunFacts, came: NextStep) -> Progress | None:
    """The run that stands before its first step; None for a collection without steps."""
    return advance(facts, {}, came) if came.number else None


def advance(facts: RunFacts, kept: Mapping[str, str], came: NextStep) -> Progress:
    """One step on; what was kept before stays, until the run is done: values of answers are kept no longer."""
    if not came.number:
        return Progress(came.state, is_done=True, not_before=facts.now)
    kept = {**kept, **came.kept, "step": str(came.number)}
    return Progress(came.state, is_done=False, not_before=facts.now, kept=kept)


KIND = RunKind("collection", "Several calls in a row, each answer compared with what is expected", begin, advance)
