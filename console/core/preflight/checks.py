"""The token is the one that the API demands."""

from collections import Counter

from console.core.checks.roots import ranked
from console.core.finding import Status
from console.core.preflight.base import (
    PreflightStage,
    SeenFindings,
    StageFact,
    StageResult,
    StageStatus,
    not_needed,
    well,
    worst_of,
)


def judge(seen: SeenFindings) -> StageResult:
    counts = Counter(one.status for one in seen.findings)
    failed = ranked(seen.findings)
    facts = (
        *seen.facts,
        *(StageFact(label, str(counts[status])) for status, label in _COUNTED if counts[status]),
    )
    if not seen.findings:
        return not_needed("The profile is for no API, so nothing is demanded of its token.")
    told = worst_of((*failed, *(one for one in seen.findings if one not in failed)), facts=facts)
    if told is not None:
        return told
    if not counts[Status.PASS]:
        return StageResult(
            StageStatus.WARN,
            "Nothing could be checked.",
            "The API does not say what it demands of a token.",
            "Have the API's owner write down its audience, issuer and roles on the API's page.",
            facts=facts,
        )
    return well("The token is what the API demands.", *facts)


_COUNTED = (
    (Status.PASS, "passed"),
    (Status.FAIL, "failed"),
    (Status.WARNING, "warnings"),
    (Status.UNKNOWN, "unknown"),
    (Status.CRASHED, "crashed"),
)

STAGE: PreflightStage[SeenFindings] = PreflightStage(
    code="checks",
    title="Checks on the token",
    explains="Compares the token with what the API demands: audience, issuer, times, signature, roles, scopes.",
    judge=judge,
    is_needed_by_rest=False,  # what is demanded stands here as somebody wrote it down; the gateway has the last word
)
