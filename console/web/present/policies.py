"""What the gateway would do, as the policy editor shows it: the verdict in words, then everything it rests on."""

import hashlib
from collections.abc import Iterable
from http.client import responses
from typing import Any

from console.core.credential import Secret
from console.core.gateway.document import PolicyProblem
from console.core.gateway.explained import EXPLAINED
from console.core.gateway.log_text import trace_text
from console.core.gateway.policies.base import Verdict, Warned
from console.core.gateway.repair.proposal import Proposal
from console.core.gateway.switches import SWITCHES
from console.core.gateway.trace import Trace
from console.core.redact import redact_text
from console.core.redaction.known import mask_known, replacements
from console.core.tokens.text import shorten
from console.services.policies import Answer
from console.services.policy_metadata import KnownMetadata
from console.web.present import words
from console.web.present.policy_steps import quiet_left_out, reported_check, steps_view

NO_TOKEN = "No token was given, so this is what a call without one gets."
MAX_NAMED = 4
SIDES = {"client": "The caller can do this", "api": "The API's side can do this", "both": "Both sides must act"}


def answer_view(
    answer: Answer, *, proposals: Iterable[Proposal] = (), problems: dict[str, str] | None = None
) -> dict[str, Any]:
    """Everything of the result. `problems` are why metadata could not be fetched just now, by address."""
    trace = answer.trace
    view = {
        "verdict": _verdict(answer),
        "moment": words.exact(answer.now),
        "is_sample": answer.question.sample is not None,
        "repairs": [_repair(one) for one in proposals],
        "answer": _wire(trace) if trace else None,
        "steps": steps_view(trace) if trace else [],
        "steps_left_out": quiet_left_out(trace) if trace else 0,
        "needs": trace.needs if trace else (),
        "warnings": [_warning(warned) for warned in answer.warnings],
        "readings": _readings(answer),
        "log": trace_text(trace) if trace else "",
        "problems": [_problem(problem, answer.question.policy) for problem in answer.problems],
        "notes": _notes(answer),
        "metadata": [_metadata(one, problems or {}) for one in answer.metadata],
    }
    masked: dict[str, Any] = without(view, answer.question.hidden)
    return masked


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


def edit_id(proposal: Proposal) -> str:
    """What names a proposed edit in a form: the same as long as its text is the same; "" when it edits no policy."""
    if proposal.policy_text is None:
        return ""
    return hashlib.sha256(proposal.policy_text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _repair(one: Proposal) -> dict[str, Any]:
    return {
        "side": SIDES[one.side],
        "title": one.title,
        "what": one.what,
        "why": one.why,
        "who": words.owner(one.who),
        "weakness": one.weakness if one.is_weaker else "",
        "is_provisional": one.is_provisional,
        "diff": [{"mark": line.mark, "text": line.text, "line": line.new_line or line.old_line} for line in one.diff],
        "edit": edit_id(one),
    }


def _verdict(answer: Answer) -> dict[str, str]:
    trace = answer.trace
    if trace is None:
        count = len(answer.problems)
        text = f"{count} thing{'s' if count > 1 else ''} must be mended before it can be tried."
        return {"status": "fail", "title": "The gateway would not store this policy", "text": text}
    if trace.verdict is Verdict.REJECT:
        return {"status": "fail", "title": f"The gateway would refuse this call with {trace.status}", **_because(trace)}
    if trace.verdict is Verdict.ALLOW:
        return _allowed(trace)
    needed = ", ".join(shorten(need, 120) for need in trace.needs[:MAX_NAMED])
    text = f"It depends on what is not known here: {needed}." if needed else "A policy in it is not understood here."
    return {
        "status": "unknown",
        "title": "Whether the gateway would let this call through cannot be told",
        "text": text,
    }


def _because(trace: Trace) -> dict[str, str]:
    check = reported_check(trace)
    if check is None:
        return {"text": ""}
    name = f" It reports {trace.reason}." if trace.reason else ""
    return {"text": f"{check.what}{name}"}


def _allowed(trace: Trace) -> dict[str, str]:
    if trace.status is not None:
        title = f"The gateway would answer this call itself with {trace.status}"
        return {"status": "pass", "title": title, "text": "It refuses nothing; the API behind it is not asked."}
    title = "The gateway would let this call through"
    return {
        "status": "pass",
        "title": title,
        "text": "No policy in this text refuses it. What the API answers is another matter.",
    }


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


def _warning(warned: Warned) -> dict[str, Any]:
    told = EXPLAINED.get(warned.code)
    return {
        "status": "warning",
        "code": warned.code,
        "what": warned.text,
        "token": warned.path,
        "token_label": "where",
        "api": "",
        "why": told.why if told else "",
        "do": told.do if told else "",
        "who": words.owner(told.who) if told else "",
    }


def _problem(problem: PolicyProblem, text: str) -> dict[str, Any]:
    lines = text.splitlines()
    line = lines[problem.line - 1] if problem.line and problem.line <= len(lines) else ""
    return {
        "status": "fail",
        "code": problem.code,
        "what": f"Line {problem.line}: {problem.what}" if problem.line else problem.what,
        "token": _quotable(line),
        "token_label": f"line {problem.line}",
        "api": "",
        "why": "",
        "do": problem.do,
        "who": "",
    }


def _quotable(line: str) -> str:
    """The line, shortened; "" when it may hold a secret."""
    told = line.strip()
    holds_secret = "key" in told.lower() or redact_text(told) != told
    return "" if holds_secret else shorten(told, 160)


def _readings(answer: Answer) -> list[dict[str, str]]:
    """The unconfirmed behaviour that this verdict rests on, as it is chosen now."""
    named = {warned.switch for warned in answer.warnings if warned.switch}
    return [
        {
            "field": f"id_switch-{switch.name}",
            "question": switch.question,
            "choice": next((one.label for one in switch.choices if one.value == answer.switches[switch.name]), ""),
        }
        for switch in SWITCHES
        if switch.name in named
    ]


def _notes(answer: Answer) -> list[str]:
    question = answer.question
    found = list(answer.document.notes) if answer.document else []
    if answer.trace is not None and not question.token and question.sample is None:
        found.append(NO_TOKEN)
    if answer.assumes_signature:
        found.append("The row's token has no signature; it verified when the row was made, and is taken as valid.")
    return found


def _metadata(one: KnownMetadata, problems: dict[str, str]) -> dict[str, Any]:
    when = f", {words.exact(one.fetched_at)}" if one.fetched_at is not None else ""
    problem = problems.get(one.url, one.problem)
    keys = len(one.view.keyset.keys) if one.view and one.view.keyset else 0
    told = f"{one.source}{when}: issuer {one.view.issuer}, {keys} key{'' if keys == 1 else 's'}" if one.view else ""
    status = "unknown" if one.view is None else "pass"
    return {"url": one.url, "told": " ".join(filter(None, (told, problem))), "status": status}
