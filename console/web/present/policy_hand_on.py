"""A refusal by a policy that was tried, handed on: the call, the token's claims and what the policy decided."""

from typing import Any

from console.core.attempts.handed_in import without_secrets
from console.core.credential import Secret
from console.core.diagnosis import explain
from console.core.diagnosis.policy_facts import judged, redacted
from console.core.evidence import Evidence, EvidenceRequest, EvidenceResponse
from console.core.json.text import plain
from console.core.policy.engine.model import Verdict
from console.core.redaction.redact import Redactor, redact_url
from console.core.tokens.parse import parse
from console.services.policies import PolicyAnswer
from console.web.present.hand_on import hand_on_view

_TITLE = "A call that the policy refuses"


def can_hand_on(answer: PolicyAnswer) -> bool:
    """Whether the policy refused, and not a row of the table, which is kept already."""
    return answer.trace is not None and answer.trace.verdict is Verdict.REJECT and answer.question.sample is None


def policy_hand_on(answer: PolicyAnswer) -> dict[str, Any] | None:
    """What policies/hand_on.html needs; None where `can_hand_on` says no."""
    trace, trial, question = answer.trace, answer.trial, answer.question
    if trace is None or trial is None or not can_hand_on(answer):
        return None
    clean = Redactor([*question.hidden, *([Secret(question.token)] if question.token else [])])
    token = parse(question.token) if question.token else None
    claims = token.claims if token is not None else None
    tenant = (token.text_claim("tid") if token is not None else None) or ""
    evidence = Evidence(
        token_header=plain(token.header) if token is not None else None,
        token_claims=plain(claims),
        policy=redacted(judged(trial, tenant=tenant), clean),
        request=EvidenceRequest(trial.request.method, redact_url(trial.request.url), has_unknown_headers=True),
        response=EvidenceResponse(trace.status, trace.headers) if trace.status is not None else None,
        now=answer.now,
    )
    evidence = without_secrets(evidence, clean)
    return hand_on_view(evidence, explain(evidence), key="-policy", title=_TITLE)
