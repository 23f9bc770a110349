"""The gateway's policy, as it is kept here, lets the call through."""

from dataclasses import dataclass

from console.core.diagnosis.base import Diagnosis
from console.core.evidence import EvidencePolicy
from console.core.owner import Owner
from console.core.preflight.base import PreflightStage, StageFact, StageResult, StageStatus, not_needed, well


@dataclass(frozen=True, slots=True)
class SeenPolicy:
    """`facts` is what the policy decided, None without one that can be read; `has_policy` tells the two apart."""

    facts: EvidencePolicy | None
    has_policy: bool = False
    diagnosis: Diagnosis | None = None


def judge(seen: SeenPolicy) -> StageResult:
    if seen.facts is None:
        if seen.has_policy:
            return StageResult(
                StageStatus.WARN,
                "The policy cannot be evaluated.",
                "Its text cannot be read, or is too long.",
                "Open the policy on the API's page: it says where it cannot be read.",
                Owner.API_OWNER,
            )
        return not_needed("No policy of this API is kept here.")
    steps = tuple(StageFact(one.policy, one.verdict) for one in seen.facts.steps if one.is_reached)
    if seen.facts.verdict == "allow":
        return well("The policy lets this call through.", *steps)
    if seen.facts.verdict != "reject":
        needs = ", ".join(seen.facts.needs[:3])
        return StageResult(
            StageStatus.WARN,
            "The policy cannot decide this call here.",
            f"To decide it, {needs} is needed." if needs else "A value that only the gateway knows is missing.",
            "Open the policy on the API's page and give it the values it asks for.",
            Owner.API_OWNER,
            facts=steps,
        )
    return _rejected(seen, seen.facts, steps)


def _rejected(seen: SeenPolicy, decided: EvidencePolicy, steps: tuple[StageFact, ...]) -> StageResult:
    primary = seen.diagnosis.primary if seen.diagnosis else None
    failed = next((check for step in decided.steps for check in step.checks if check.outcome == "fail"), None)
    what = f"The policy refuses this call{f': {decided.reason}' if decided.reason else ''}."
    why = failed.what if failed else ""
    if primary is None:
        do = "Open the policy on the API's page: it shows which rule refuses, and the smallest change that would do."
        return StageResult(StageStatus.FAIL, what, why, do, Owner.API_OWNER, facts=steps)
    why = primary.why or why
    return StageResult(StageStatus.FAIL, what, why, primary.do, primary.owner, facts=steps, cause=primary.cause)


STAGE: PreflightStage[SeenPolicy] = PreflightStage(
    code="policy",
    title="Gateway policy",
    explains="Evaluates the kept policy with this token and this call, as the gateway would, before anything is sent.",
    judge=judge,
)
