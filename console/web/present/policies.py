"""What the gateway would do, as the policy editor shows it: the verdict in words, then everything it rests on."""

from collections.abc import Iterable
from http.client import responses
from typing import Any

from console.core.credential import Secret
from console.core.diagnosis.base import Sides
from console.core.diagnosis.beyond_sides import beyond_sides
from console.core.owner import Owner
from console.core.policy.engine.log_text import trace_text
from console.core.policy.engine.model import GatewayCheck, Verdict
from console.core.policy.engine.trace import Trace
from console.core.policy.repair.proposal import RepairProposal
from console.core.policy.text.document import PolicyProblem
from console.core.redaction.known import mask_known, replacements
from console.core.redaction.redact import redact_text
from console.services.policies import PolicyAnswer
from console.services.policy_metadata import KnownMetadata
from console.web.present import words
from console.web.present.clipped import clipped
from console.web.present.policy_hand_on import can_hand_on
from console.web.present.policy_needs import needs_view
from console.web.present.policy_repairs import repairs_view
from console.web.present.policy_steps import other_failures, quiet_left_out, reported_check, reported_key, steps_view
from console.web.present.policy_warnings import readings_view, warnings_view
from console.web.present.sides import sides_view

ASSUMED = "The token's signature is not kept: it is taken as valid here."
NO_TOKEN = "No token was given, so this is what a call without one gets."
MAX_NAMED = 4
MAX_ROWS = 40  # of one list on the page: a text can name thousands of things


def answer_view(
    answer: PolicyAnswer, *, proposals: Iterable[RepairProposal] = (), problems: dict[str, str] | None = None
) -> dict[str, Any]:
    """Everything of the result. `problems` are why metadata could not be fetched just now, by address."""
    trace = answer.trace
    view = {
        "verdict": _verdict(answer),
        "can_hand_on": can_hand_on(answer),
        "hand_on": None,
        "moment": words.exact(answer.now),
        "is_sample": answer.question.sample is not None,
        "repairs": repairs_view(proposals),
        "answer": _wire(trace) if trace else None,
        "steps": steps_view(trace) if trace else [],
        "steps_left_out": quiet_left_out(trace) if trace else 0,
        "needs": (needs := needs_view(answer))[:MAX_ROWS],
        "needs_left_out": max(0, len(needs) - MAX_ROWS),
        "warnings": warnings_view(answer, limit=MAX_ROWS),
        "readings": readings_view(answer),
        "log": trace_text(trace) if trace else "",
        "problems": [_problem(problem, answer.question.policy.text) for problem in answer.problems],
        "notes": _notes(answer),
        "metadata": [_metadata(one, problems or {}) for one in answer.metadata[:MAX_ROWS]],
        "metadata_left_out": max(0, len(answer.metadata) - MAX_ROWS),
    }
    told: dict[str, Any] = clipped(without(view, answer.question.hidden))
    return told


def without(value: Any, hidden: Iterable[Secret]) -> Any:
    """The same with every text in it masked where it holds something that must not be told."""
    pairs = replacements(hidden)
    return _masked(value, pairs) if pairs else value


def _masked(value: Any, pairs: list[tuple[str, str]]) -> Any:
    if isinstance(value, str):
        return mask_known(value, pairs)
    if isinstance(value, dict):
        return {name: _masked(item, pairs) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(item, pairs) for item in value]
    return value


def _verdict(answer: PolicyAnswer) -> dict[str, Any]:
    trace = answer.trace
    if trace is None:
        what = f"{_count(len(answer.problems), 'thing')} must be mended before it can be tried."
        title = "The gateway would not store this policy"
        return {"status": "fail", "title": title, "brief": "Would not be stored", "what": what}
    if trace.verdict is Verdict.REJECT:
        title, brief = f"The gateway would refuse this call with {trace.status}", f"Refused with {trace.status}"
        return {"status": "fail", "title": title, "brief": brief, **_because(trace)}
    if trace.verdict is Verdict.ALLOW:
        return _allowed(answer, trace)
    count = len(trace.needs)
    missing = "one thing that is" if count == 1 else f"{count} things that are"
    return {
        "status": "unknown",
        "title": "Whether the gateway would let this call through cannot be told",
        "brief": "Cannot be told yet",
        "what": f"It depends on {missing} not known here." if count else "A policy in it is not understood here.",
    }


def _because(trace: Trace) -> dict[str, Any]:
    """The rule that the gateway reports, by all its names, and how many more fail behind it."""
    check = reported_check(trace)
    if check is None:
        return {"what": "A policy answers so on purpose; no rule about the token decides it."}
    others = other_failures(trace)
    rest = f" and {len(others) - MAX_NAMED} more" if len(others) > MAX_NAMED else ""
    shown = ", ".join(others[:MAX_NAMED]) + rest
    return {
        "what": beyond_sides(check.what, _sides(check)),
        "sides": sides_view(_sides(check)),
        "behind": f"Behind it, {_count(len(others), 'more rule')} would fail: {shown}." if others else "",
        "rule": check.check,
        "reason": check.reason,
        "rule_key": reported_key(trace),
    }


def _sides(check: GatewayCheck) -> Sides | None:
    """What the call brought and what the policy wants; None where they are moments, or one of them is nothing."""
    if check.check in ("expiry", "not-before") or not check.actual or not check.expected:
        return None
    return Sides("The call has", "The policy wants", (check.actual,), tuple(check.expected.split(", ")))


def _allowed(answer: PolicyAnswer, trace: Trace) -> dict[str, Any]:
    if trace.status is not None:
        title = f"The gateway would answer this call itself with {trace.status}"
        what = "It refuses nothing; the API behind it is not asked."
        return {"status": "pass", "title": title, "brief": f"Answered with {trace.status}", "what": what}
    has_parents = any(warned.code == "hidden-scope" for warned in answer.warnings)
    parents = "Policies of parent scopes (base) are not in it and may still refuse. " if has_parents else ""
    return {
        "status": "pass",
        "title": "The gateway would let this call through",
        "brief": "Let through",
        "what": f"No policy in this text refuses it. {parents}What the API answers is another matter.",
    }


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _wire(trace: Trace) -> dict[str, Any] | None:
    """The gateway's own answer as it goes over the wire; None when it writes none."""
    if trace.status is None:
        return None
    phrase = trace.reason_phrase or responses.get(trace.status, "")
    lines = [f"HTTP/1.1 {trace.status} {phrase}".rstrip(), *(f"{name}: {value}" for name, value in trace.headers)]
    head = "\n".join(lines)
    return {
        "text": f"{head}\n\n{trace.body}" if trace.body is not None else head,
        "is_body_known": trace.body is not None,
    }


def _problem(problem: PolicyProblem, text: str) -> dict[str, Any]:
    lines = text.splitlines()
    line = lines[problem.line - 1] if problem.line and problem.line <= len(lines) else ""
    return {
        "status": "fail",
        "code": problem.code,
        "what": f"Line {problem.line}: {problem.what}" if problem.line else problem.what,
        "quoted": _quotable(line),
        "line": problem.line,
        "do": problem.do,
        "who": words.owner(Owner.API_OWNER),
    }


def _quotable(line: str) -> str:
    """The line; "" when it may hold a secret."""
    told = line.strip()
    holds_secret = "key" in told.lower() or redact_text(told) != told
    return "" if holds_secret else told


def _notes(answer: PolicyAnswer) -> list[str]:
    question = answer.question
    found = list(answer.trial.document.notes) if answer.trial else []
    if answer.trace is not None and not question.token and question.sample is None:
        found.append(NO_TOKEN)
    if answer.trial is not None and answer.trial.assumes_signature:
        found.append(ASSUMED)
    return found


def _metadata(one: KnownMetadata, problems: dict[str, str]) -> dict[str, Any]:
    when = f", {words.exact(one.fetched_at)}" if one.fetched_at is not None else ""
    problem = problems.get(one.url, one.problem)
    keys = len(one.view.keyset.keys) if one.view and one.view.keyset else 0
    told = f"{one.source}{when}: issuer {one.view.issuer}, {keys} key{'' if keys == 1 else 's'}" if one.view else ""
    status = "unknown" if one.view is None else "pass"
    return {"url": one.url, "told": " ".join(filter(None, (told, problem))), "status": status}
