"""The clocks of the provider and of this console agree (RFC 9110 section 6.6.1, Date)."""

from dataclasses import dataclass

from console.core.owner import Owner
from console.core.preflight.base import PreflightStage, StageFact, StageResult, StageStatus, not_needed, well
from console.core.tokens.times import duration

WARN_S = 30
FAIL_S = 300  # what providers and gateways usually forgive


@dataclass(frozen=True, slots=True)
class SeenClock:
    """`ahead_s` is how far the far side's clock is ahead of ours, None when no answer carried a Date."""

    host: str = ""
    ahead_s: int | None = None


def judge(seen: SeenClock) -> StageResult:
    if seen.ahead_s is None:
        return not_needed("No answer so far told what time it is at the far side.")
    away_s = abs(seen.ahead_s)
    told = _told(seen.ahead_s)
    fact = StageFact(seen.host, told)
    if away_s < WARN_S:
        return well("Both clocks agree.", fact)
    return StageResult(
        StageStatus.FAIL if away_s > FAIL_S else StageStatus.WARN,
        f"The clock of {seen.host} and the one of this console differ by {duration(away_s)}.",
        f"{told} Client assertions and tokens carry times: a token can be refused as not valid yet, or as expired.",
        "Have the clock of this console's machine compared with a time server; if it is right, tell the other side.",
        Owner.CONSOLE_ADMIN,
        facts=(fact,),
        cause="clock-skew",
    )


def _told(ahead_s: int) -> str:
    if ahead_s == 0:
        return "To the second the same as ours."
    return f"{duration(abs(ahead_s))} {'ahead of' if ahead_s > 0 else 'behind'} ours."


STAGE: PreflightStage[SeenClock] = PreflightStage(
    code="clock",
    title="Clock",
    explains="Compares the Date of the provider's answer with the clock of this console.",
    judge=judge,
    is_needed_by_rest=False,
)
