"""Work of several steps: a kind decides, from what came back, where its run stands and what the next step needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from console.core.api import Api


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What a kind may look at besides its own run. `now` is epoch seconds; `api` None when the work is for none."""

    now: int
    api: Api | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands. `state` is the far side's own word, else ours; `not_before` epoch seconds of the next look.

    `kept` is what the next step needs and only it: texts by name, sealed at rest, {} when the run is done.
    """

    state: str
    is_done: bool
    not_before: int
    kept: Mapping[str, str] = field(default_factory=dict, repr=False)


Came = TypeVar("Came")


@dataclass(frozen=True, slots=True)
class RunKind(Generic[Came]):
    """One kind of long work, which goes by what comes back at each look: an exchange, or what a grant makes of one.

    `begin` gives None when an answer starts no such work. Neither raises for what came.
    """

    code: str
    title: str
    begin: Callable[[RunFacts, Came], Progress | None]
    advance: Callable[[RunFacts, Mapping[str, str], Came], Progress]


@dataclass(frozen=True, slots=True)
class NextStage:
    """What one look at work of known stages leaves: the `code` of the stage that is next, "" behind the last, and what
    it is to know.
    """

    code: str
    state: str
    kept: Mapping[str, str] = field(default_factory=dict, repr=False)


def begin_staged(facts: RunFacts, came: NextStage) -> Progress | None:
    """The run that stands before its first stage."""
    return advance_staged(facts, {}, came) if came.code else None


def advance_staged(facts: RunFacts, kept: Mapping[str, str], came: NextStage) -> Progress:
    """One stage on; what was kept before stays, until the run is done."""
    if not came.code:
        return Progress(came.state, is_done=True, not_before=facts.now)
    return Progress(came.state, is_done=False, not_before=facts.now, kept={**kept, **came.kept, "stage": came.code})
