"""What the checks say of a token where a policy decides: a check fails only for what the gateway's engine refuses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from console.core.api import Expectation
from console.core.checks import CHECKS, run_all
from console.core.checks.base import Context
from console.core.diagnosis.policy_decision import (
    FAIL,
    OPEN_VALUE,
    PolicyDecision,
    expectation_of,
    hangs_on_value,
    is_certain,
    parts_of,
)
from console.core.evidence import EvidenceCheck, EvidenceClaim, EvidenceDemand, EvidenceStep
from console.core.finding import Finding, Status
from console.core.owner import Owner
from console.core.policy.token.metadata_address import issuer_of
from console.core.tokens.token import Token

# What each of our checks is called by the engine.
GATES: Mapping[str, tuple[str, ...]] = {
    "audience": ("audience", "backend-application", "required-claim:aud"),
    "issuer": ("issuer", "required-claim:iss"),
    "tenant": ("tenant", "required-claim:tid"),
    "token_version": ("required-claim:ver",),
    "authorized_party": ("client-application", "required-claim:azp", "required-claim:appid"),
    "roles": ("required-claim:roles",),
    "scopes": ("required-claim:scp", "required-claim:scope"),
    "expiry": ("expiry", "expiration-present"),
    "not_before": ("not-before",),
}
_CODES = {name: code for code, names in GATES.items() for name in names}
_GATED = tuple(check for check in CHECKS if check.code in GATES)
_LISTS = {
    "audience": "audiences",
    "issuer": "issuers",
    "authorized_party": "authorized_parties",
    "roles": "roles",
    "scopes": "scopes",
}
_WEIGHTS = (Status.UNKNOWN, Status.NOT_APPLICABLE, Status.PASS, Status.NOTICE, Status.WARNING, Status.FAIL)
_CLAIM = "required-claim:"


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings by check code. `suspected` are failures that may be the reason and are not proved to be."""

    findings: dict[str, Finding] = field(default_factory=dict)
    suspected: dict[str, Finding] = field(default_factory=dict)


def judged(context: Context, policy: PolicyDecision | None, *, is_by_api: bool) -> Judged:
    """The findings of stated demands (those of the context) and of a policy. `is_by_api`: the API itself answered, so
    a stated demand counts also where the gateway let the token pass.
    """
    found = {finding.check: finding for finding in run_all(context)}
    if policy is None:
        return Judged(found)
    suspected: dict[str, Finding] = {}
    for code, stated in found.items():
        if stated.status is Status.FAIL and code in GATES and not is_by_api and policy.passes(*GATES[code]):
            suspected[code] = stated
            found[code] = _accepted(stated)
    for finding in _of_steps(policy.token_steps, context):
        if _weight(finding) > _weight(found[finding.check]):
            found[finding.check] = finding
    for finding in _suspicions(policy, context):
        suspected.setdefault(finding.check, finding)
    return Judged(found, {code: one for code, one in suspected.items() if found[code].status is not Status.FAIL})


def _accepted(stated: Finding) -> Finding:
    """A stated demand that the gateway's policy does not make."""
    return Finding(Status.NOT_APPLICABLE, "The gateway's policy accepts the token in this.", check=stated.check)


def with_metadata(stated: Expectation, extra: Mapping[str, Any]) -> Expectation:
    """Stated demands; a metadata address that was stated beside them implies the issuer when none is listed."""
    expectations = extra.get("expectations")
    url = expectations.get("metadata") if isinstance(expectations, dict) else None
    implied = issuer_of(url) if isinstance(url, str) else None
    return replace(stated, issuers=(implied,)) if implied and not stated.issuers else stated


def merged(policy: PolicyDecision | None, stated: Expectation) -> Expectation:
    """What the API demands as far as it is known: the policy's word first. Placeholders are no values."""
    if policy is None or not policy.demands:
        return stated
    demanded = expectation_of(policy.demands[0])
    names = [one.name for one in fields(Expectation)]
    return Expectation(**{name: _literal(getattr(demanded, name)) or getattr(stated, name) for name in names})


def _literal(value: Any) -> Any:
    """A text, or a list of texts, that holds no placeholder; None otherwise. A number as it is."""
    texts = value if isinstance(value, tuple) else (value,)
    return None if any(OPEN_VALUE.search(one) for one in texts if isinstance(one, str)) else value


def _weight(finding: Finding) -> int:
    return _WEIGHTS.index(finding.status) if finding.status in _WEIGHTS else -1


def _of_steps(steps: Iterable[tuple[EvidenceStep, EvidenceDemand]], context: Context) -> Iterator[Finding]:
    """Our own sentences about what the engine refuses; its own where we have none."""
    for step, demand in steps:
        expected = expectation_of(demand)
        own = run_all(replace(context, expectation=expected), _GATED)
        failed = {check.check: check for check in step.checks if check.outcome == FAIL}
        for finding in own:
            check = next((failed[name] for name in GATES[finding.check] if name in failed), None)
            is_failed = finding.status is Status.FAIL
            if check is None:
                yield from () if is_failed else (finding,)
            elif _is_about_token(finding, check, demand, context.token):
                yield finding if is_failed else _told(finding.check, check, expected)


def _is_about_token(finding: Finding, check: EvidenceCheck, demand: EvidenceDemand, token: Token) -> bool:
    """Whether the token lacks what is required. A claim that it has under another name, or whose values are there and
    not split, is the fault of the rule and has causes of its own.
    """
    if not check.check.startswith(_CLAIM) or finding.check not in {"roles", "scopes", "authorized_party"}:
        return True
    name, claims = check.check.removeprefix(_CLAIM), token.claims or {}
    if name not in claims:
        return finding.status is Status.FAIL
    have = parts_of(claims[name])
    return finding.check == "authorized_party" or any(
        _lacks(claim, have) for claim in demand.claims if claim.name == name
    )


def _lacks(claim: EvidenceClaim, have: set[str]) -> bool:
    return have.isdisjoint(claim.values) if claim.match == "any" else not have.issuperset(claim.values)


def _told(code: str, check: EvidenceCheck, expected: Expectation) -> Finding:
    listed = getattr(expected, _LISTS[code]) if code in _LISTS else ()
    called = f" The gateway calls this {check.reason}." if check.reason else ""
    return Finding(
        Status.FAIL,
        check.what,
        f"{check.what}{called}",
        expected=list(listed) or ([check.expected] if check.expected else []),
        actual=check.actual,
        check=code,
    )


def _suspicions(policy: PolicyDecision, context: Context) -> Iterator[Finding]:
    """What may refuse: behind a condition or a refusal, or for a value that nobody here knows."""
    everything = policy.counting_all()
    doubtful = ((step, demand) for step, demand in everything.token_steps if not is_certain(step))
    yield from (finding for finding in _of_steps(doubtful, context) if finding.status is Status.FAIL)
    for step, _ in everything.token_steps:
        yield from (_open(check) for check in step.checks if check.check in _CODES and hangs_on_value(check))


def _open(check: EvidenceCheck) -> Finding:
    needs = " and ".join(check.needs)
    return Finding(
        Status.FAIL,
        check.what,
        f"{check.what} It hangs on {needs}.",
        f"Find out what {needs} stands for in the gateway, and compare it with the token.",
        Owner.API_OWNER,
        actual=check.actual,
        check=_CODES[check.check],
    )
