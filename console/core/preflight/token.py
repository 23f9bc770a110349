"""The provider gives a token."""

from dataclasses import dataclass

from console.core.diagnosis.base import Diagnosis
from console.core.exchange import Failure
from console.core.oauth.token_response import TokenError
from console.core.owner import Owner
from console.core.preflight.base import PreflightStage, StageFact, StageResult, StageStatus
from console.core.tokens.times import duration


@dataclass(frozen=True, slots=True)
class SeenTokenRequest:
    """`problem` is what came instead of a token, None with one; `waits_for_person`: somebody has to sign in first.

    `life_s` is how long the token lives, None when it does not say. `diagnosis` is that of a refusal.
    """

    problem: TokenError | Failure | None = None
    waits_for_person: bool = False
    diagnosis: Diagnosis | None = None
    attempt_id: str = ""
    token_type: str = ""
    scope: str = ""
    life_s: int | None = None


def judge(seen: SeenTokenRequest) -> StageResult:
    if seen.waits_for_person:
        return StageResult(
            StageStatus.FAIL,
            "A person has to sign in before there is a token.",
            "The grant of this profile gives tokens of a person.",
            "Sign in through a connection of the profile, then check that connection.",
            Owner.END_USER,
            attempt_id=seen.attempt_id,
        )
    if seen.problem is not None:
        return _refused(seen, seen.problem)
    rows = (
        ("type", seen.token_type),
        ("scope", seen.scope),
        ("lives", duration(seen.life_s) if seen.life_s is not None else ""),
    )
    facts = tuple(StageFact(label, value) for label, value in rows if value)
    return StageResult(StageStatus.OK, "The provider gave a token.", facts=facts, attempt_id=seen.attempt_id)


def _refused(seen: SeenTokenRequest, problem: TokenError | Failure) -> StageResult:
    primary = seen.diagnosis.primary if seen.diagnosis else None
    why = problem.detail if isinstance(problem, Failure) else f"It answered {problem.error or 'with an error'}."
    if primary is None:
        do = "Open the attempt in the history: its page shows every step and what would settle it."
        return StageResult(
            StageStatus.FAIL,
            "The provider gave no token.",
            why,
            do,
            Owner.IDENTITY_PROVIDER,
            attempt_id=seen.attempt_id,
        )
    facts = tuple(StageFact("rests on", fact) for fact in primary.facts)
    return StageResult(
        StageStatus.FAIL,
        primary.what,
        primary.why or why,
        primary.do,
        primary.owner,
        facts=facts,
        cause=primary.cause,
        attempt_id=seen.attempt_id,
    )


STAGE: PreflightStage[SeenTokenRequest] = PreflightStage(
    code="token",
    title="Token",
    explains="Asks the provider for a fresh token, with the profile's own credential, as its programs do.",
    judge=judge,
)
