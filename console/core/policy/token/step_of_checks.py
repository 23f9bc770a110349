"""From the checks of one policy to its step: the first failure is the one the gateway reports."""

from msgspec.structs import replace

from console.core.policy.engine.answers import GatewayAnswer, error_answer
from console.core.policy.engine.model import GatewayCheck, Outcome, PolicyStep, Verdict, Warned

_PASS, _ALLOW = Outcome.PASS, Verdict.ALLOW  # a member of an enum takes longer to look up than a name


def passed(check: str, what: str, *, expected: str | None = None, actual: str | None = None) -> GatewayCheck:
    return GatewayCheck(check, _PASS, what, expected, actual)


def unknown(check: str, what: str, *, needs: tuple[str, ...]) -> GatewayCheck:
    return GatewayCheck(check, Outcome.UNKNOWN, what, needs=needs)


def step(
    policy: str,
    checks: tuple[GatewayCheck, ...],
    *,
    status: int = 401,
    message: str | None = None,
    warnings: tuple[Warned, ...] = (),
) -> PolicyStep:
    """The step of a policy that answers with `status` and `message`; without one the failure's own message is sent."""
    if not [check for check in checks if check.outcome is not _PASS or check.needs]:
        return PolicyStep(policy, "", _ALLOW, checks, None, warnings)
    needs = tuple(dict.fromkeys([need for check in checks for need in check.needs]))
    failed = [check for check in checks if check.outcome is Outcome.FAIL]
    if not failed:
        verdict = Verdict.UNDECIDED if needs else Verdict.ALLOW
        return PolicyStep(policy, "", verdict, checks, warnings=warnings, needs=needs)
    first = failed[0]
    marked = tuple(replace(check, is_reported=True) if check is first else check for check in checks)
    answer: GatewayAnswer = error_answer(status, first.message if message is None else message)
    return PolicyStep(policy, "", Verdict.REJECT, marked, answer, warnings, needs)
