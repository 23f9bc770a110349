"""The steps of a trace as rows: what each policy checked, and which failure the gateway names."""

from typing import Any

from console.core.gateway.policies.base import GatewayCheck, Outcome, Step, Verdict
from console.core.gateway.trace import Trace
from console.web.present.library_codes import explained

_STATUS = {
    Outcome.PASS: "pass",
    Outcome.FAIL: "fail",
    Outcome.UNKNOWN: "unknown",
    Outcome.NOT_CHECKED: "not_applicable",
}
_TONE = {Verdict.ALLOW: "pass", Verdict.REJECT: "fail", Verdict.UNDECIDED: "unknown"}
_WORD = {Verdict.ALLOW: "lets it pass", Verdict.REJECT: "refuses", Verdict.UNDECIDED: "cannot tell"}
LOUD = ("fail", "unknown")
MAX_CHECKS = 60  # of one step on the page
MAX_NAMED = 5
MAX_QUIET = 40  # steps that only pass the call on


def steps_view(trace: Trace) -> list[dict[str, Any]]:
    """In the gateway's order; a step that only passes the call on is told in one line, the first of many alone."""
    deciding = next((step for step in trace.steps if _refuses(step)), None)
    left = MAX_QUIET
    views = []
    for number, step in enumerate(trace.steps):
        left -= _is_quiet(step)
        if left >= 0 or not _is_quiet(step):
            views.append(_step(step, number, is_deciding=step is deciding))
    return views


def quiet_left_out(trace: Trace) -> int:
    """How many steps that only pass the call on are not among the rows."""
    return max(0, sum(map(_is_quiet, trace.steps)) - MAX_QUIET)


def _is_quiet(step: Step) -> bool:
    return not step.checks and not step.condition and step.verdict is Verdict.ALLOW and step.answer is None


def reported_check(trace: Trace) -> GatewayCheck | None:
    """The failure that the gateway names; None when nothing was refused."""
    return next((step.reported for step in trace.steps if _refuses(step) and step.reported), None)


def _refuses(step: Step) -> bool:
    return step.is_reached and not step.condition and step.verdict is Verdict.REJECT


def _step(step: Step, number: int, *, is_deciding: bool) -> dict[str, Any]:
    failed = [check for check in step.checks if check.outcome is Outcome.FAIL]
    rows = [_row(check, f"-{number}-{place}", step) for place, check in enumerate(step.checks[:MAX_CHECKS])]
    loud = [row for row in rows if row["status"] in LOUD]
    return {
        "path": step.path or step.policy,
        "tone": _TONE[step.verdict],
        "verdict": _WORD[step.verdict] if step.checks or step.verdict is not Verdict.ALLOW else "runs",
        "condition": step.condition,
        "is_reached": step.is_reached,
        "is_open": bool(loud) or is_deciding,
        "rows": loud,
        "passed": [row for row in rows if row not in loud],
        "passed_summary": _named([check for check in step.checks if _STATUS[check.outcome] not in LOUD]),
        "left_out": max(0, len(step.checks) - MAX_CHECKS),
        "needs": step.needs,
        "summary": _summary(len(step.checks), len(failed)),
    }


def _named(checks: list[GatewayCheck]) -> str:
    """ "9 passed: token-present, scheme …"."""
    names = ", ".join(check.check for check in checks[:MAX_NAMED]) + (" …" if len(checks) > MAX_NAMED else "")
    return f"{len(checks)} without fault: {names}"


def _summary(count: int, failed: int) -> str:
    if not count:
        return "no checks"
    checks = f"{count} check{'s' if count > 1 else ''}"
    return f"{failed} of {checks} failed" if failed else f"{checks}, none failed"


def _row(check: GatewayCheck, key: str, step: Step) -> dict[str, Any]:
    has_failed = check.outcome is Outcome.FAIL
    return {
        "key": key,
        "status": _STATUS[check.outcome],
        "what": check.what,
        "code": check.check,
        "token": check.actual if has_failed else "",
        "api": check.expected if has_failed else "",
        "token_label": "call",
        "api_label": "policy",
        "why": _names(check, step) if has_failed else "",
        "do": "",
        "who": "",
    }


def _names(check: GatewayCheck, step: Step) -> str:
    """Which name the gateway gives it, documented and seen, and what the library's number means."""
    seen = f" (also seen: {', '.join(check.reason_aliases)})" if check.reason_aliases else ""
    code = explained(check.library_code)
    parts = [f"The gateway calls it {check.reason}{seen}." if check.reason else "", f"{code}." if code else ""]
    if check.is_reported and step.is_reached:
        parts.insert(0, "The one failure that the gateway reports.")
    return " ".join(filter(None, parts))
