"""What rules say of the token, the policy and the demands of an attempt: the part that words have no share in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.core.api import Expectation
from console.core.checks import CHECKS
from console.core.checks.base import Context
from console.core.diagnosis.intake import EXTRA
from console.core.diagnosis.moments import resolved
from console.core.diagnosis.policy_decision import PolicyDecision
from console.core.diagnosis.policy_findings import Judged, judged, merged, with_metadata
from console.core.diagnosis.policy_on_view import judged_on_view
from console.core.evidence import Evidence
from console.core.finding import Finding
from console.core.oauth.words import NEUTRAL
from console.core.providers.base import Provider
from console.core.tokens.signature import NOT_CHECKED, SignatureResult, SignatureState
from console.core.tokens.token import Token, TokenKind

_TIME_CHECKS = frozenset(check.code for check in CHECKS if check.needs_now)


@dataclass(frozen=True, slots=True)
class Ruling:
    """`token` is None without a decoded one, `policy` without one that can be read."""

    token: Token | None
    expectation: Expectation
    policy: PolicyDecision | None
    signature: SignatureResult
    checked: Judged


def facts_of(evidence: Evidence) -> tuple[dict[str, Any], dict[str, Any]]:
    """(facts of the profile, what has no place of its own)."""
    extra = evidence.profile.get(EXTRA)
    facts = {name: value for name, value in evidence.profile.items() if name != EXTRA}
    return facts, extra if isinstance(extra, dict) else {}


def ruling_of(evidence: Evidence, now: int | None, provider: Provider | None, *, is_by_api: bool) -> Ruling:
    """`is_by_api`: the API itself answered, so its demands count also where the gateway's policy let the token pass."""
    facts, extra = facts_of(evidence)
    token = _token(evidence, now)
    decided = evidence.policy or judged_on_view(evidence, token, now)
    policy = PolicyDecision(decided) if decided else None
    stated = with_metadata(evidence.expectations or Expectation(), extra)
    signature = _signature(evidence, facts)
    words = provider.words if provider else NEUTRAL
    context = Context(token, stated, signature, now or 0, words) if token else None
    checked = _findings(context, now, policy=policy, is_by_api=is_by_api)
    return Ruling(token, merged(policy, stated), policy, signature, checked)


def _token(evidence: Evidence, now: int | None) -> Token | None:
    if evidence.token_header is None and evidence.token_claims is None:
        return None
    claims = None if evidence.token_claims is None else resolved(evidence.token_claims, now)
    return Token(TokenKind.JWS, "", header=evidence.token_header, claims=claims)


def _signature(evidence: Evidence, facts: Mapping[str, Any]) -> SignatureResult:
    """The result as evidence keeps it; `signing_key` among the facts may say `kid_known`, `source` and `reason`."""
    try:
        state = SignatureState(evidence.signature or "not_checked")
    except ValueError:
        return NOT_CHECKED
    key = facts.get("signing_key")
    key = key if isinstance(key, dict) else {}
    known, kid = key.get("kid_known"), (evidence.token_header or {}).get("kid")
    return SignatureResult(
        state,
        str(key.get("reason", "")),
        "",
        kid if isinstance(kid, str) else "",
        str(key.get("source", "")),
        known if isinstance(known, bool) else None,
    )


def _findings(context: Context | None, now: int | None, *, policy: PolicyDecision | None, is_by_api: bool) -> Judged:
    if context is None:
        return Judged()
    found = judged(context, policy, is_by_api=is_by_api)
    return found if now is not None else Judged(_timeless(found.findings), _timeless(found.suspected))


def _timeless(findings: Mapping[str, Finding]) -> dict[str, Finding]:
    return {code: finding for code, finding in findings.items() if code not in _TIME_CHECKS}
