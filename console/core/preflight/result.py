"""What a preflight found: every stage in order, those that were left out with the reason."""

from dataclasses import dataclass

from console.core.evidence import Evidence
from console.core.preflight import BY_CODE, STAGES
from console.core.preflight.base import StageResult, StageStatus

MAX_WAIT_S = 600  # that long work is followed


@dataclass(frozen=True, slots=True)
class PreflightResult:
    """`stages` are in the order of STAGES: all twelve once `is_done`, else those that were made.

    `began_at` and `ended_at` are epoch seconds, the latter None while it goes on.
    """

    run_id: str
    profile_id: str
    profile: str
    stages: tuple[StageResult, ...]
    is_done: bool
    began_at: int
    ended_at: int | None = None

    @property
    def failing(self) -> StageResult | None:
        """What is to be mended first: the stage that stopped it, or an earlier one that failed by the same cause; where
        none stopped it the first that failed. None while none has.
        """
        failed = [one for one in self.stages if one.status is StageStatus.FAIL]
        stopped = next((one for one in failed if BY_CODE[one.code].is_needed_by_rest), None)
        if stopped is None:
            return failed[0] if failed else None
        return next((one for one in failed if one.cause and one.cause == stopped.cause), stopped)

    @property
    def is_good(self) -> bool:
        """Whether it came to its end and nothing failed; warnings do no harm."""
        return self.is_done and self.failing is None

    @property
    def cause(self) -> str:
        """The slug of what makes it fail; "" when nothing does, or nobody knows."""
        return self.failing.cause if self.failing else ""

    @property
    def evidence(self) -> Evidence | None:
        """The redacted evidence of the failing stage; None when nothing failed, or its stage sent nothing."""
        return self.failing.evidence if self.failing else None

    @property
    def warnings(self) -> tuple[StageResult, ...]:
        return tuple(one for one in self.stages if one.status is StageStatus.WARN)

    @property
    def passed(self) -> int:
        return sum(1 for one in self.stages if one.status in (StageStatus.OK, StageStatus.WARN))

    @property
    def counted(self) -> int:
        """The stages that matter to this profile."""
        return len(STAGES) - sum(1 for one in self.stages if not one.is_needed)

    @property
    def headline(self) -> str:
        """The answer, in a sentence or two."""
        failing = self.failing
        if failing is not None:
            verb = "Stops" if BY_CODE[failing.code].is_needed_by_rest else "Fails"
            return f"{verb} at “{BY_CODE[failing.code].title}”: {failing.what}"
        if not self.is_done:
            return f"{self.profile} is being checked: {len(self.stages)} of {len(STAGES)} stages so far."
        but = f", with {len(self.warnings)} warning{'s' if len(self.warnings) > 1 else ''}" if self.warnings else ""
        return f"{self.profile} is ready: {self.passed} of {self.counted}{but}."


def with_left_out(made: tuple[StageResult, ...]) -> tuple[StageResult, ...]:
    """The stages of a run that is done: those that its end made pointless follow, skipped with the reason."""
    last = made[-1] if made else None
    done = {one.code for one in made}
    title = BY_CODE[last.code].title if last and last.code in BY_CODE else ""
    why = f"Left out: without “{title}” it would tell nothing." if title else "Left out."
    rest = (StageResult(StageStatus.SKIPPED, why, code=one.code) for one in STAGES if one.code not in done)
    return (*made, *rest)
