"""Long work that the call began comes to a good end (RFC 9110 section 15.3.3)."""

from dataclasses import dataclass

from console.core.owner import Owner
from console.core.preflight.base import PreflightStage, StageFact, StageResult, StageStatus, not_needed, well
from console.core.runs.operation import CUT

GOOD = frozenset({"succeeded", "finished"})


@dataclass(frozen=True, slots=True)
class SeenOperation:
    """`state` is the far side's own word, "" where the answer was no 202 that says where to look. `looks` counts."""

    state: str = ""
    looks: int = 0
    attempt_id: str = ""
    status: int | None = None
    is_given_up: bool = False


def judge(seen: SeenOperation) -> StageResult:
    if not seen.state:
        return not_needed("The answer was no 202, so there is nothing to follow.")
    last = str(seen.status) if seen.status is not None else "none"
    facts = (StageFact("state", seen.state), StageFact("looks", str(seen.looks)), StageFact("last answer", last))
    if seen.state.lower() in GOOD:
        return well(f"The work that the call began ended well: {seen.state}.", *facts)
    what = f"The work that the call began did not end well: {seen.state}."
    why = "Its monitor says so." if seen.status is not None and seen.status < 400 else "Its monitor refused the look."
    if seen.state == CUT:
        what, why = (
            "How the work that the call began ended is not known.",
            "Its monitor's answer is too long to be read.",
        )
    if seen.is_given_up:
        what, why = f"The work that the call began is not done: {seen.state}.", "It was followed for ten minutes."
    return StageResult(
        StageStatus.FAIL,
        what,
        why,
        "Open the attempt in the history: it shows every look. Ask the API's owner what became of the work.",
        Owner.API_OWNER,
        facts=facts,
        cause="api-error",
        attempt_id=seen.attempt_id,
    )


STAGE: PreflightStage[SeenOperation] = PreflightStage(
    code="operation",
    title="Long work (202)",
    explains="Where the API answered 202, follows the work to its end at the address that the answer named.",
    judge=judge,
)
