"""What an evaluation of the gateway's policy found, as evidence: the trace is the only opinion about a policy."""

from collections.abc import Mapping

from console.core.evidence import EvidenceCheck, EvidenceClaim, EvidenceDemand, EvidencePolicy, EvidenceStep
from console.core.policy.engine.model import GatewayCheck, MetadataView, Outcome, Step, Verdict
from console.core.policy.engine.trace import Trace
from console.core.policy.lint.base import ground_of
from console.core.policy.text.document import PolicyDocument
from console.core.policy.token.token_policy import TokenPolicy, WantedClaim

MAX_STEPS = 60  # a real policy has a few; the rest would only make evidence large
_TOLD = frozenset({Outcome.FAIL, Outcome.UNKNOWN})
_MAX_SKEW_DIGITS = 9


def facts_of(document: PolicyDocument, trace: Trace, metadata: Mapping[str, MetadataView]) -> EvidencePolicy:
    """The facts of a trace. `document` has the values filled in that were known, `metadata` is by address."""
    demands = {one.path: _demand(one, metadata) for one in ground_of(document).token_policies}
    steps = [step for step in trace.steps if step.path in demands or step.verdict is not Verdict.ALLOW]
    return EvidencePolicy(
        verdict=trace.verdict.value,
        reason=trace.reason,
        needs=trace.needs if trace.verdict is Verdict.UNDECIDED else (),
        steps=tuple(_step(step, demands.get(step.path)) for step in steps[:MAX_STEPS]),
    )


def _step(step: Step, demand: EvidenceDemand | None) -> EvidenceStep:
    return EvidenceStep(
        policy=step.policy,
        path=step.path,
        verdict=step.verdict.value,
        is_reached=step.is_reached,
        condition=step.condition,
        checks=tuple(_check(check) for check in step.checks if check.outcome in _TOLD),
        passed=tuple(dict.fromkeys(check.check for check in step.checks if check.outcome is Outcome.PASS)),
        overwritten_by=next((_name(one.path) for one in step.warnings if one.code == "token-overwritten"), ""),
        demand=demand,
    )


def _name(path: str) -> str:
    """The policy's name in a path: `inbound/set-header[1]`."""
    return path.rpartition("/")[2].partition("[")[0]


def _check(check: GatewayCheck) -> EvidenceCheck:
    return EvidenceCheck(
        check=check.check,
        outcome=check.outcome.value,
        what=check.what,
        expected=check.expected,
        actual=check.actual,
        reason=check.reason,
        needs=check.needs,
    )


def _demand(policy: TokenPolicy, metadata: Mapping[str, MetadataView]) -> EvidenceDemand:
    published = (metadata[url].issuer for url in policy.metadata if url in metadata)
    tenant, skew = policy.attribute("tenant-id") or "", policy.attribute("clock-skew") or ""
    is_number = skew.isascii() and skew.isdecimal() and len(skew) <= _MAX_SKEW_DIGITS
    has_clients = policy.element.child("client-application-ids") is not None
    return EvidenceDemand(
        kind=policy.kind,
        header=policy.header or "",
        metadata=tuple(filter(None, policy.metadata)),
        issuers=tuple(dict.fromkeys(filter(None, (*policy.issuers, *published)))),
        audiences=tuple(filter(None, policy.audiences or ())),
        clients=policy.clients if has_clients else None,
        backends=policy.backends,
        claims=tuple(map(_claim, policy.claims)),
        tenant="" if "/" in tenant else tenant,
        leeway_s=int(skew) if is_number else 0,
    )


def _claim(claim: WantedClaim) -> EvidenceClaim:
    return EvidenceClaim(claim.name, claim.values, claim.match, claim.separator)
