"""An evaluation written down: as JSON whose members are a public interface, and as plain text for a terminal."""

from typing import Any

from console.core.json.text import visible
from console.core.policy.engine.evaluate import Trace
from console.core.policy.engine.log_text import trace_text
from console.core.policy.engine.model import GatewayCheck, Outcome, PolicyStep, Verdict, Warned
from console.core.policy.lint import EXPLAINED
from console.core.policy.text.document import PolicyProblem

INVALID = "invalid_policy"


def to_json(trace: Trace, warnings: tuple[Warned, ...]) -> dict[str, Any]:
    """The members of the contract. `warnings` are those of the text and of the call together.

    `status`, `body` and `reason` are null where there is none or nobody knows it.
    """
    return {
        "verdict": trace.verdict.value,
        "status": trace.status,
        "body": trace.body,
        "reason": trace.reason or None,
        "reason_aliases": list(trace.reason_aliases),
        "reason_phrase": trace.reason_phrase,
        "headers": [[visible(name), visible(value)] for name, value in trace.headers],
        "gateway_log": trace_text(trace).splitlines(),
        "steps": [_step(step) for step in trace.steps],
        "warnings": [_warning(one) for one in warnings],
        "needs": [visible(need) for need in trace.needs],
        "problems": [],
    }


def invalid_json(problems: tuple[PolicyProblem, ...], warnings: tuple[Warned, ...] = ()) -> dict[str, Any]:
    """A text that the gateway would not have stored, or that is unsafe to read."""
    return {
        "verdict": INVALID,
        "status": None,
        "body": None,
        "reason": None,
        "reason_aliases": [],
        "reason_phrase": "",
        "headers": [],
        "gateway_log": [],
        "steps": [],
        "warnings": [_warning(one) for one in warnings],
        "needs": [],
        "problems": [
            {"code": one.code, "what": visible(one.what), "do": visible(one.do), "line": one.line} for one in problems
        ],
    }


def _step(step: PolicyStep) -> dict[str, Any]:
    reported = step.reported
    return {
        "policy": step.policy,
        "path": step.path,
        "verdict": step.verdict.value,
        "reason": reported.reason if reported else None,
        "reason_aliases": list(reported.reason_aliases) if reported else [],
        "library_code": reported.library_code if reported else "",
        "status": step.answer.status if step.answer else None,
        "findings": [_finding(check) for check in step.checks],
        "warnings": [_warning(one) for one in step.warnings],
        "needs": [visible(need) for need in step.needs],
        "condition": visible(step.condition),
        "is_reached": step.is_reached,
    }


def _finding(check: GatewayCheck) -> dict[str, Any]:
    return {
        "check": visible(check.check),
        "outcome": check.outcome.value,
        "what": visible(check.what),
        "expected": _or_null(check.expected),
        "actual": _or_null(check.actual),
        "library_code": check.library_code,
        "reason": check.reason,
        "message": visible(check.message),
        "is_reported": check.is_reported,
    }


def _warning(warned: Warned) -> dict[str, str]:
    told = EXPLAINED.get(warned.code)
    return {
        "code": warned.code,
        "text": visible(warned.text),
        "path": visible(warned.path),
        "switch": warned.switch,
        "why": told.why if told else "",
        "do": told.do if told else "",
        "who": told.who.value if told else "",
    }


def _or_null(text: str | None) -> str | None:
    return None if text is None else visible(text)


def to_lines(trace: Trace, warnings: tuple[Warned, ...]) -> list[str]:
    """Plain text: the verdict, what the gateway names first, everything else that fails, what is open."""
    lines = [_headline(trace)]
    if trace.body is not None and trace.status is not None:
        lines.append(f"  Body: {visible(trace.body) or '(empty)'}")
    first = next((one.reported for one in trace.steps if one.is_reached and one.reported), None)
    if first is not None:
        aliases = f" (also seen: {', '.join(trace.reason_aliases)})" if trace.reason_aliases else ""
        lines += [f"  The gateway names: {trace.reason or 'no reason'}{aliases}", f"  {visible(first.what)}"]
    lines += [f"  In its log: {line}" for line in trace_text(trace).splitlines()]
    lines += _failures(trace)
    lines += _warning_lines(warnings)
    lines += [f"Needed: {visible(need)}" for need in trace.needs]
    return lines


def _headline(trace: Trace) -> str:
    words = {
        Verdict.ALLOW: "allow: no policy refuses the call.",
        Verdict.REJECT: "reject: the gateway refuses the call.",
        Verdict.UNDECIDED: "undecided: something that was not given decides.",
    }
    status = "" if trace.status is None else f" It answers {trace.status} {trace.reason_phrase}".rstrip() + "."
    return f"Verdict: {words[trace.verdict]}{status}"


def _failures(trace: Trace) -> list[str]:
    lines = []
    for step in trace.steps:
        for check in step.checks:
            if check.outcome is Outcome.FAIL:
                late = "" if step.is_reached else " (not reached)"
                under = f" if {visible(step.condition)}" if step.condition else ""
                lines.append(f"FAIL {visible(check.check)}: {visible(check.what)}{_at(step.path)}{late}{under}")
    return lines


def invalid_lines(problems: tuple[PolicyProblem, ...], warnings: tuple[Warned, ...] = ()) -> list[str]:
    lines = ["Verdict: invalid_policy: the gateway would not have stored this text."]
    for one in problems:
        where = f" (line {one.line})" if one.line else ""
        lines += [f"FAIL {one.code}: {visible(one.what)}{where}", f"  Do: {visible(one.do)}"]
    return lines + _warning_lines(warnings)


def _warning_lines(warnings: tuple[Warned, ...]) -> list[str]:
    lines = []
    for one in warnings:
        lines.append(f"Warning {one.code}: {visible(one.text)}{_at(one.path)}")
        if told := EXPLAINED.get(one.code):
            lines.append(f"  Do: {told.do}")
    return lines


def _at(path: str) -> str:
    return f" [{path}]" if path else ""
