"""What a policy's facts say, asked in the words of the causes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from console.core.api import Expectation
from console.core.compare import is_guid
from console.core.evidence import EvidenceCheck, EvidenceClaim, EvidenceDemand, EvidencePolicy, EvidenceStep

FAIL, UNKNOWN = "fail", "unknown"
_CLAIM = "required-claim:"
_SEVERAL = re.compile(r"[,;]\s*|\s+")
OPEN_VALUE = re.compile(r"\{\{|@[({]")  # a named value or an expression: the policy's own text leaves it open


@dataclass(frozen=True, slots=True)
class PolicyDecision:
    """`facts` are those of the engine. A step that is not reached, or runs under a condition nobody knows, proves
    nothing about this call: it counts only when `counts_all`, which is for causes that are possible.
    """

    facts: EvidencePolicy
    counts_all: bool = False

    def counting_all(self) -> "PolicyDecision":
        return replace(self, counts_all=True)

    @property
    def steps(self) -> tuple[EvidenceStep, ...]:
        """The steps that count."""
        return tuple(one for one in self.facts.steps if self.counts_all or is_certain(one))

    @property
    def token_steps(self) -> Iterator[tuple[EvidenceStep, EvidenceDemand]]:
        return ((one, one.demand) for one in self.steps if one.demand is not None)

    @property
    def demands(self) -> tuple[EvidenceDemand, ...]:
        return tuple(demand for _, demand in self.token_steps)

    def failed(self, *checks: str) -> EvidenceCheck | None:
        """The first of these checks that fails in a step that counts; None when none does."""
        return next((one for step in self.steps for one in step.checks if _is(one, FAIL, checks)), None)

    def left_open(self, *checks: str) -> EvidenceCheck | None:
        return next((one for step in self.steps for one in step.checks if _is(one, UNKNOWN, checks)), None)

    def passes(self, *checks: str) -> bool:
        """Whether every token policy that counts was met in one of these, and refuses for none of them."""
        steps = [step for step, _ in self.token_steps]
        return (
            bool(steps)
            and self.failed(*checks) is None
            and all(set(checks).intersection(step.passed) for step in steps)
        )

    def refused_claims(self) -> Iterator[EvidenceClaim]:
        """The required claims that are not met."""
        for step, demand in self.token_steps:
            failed = {one.check for one in step.checks if one.outcome == FAIL}
            yield from (claim for claim in demand.claims if f"{_CLAIM}{claim.name}" in failed)

    @property
    def has_open(self) -> bool:
        """Whether anything may refuse that is not proved to: under a condition, behind a refusal, for a value."""
        return any(not is_certain(step) or step.verdict == "undecided" for step in self.facts.steps)

    @property
    def open_values(self) -> tuple[str, ...]:
        """What the policy's text leaves open and the verdict hangs on: named values and expressions, each once."""
        return tuple(dict.fromkeys(need for need in self.facts.needs if OPEN_VALUE.search(need)))


def is_certain(step: EvidenceStep) -> bool:
    """Whether the call meets this policy, whatever else is not known."""
    return step.is_reached and not step.condition


def hangs_on_value(check: EvidenceCheck) -> bool:
    """Whether a check stays open for a value that the policy's text does not hold."""
    return check.outcome == UNKNOWN and any(OPEN_VALUE.search(need) for need in check.needs)


def expectation_of(demand: EvidenceDemand) -> Expectation:
    """The demands as the checks of a token know them; what is required in one claim stands for its list."""
    claims = {claim.name: claim.values for claim in demand.claims}
    backends = tuple(name for one in demand.backends for name in ((one, f"api://{one}") if is_guid(one) else (one,)))
    tenants, versions = claims.get("tid", ()), claims.get("ver", ())
    return Expectation(
        audiences=demand.audiences or backends or claims.get("aud", ()),
        issuers=demand.issuers or claims.get("iss", ()),
        authorized_parties=demand.clients or claims.get("azp") or claims.get("appid") or (),
        roles=claims.get("roles", ()),
        scopes=claims.get("scp") or claims.get("scope") or (),
        tenant=demand.tenant or (tenants[0] if len(tenants) == 1 else None),
        token_version=versions[0] if len(versions) == 1 else None,
        leeway_s=demand.leeway_s,
    )


def parts_of(value: Any) -> set[str]:
    """The values of a claim, a list or a text of several, however it separates them."""
    texts = value if isinstance(value, list) else [] if value is None else [value]
    return {part for text in texts for part in _SEVERAL.split(str(text)) if part}


def _is(check: EvidenceCheck, outcome: str, names: tuple[str, ...]) -> bool:
    return check.outcome == outcome and check.check in names
