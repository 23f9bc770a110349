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
