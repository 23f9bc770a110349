"""The steps of a trace as rows: what each policy checked, and which failure the gateway names."""

from typing import Any

from console.core.policy.engine.model import GatewayCheck, Outcome, PolicyStep, Verdict
from console.core.policy.engine.trace import Trace
from console.core.policy.library_codes import explained

_STATUS = {
    Outcome.PASS: "pass",
    Outcome.FAIL: "fail",
    Outcome.UNKNOWN: "unknown",
    Outcome.NOT_CHECKED: "not_applicable",
}
_TONE = {Verdict.ALLOW: "pass", Verdict.REJECT: "fail", Verdict.UNDECIDED: "unknown"}
_WORD = {Verdict.ALLOW: "lets it pass", Verdict.REJECT: "refuses", Verdict.UNDECIDED: "cannot tell"}
_UNREACHED = {
    Verdict.ALLOW: "not reached: refused before",
    Verdict.REJECT: "not reached, would refuse too",
    Verdict.UNDECIDED: "not reached, and open",
}
LOUD = ("fail", "unknown")
MAX_CHECKS = 60  # of one step on the page
MAX_NAMED = 5
REPORTED = "the gateway reports this one"
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


def _is_quiet(step: PolicyStep) -> bool:
    return not step.checks and not step.condition and step.verdict is Verdict.ALLOW and step.answer is None


def reported_check(trace: Trace) -> GatewayCheck | None:
    """The failure that the gateway names; None when nothing was refused."""
    return next((step.reported for step in trace.steps if _refuses(step) and step.reported), None)


def reported_key(trace: Trace) -> str:
    """The id of that failure's row on the page; "" when there is none."""
    for number, step in enumerate(trace.steps):
        if _refuses(step) and step.reported:
            return f"finding-{number}-{step.checks.index(step.reported)}-{step.reported.check}"
    return ""


def other_failures(trace: Trace) -> list[str]:
    """The other rules that fail for certain, each once: the gateway stops before it tells them."""
    reported, steps = reported_check(trace), [step for step in trace.steps if not step.condition]
    failed = [check for step in steps for check in step.checks if check.outcome is Outcome.FAIL]
    return list(dict.fromkeys(check.check for check in failed if check is not reported))


def _refuses(step: PolicyStep) -> bool:
    return step.is_reached and not step.condition and step.verdict is Verdict.REJECT


def _step(step: PolicyStep, number: int, *, is_deciding: bool) -> dict[str, Any]:
    failed = [check for check in step.checks if check.outcome is Outcome.FAIL]
    shown = [(place, check) for place, check in enumerate(step.checks) if place < MAX_CHECKS or check.is_reported]
    rows = [_row(check, f"-{number}-{place}", step) for place, check in shown]
    loud = [row for row in rows if row["status"] in LOUD]
    return {
        "path": step.path or step.policy,
        "tone": "" if step.policy == "base" or not step.is_reached else _TONE[step.verdict],
        "verdict": _verdict(step),
        "condition": step.condition,
        "is_open": bool(loud) or is_deciding,
        "is_reported": is_deciding and step.reported is not None,
        "rows": loud,
        "passed": [row for row in rows if row not in loud],
        "passed_summary": _named([check for check in step.checks if _STATUS[check.outcome] not in LOUD]),
        "left_out": len(step.checks) - len(shown),
        "needs": step.needs,
        "summary": _summary(len(step.checks), len(failed)),
    }


def _verdict(step: PolicyStep) -> str:
    if step.policy == "base":
        return "policies of the parent scope, not in this text"
    if not step.is_reached:
        return _UNREACHED[step.verdict]
    return _WORD[step.verdict] if step.checks or step.verdict is not Verdict.ALLOW else "runs"


def _named(checks: list[GatewayCheck]) -> str:
    """ "9 passed: token-present, scheme …"."""
    names = ", ".join(check.check for check in checks[:MAX_NAMED]) + (" …" if len(checks) > MAX_NAMED else "")
    return f"{len(checks)} without fault: {names}"


def _summary(count: int, failed: int) -> str:
    if not count:
        return "no checks"
    checks = f"{count} check{'s' if count > 1 else ''}"
    return f"{failed} of {checks} failed" if failed else f"{checks}, none failed"


def _row(check: GatewayCheck, key: str, step: PolicyStep) -> dict[str, Any]:
    has_failed = check.outcome is Outcome.FAIL
    return {
        "key": key,
        "status": _STATUS[check.outcome],
        "what": check.what,
        "mark": REPORTED if has_failed and check.is_reported and _refuses(step) else "",
        "code": check.check,
        "token": check.actual if has_failed else "",
        "api": check.expected if has_failed else "",
        "token_label": "call",
        "api_label": "policy",
        "why": _names(check, step) if has_failed else "",
        "do": "",
        "who": "",
    }


def _names(check: GatewayCheck, step: PolicyStep) -> str:
    """Which name the gateway gives it, documented and seen, and what the library's number means."""
    seen = f" (also seen: {', '.join(check.reason_aliases)})" if check.reason_aliases else ""
    code = explained(check.library_code)
    if check.is_reported and _refuses(step):
        name = f"The gateway’s log calls it {check.reason}{seen}." if check.reason else ""
    else:
        reason = f"; otherwise its log would say {check.reason}{seen}" if check.reason else ""
        name = f"It fails too, but the gateway stops before it{reason}."
    return " ".join(filter(None, (name, f"{code}." if code else "")))
