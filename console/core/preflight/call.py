"""The API answers the call."""

from dataclasses import dataclass

from console.core.diagnosis.base import Diagnosis
from console.core.exchange import Failure
from console.core.owner import Owner
from console.core.preflight.base import PreflightStage, StageFact, StageResult, StageStatus, not_needed


@dataclass(frozen=True, slots=True)
class SeenCall:
    """What came of the call. `status` is None without an answer, `failure` then says why; `problem` (what, do) that
    nothing was sent. `is_known`: the operation was picked, or was answered before. `has_api` is false where the profile
    is for no API.
    """

    operation: str = ""
    status: int | None = None
    failure: Failure | None = None
    problem: tuple[str, str] | None = None
    diagnosis: Diagnosis | None = None
    attempt_id: str = ""
    elapsed_ms: int | None = None
    is_known: bool = True
    has_api: bool = True


def judge(seen: SeenCall) -> StageResult:
    if not seen.has_api:
        return not_needed("The profile is for no API, so there is nothing to call.")
    if seen.problem is not None:
        return StageResult(StageStatus.FAIL, "The call was not sent.", *seen.problem, Owner.INTEGRATOR)
    facts = _facts(seen)
    if seen.status is not None and seen.failure is None:
        if 200 <= seen.status < 300:
            what = f"The API answered {seen.status}."
            return StageResult(StageStatus.OK, what, facts=facts, attempt_id=seen.attempt_id)
        if seen.status in (404, 405) and not seen.is_known:
            return StageResult(
                StageStatus.WARN,
                f"The API answered {seen.status}: it took the call and has nothing there.",
                "Nobody has told which operation to call, and none was answered before.",
                "Choose an operation that exists, a health check best, and start again.",
                Owner.INTEGRATOR,
                facts=facts,
                attempt_id=seen.attempt_id,
            )
    return _failed(seen, facts)


def _facts(seen: SeenCall) -> tuple[StageFact, ...]:
    rows = (
        ("call", seen.operation),
        ("answer", str(seen.status) if seen.status is not None else "none"),
        ("after", f"{seen.elapsed_ms} ms" if seen.elapsed_ms is not None else ""),
    )
    return tuple(StageFact(label, value) for label, value in rows if value)


def _failed(seen: SeenCall, facts: tuple[StageFact, ...]) -> StageResult:
    primary = seen.diagnosis.primary if seen.diagnosis else None
    answered = f"The API answered {seen.status}." if seen.status is not None else "The API gave no answer."
    detail = seen.failure.detail if seen.failure else ""
    if primary is None:
        do = "Open the attempt in the history: its page says what evidence would settle it."
        if seen.status is not None and 300 <= seen.status < 400:
            detail = "It sends elsewhere, and no redirect is followed: token and key would go along."
            do = "Correct the path, or the API's address, to where the answer points."
        return StageResult(
            StageStatus.FAIL, answered, detail, do, Owner.API_OWNER, facts=facts, attempt_id=seen.attempt_id
        )
    return StageResult(
        StageStatus.FAIL,
        f"{answered} {primary.what}",
        primary.why or detail,
        primary.do,
        primary.owner,
        facts=facts,
        cause=primary.cause,
        attempt_id=seen.attempt_id,
    )


STAGE: PreflightStage[SeenCall] = PreflightStage(
    code="call",
    title="Call",
    explains="Sends the call that was shown before the start, with the token and the subscription key, and explains "
    "the answer.",
    judge=judge,
)
