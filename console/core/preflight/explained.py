"""A failing stage with the cause that the diagnosis of its evidence names: one catalogue explains every failure."""

from dataclasses import replace

from console.core.diagnosis import explain
from console.core.evidence import Evidence
from console.core.preflight.base import StageResult, StageStatus
from console.core.preflight.seen_evidence import of_sentence
from console.core.profile import Profile


def explained(result: StageResult, evidence: Evidence | None, *, takes_advice: bool = True) -> StageResult:
    """The result with its evidence, where it failed; what the stage itself knows more exactly stays.

    `takes_advice`: what to do and who are those of the diagnosis, if the stage named no cause of its own.
    """
    if result.status is not StageStatus.FAIL or evidence is None:
        return result
    kept = replace(result, evidence=evidence)
    primary = explain(evidence).primary if not kept.cause else None
    if primary is None:
        return kept
    told = replace(kept, cause=primary.cause, why=kept.why or primary.why)
    return replace(told, do=primary.do, owner=primary.owner) if takes_advice else told


def with_evidence(result: StageResult, profile: Profile, *, now: int) -> StageResult:
    """The result; where it failed without any evidence, with its own sentences as such, so that a case can be made."""
    if result.status is not StageStatus.FAIL or result.evidence is not None:
        return result
    return replace(result, evidence=of_sentence(profile, f"{result.what} {result.why}".strip(), now=now))
