"""What an evaluation of the gateway's policy found, as evidence: the trace is the only opinion about a policy."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import msgspec
from msgspec.structs import replace

from console.core.evidence import EvidenceCheck, EvidenceClaim, EvidenceDemand, EvidencePolicy, EvidenceStep
from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import GatewayCheck, MetadataView, Outcome, PolicyStep, Verdict
from console.core.policy.engine.trace import Trace
from console.core.policy.engine.trial import Trial
from console.core.policy.keep.policy_text import PolicyText, read_text
from console.core.policy.lint.base import ground_of
from console.core.policy.lint.places import places_of
from console.core.policy.text.document import PolicyDocument, PolicyProblem
from console.core.policy.text.values import fill
from console.core.policy.token.metadata_address import issuer_of
from console.core.policy.token.token_policy import TokenPolicy, WantedClaim
from console.core.redaction.redact import Redactor
from console.core.whole_number import whole_number

MAX_POLICIES = 1_000  # each may write the whole call anew: thousands of them would take long
MAX_STEPS = 60  # a real policy has a few; the rest would only make evidence large
_TOLD = frozenset({Outcome.FAIL, Outcome.UNKNOWN})
_MAX_SKEW_DIGITS = 9
_BETWEEN = "\n\x1e\n"  # no policy may hold the middle one (XML 1.0 section 2.2)


def policy_in(text: str | None) -> PolicyText | None:
    """The policy in a text; None when it cannot be read, or holds more policies than any real one does."""
    policy = read_text(text) if text else None
    if policy is None or isinstance(policy.read, PolicyProblem):
        return None
    return policy if sum(1 for _ in islice(places_of(policy.document), MAX_POLICIES)) < MAX_POLICIES else None


def judged(trial: Trial, *, tenant: str = "") -> EvidencePolicy:
    """What a policy decides about a call. Of addresses whose metadata is not given, the issuer is taken where the
    address leaves no doubt about it; `tenant` is the token's own, "" when it names none.
    """
    addresses = PolicyText("", trial.document).metadata_addresses(trial.values, tenant=tenant)
    known = {**_told_by_address(addresses), **trial.metadata}
    trace = evaluate(replace(trial, metadata=known))
    return _facts(fill(trial.document, trial.values), trace, known)


def redacted(facts: EvidencePolicy, clean: Redactor) -> EvidencePolicy | None:
    """The facts without the secrets of a call; None where a text holds one in a spelling that cannot be cut out."""
    texts = list(dict.fromkeys(_texts(msgspec.to_builtins(facts))))
    told = clean.text(_BETWEEN.join(texts)).split(_BETWEEN)
    if len(told) != len(texts):
        return None
    by_text = dict(zip(texts, told, strict=True))
    return msgspec.convert(_with_texts(msgspec.to_builtins(facts), by_text), EvidencePolicy)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _with_texts(value: Any, by_text: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _with_texts(one, by_text) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_with_texts(one, by_text) for one in value]
    return by_text[value] if isinstance(value, str) else value


def _told_by_address(addresses: Iterable[str]) -> dict[str, MetadataView]:
    issuers = {url: issuer_of(url) for url in addresses}
    return {url: MetadataView(issuer) for url, issuer in issuers.items() if issuer is not None}


def _facts(document: PolicyDocument, trace: Trace, metadata: Mapping[str, MetadataView]) -> EvidencePolicy:
    """The facts of a trace. `document` has the values filled in that were known, `metadata` is by address."""
    demands = {one.path: _demand(one, metadata) for one in ground_of(document).token_policies}
    steps = [step for step in trace.steps if step.path in demands or step.verdict is not Verdict.ALLOW]
    return EvidencePolicy(
        verdict=trace.verdict.value,
        reason=trace.reason,
        needs=trace.needs if trace.verdict is Verdict.UNDECIDED else (),
        steps=tuple(_step(step, demands.get(step.path)) for step in steps[:MAX_STEPS]),
    )


def _step(step: PolicyStep, demand: EvidenceDemand | None) -> EvidenceStep:
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
        leeway_s=whole_number(skew, digits=_MAX_SKEW_DIGITS) or 0,
    )


def _claim(claim: WantedClaim) -> EvidenceClaim:
    return EvidenceClaim(claim.name, claim.values, claim.match, claim.separator)
