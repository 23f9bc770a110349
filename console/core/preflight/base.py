"""One stage of a preflight: what it looks at, and what it says of what was seen there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from console.core.diagnosis.base import Diagnosis
from console.core.evidence import Evidence
from console.core.finding import Finding, Status
from console.core.json.text import shorten
from console.core.owner import Owner

MOST_SENTENCE, MOST_FACT = 1000, 300  # characters
MOST_FACTS = 100


class StageStatus(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class StageFact:
    """One thing that was seen, as text for people; nothing secret."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class StageResult:
    """What a stage says: four sentences, and what was seen.

    `owner` must act, None where nobody has to; `who` is said instead where a refusal of the console names somebody more
    exactly. `cause` is a slug of the taxonomy, "" where none is known. `attempt_id` is the entry of the history that
    the stage made, "" for none. `evidence` is kept of a failure alone, redacted. `is_needed` is false of a stage that
    is skipped because this profile has nothing of the kind. `code` and `at` (epoch seconds) are filled by the runner.
    """

    status: StageStatus
    what: str
    why: str = ""
    do: str = ""
    owner: Owner | None = None
    who: str = ""
    facts: tuple[StageFact, ...] = ()
    cause: str = ""
    attempt_id: str = ""
    evidence: Evidence | None = None
    is_needed: bool = True
    code: str = ""
    at: int = 0

    @property
    def who_words(self) -> str:
        """Who must act, inside a sentence or as one; "" where nobody has to."""
        return self.who or (self.owner.words if self.owner else "")


Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class PreflightStage(Generic[Seen]):
    """One entry. `judge` reads what was seen and never raises for it.

    `explains` tells people what the stage is for. With `is_needed_by_rest` a failure makes the rest pointless.
    """

    code: str
    title: str
    explains: str
    judge: Callable[[Seen], StageResult]
    is_needed_by_rest: bool = True


@dataclass(frozen=True, slots=True)
class SeenFindings:
    """Findings that a stage is about; `facts` are shown beside them."""

    findings: tuple[Finding, ...]
    facts: tuple[StageFact, ...] = ()
    diagnosis: Diagnosis | None = None


def bounded(result: StageResult) -> StageResult:
    """The result with each text at a length that can be read: far sides name keys and addresses as they like."""
    facts = tuple(StageFact(shorten(one.label, MOST_FACT), shorten(one.value, MOST_FACT)) for one in result.facts)
    what, why, do, who = (shorten(text, MOST_SENTENCE) for text in (result.what, result.why, result.do, result.who))
    return replace(result, facts=facts[:MOST_FACTS], what=what, why=why, do=do, who=who)


def well(what: str, *facts: StageFact) -> StageResult:
    return StageResult(StageStatus.OK, what, facts=facts)


def not_needed(what: str) -> StageResult:
    """Skipped, because there is nothing of the kind."""
    return StageResult(StageStatus.SKIPPED, what, is_needed=False)


def worst_of(findings: Iterable[Finding], *, facts: tuple[StageFact, ...] = ()) -> StageResult | None:
    """The first that failed, else the first warning, with its sentences; None where all is well."""
    told = tuple(findings)
    for wanted, status in (
        ((Status.FAIL, Status.CRASHED), StageStatus.FAIL),
        ((Status.WARNING,), StageStatus.WARN),
    ):
        found = [one for one in told if one.status in wanted]
        if found:
            first, more = found[0], tuple(StageFact("also", one.what) for one in found[1:])
            return StageResult(status, first.what, first.why, first.do, first.who, facts=(*facts, *more))
    return None
