"""What a run of a collection gave: a line for each step, and the answer in one sentence."""

from dataclasses import dataclass, replace
from enum import StrEnum

from console.core.collections.expecting import ExpectationResult
from console.core.collections.used import UsedValue
from console.core.json.text import shorten
from console.core.owner import Owner

MOST_SENTENCE = 600


class StepOutcome(StrEnum):
    AS_EXPECTED = "as expected"
    UNEXPECTED = "not as expected"
    NOT_SENT = "not sent"  # nothing went to the API: a value is missing, or it was refused here
    STOPPED = "stopped"  # by a person, before it was sent


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A value that was taken, as people may see it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class StepProblem:
    """Why there was no answer, or nothing was sent, or what explains the answer; sentences, "" where there is none.

    `owner` must act, None where nobody has to; `who` is said instead where a refusal of the console names somebody.
    """

    what: str
    why: str = ""
    do: str = ""
    who: str = ""
    owner: Owner | None = None

    @property
    def who_words(self) -> str:
        """Who must act, inside a sentence or as one; "" where nobody has to."""
        return self.who or (self.owner.words if self.owner else "")


@dataclass(frozen=True, slots=True)
class CollectionStepResult:
    """One step as it was made; nothing in it is secret.

    `call` is "GET /orders?page=2", as it was sent; `used` are the values that stand for names in it. `status` None
    without an answer, `expected` what was expected of it. `cause` is a slug of the taxonomy with its title, "" where
    none is known. `attempt_id` is the entry of the history, "" for none. `of` is how many steps the collection had.
    `at` is epoch seconds. `began_with` is the status of the answer that began long work, at whose end `status` was
    answered; None where none was followed. `note` is what else is to be known of how it was sent, "" for nothing.
    """

    number: int
    name: str
    outcome: StepOutcome
    call: str = ""
    status: int | None = None
    expected: str = ""
    checks: tuple[ExpectationResult, ...] = ()
    taken: tuple[ValueLine, ...] = ()
    problem: StepProblem | None = None
    cause: str = ""
    cause_title: str = ""
    attempt_id: str = ""
    elapsed_ms: int = 0
    of: int = 0
    at: int = 0
    began_with: int | None = None
    used: tuple[UsedValue, ...] = ()
    note: str = ""

    @property
    def is_good(self) -> bool:
        return self.outcome is StepOutcome.AS_EXPECTED

    @property
    def unmet(self) -> tuple[ExpectationResult, ...]:
        return tuple(one for one in self.checks if not one.is_met)

    @property
    def told(self) -> str:
        """What happened, as the end of a sentence that begins with the step."""
        if self.outcome is StepOutcome.STOPPED:
            return "was stopped while its work went on" if self.began_with else "was stopped before it was sent"
        if self.outcome is StepOutcome.NOT_SENT:
            return f"was not sent: {self.problem.what if self.problem else 'it was refused.'}"
        if self.status is None:
            why = self.cause_title or (self.problem.what if self.problem else "")
            lacking = "got no answer about its work" if self.began_with else "got no answer"
            return f"{lacking}: {why}" if why else lacking
        answered = f"answered {self.began_with} and, at the end of its work, " if self.began_with else "answered "
        return f"{answered}{self.status}{' as expected' if self.is_good else self._instead}"

    @property
    def _instead(self) -> str:
        """The status first; what else was not met, where that was as it should be."""
        first = self.unmet[0] if self.unmet else None
        if first is not None and not first.line.lower().startswith("status"):
            return f", but “{shorten(first.shown, 100)}” was expected. {first.problem}"
        return f" instead of {self.expected}{f': {self.cause_title}' if self.cause_title else ''}"


@dataclass(frozen=True, slots=True)
class CollectionResult:
    """`steps` are those that were made, in order; `total` is how many the collection had when it was started.

    `began_at` and `ended_at` are epoch seconds, the latter None while it goes on. `waits_on` is the attempt
    with the work that the next step began, "" where none is waited for.
    """

    run_id: str
    collection_id: str
    profile_id: str
    name: str
    profile: str
    steps: tuple[CollectionStepResult, ...]
    total: int
    is_done: bool
    began_at: int
    ended_at: int | None = None
    waits_on: str = ""

    @property
    def failing(self) -> CollectionStepResult | None:
        """The first step that was not as expected."""
        return next((one for one in self.steps if not one.is_good), None)

    @property
    def passed(self) -> int:
        return sum(1 for one in self.steps if one.is_good)

    @property
    def is_good(self) -> bool:
        """Whether it came to its end, and each step was as expected."""
        return self.is_done and self.total > 0 and self.passed == self.total

    @property
    def headline(self) -> str:
        """The answer in a sentence."""
        failing = self.failing
        if failing is not None:
            told = shorten(failing.told, MOST_SENTENCE).rstrip(".")
            so_far = "" if self.is_done else " so far"
            return f"{self.passed} of {self.total} as expected{so_far}; step {failing.number} {told}."
        if not self.is_done:
            waits = f"; step {len(self.steps) + 1} waits for its work" if self.waits_on else ""
            return f"{self.name} is under way: {len(self.steps)} of {self.total} as expected so far{waits}."
        return f"{self.passed} of {self.total} as expected."


def bounded_step(one: CollectionStepResult) -> CollectionStepResult:
    """With each text at a length that can be read."""
    checks = tuple(
        ExpectationResult(*(shorten(text, MOST_SENTENCE) for text in (check.line, check.problem, check.compared)))
        for check in one.checks
    )
    problem = one.problem
    if problem is not None:
        what, why, do, who = (
            shorten(text, MOST_SENTENCE) for text in (problem.what, problem.why, problem.do, problem.who)
        )
        problem = StepProblem(what, why, do, who, problem.owner)
    return replace(one, checks=checks, problem=problem, call=shorten(one.call, MOST_SENTENCE))
