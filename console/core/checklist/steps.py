"""The values of the checklist: a step, all of them, and what they are told from."""

from dataclasses import dataclass
from enum import StrEnum

from console.core.api import Api
from console.core.checklist.evidence import SeenAttempt, StepEvidence
from console.core.finding import Finding
from console.core.owner import Owner
from console.core.profile import Profile


class StepState(StrEnum):
    """`OPEN`: not done yet, and the person can do it. `CANNOT_TELL`: this console has no way to see it now."""

    DONE = "done"
    FAILED = "failed"
    OPEN = "open"
    CANNOT_TELL = "cannot_tell"


class LinkKind(StrEnum):
    """Where a step is done: which page to offer."""

    API = "api"
    PROFILE = "profile"
    CREDENTIAL = "credential"
    TOKEN = "token"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class ChecklistStep:
    """One step. `why` and `do` are one sentence each, "" where there is nothing to add; `who` must act or could tell.

    `evidence` is what the state rests on; its first phrase says what happened. What was done once stays done: `since`
    is what went wrong after it, None when nothing did.
    """

    code: str
    title: str
    state: StepState
    evidence: tuple[StepEvidence, ...] = ()
    why: str = ""
    do: str = ""
    who: Owner | None = None
    link_kind: LinkKind | None = None
    since: StepEvidence | None = None

    @property
    def needs_action(self) -> bool:
        return self.state is StepState.FAILED or self.since is not None


@dataclass(frozen=True, slots=True)
class StoredTokenFacts:
    """A token kept for reuse, with the findings about it. Times are epoch seconds; `expires_at` None when unknown."""

    obtained_at: int | None
    expires_at: int | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecklistFacts:
    """What is known, from the store alone. `profile` and `api` are None when there is none (or none visible).

    `token_endpoint` is today's, "" when unknown. `is_bound_here`: the credential was entered for today's provider and
    tenant. `credential_problem` is a sentence when what is stored cannot be opened. `token_seen` and `call_seen` are
    the newest attempts, `token_given` and `call_answered` the newest that went well: a token came, a call that carried
    one was answered 2xx. `now` is epoch seconds.
    """

    now: int
    api: Api | None = None
    profile: Profile | None = None
    token_endpoint: str = ""
    is_bound_here: bool = True
    credential_problem: str = ""
    token_seen: SeenAttempt | None = None
    call_seen: SeenAttempt | None = None
    token_given: SeenAttempt | None = None
    call_answered: SeenAttempt | None = None
    stored_token: StoredTokenFacts | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """The steps in their order. `next_step` is what to do now: the first that fails today, else the first open one."""

    steps: tuple[ChecklistStep, ...]

    @property
    def next_step(self) -> ChecklistStep | None:
        failed = (step for step in self.steps if step.needs_action)
        undone = (step for step in self.steps if step.state is StepState.OPEN)
        return next(failed, None) or next(undone, None)

    @property
    def next_first(self) -> tuple[ChecklistStep, ...]:
        """The next step, then the others in their order."""
        first = self.next_step
        return self.steps if first is None else (first, *(step for step in self.steps if step is not first))

    @property
    def done_count(self) -> int:
        """Those that are done, and have not failed since."""
        return sum(step.state is StepState.DONE and step.since is None for step in self.steps)
