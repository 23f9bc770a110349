"""What fails in a trial: the checks that a repair has to answer, with the policy and the token they are about."""

from collections.abc import Callable
from dataclasses import dataclass

from console.core.policy.engine.model import GatewayCheck, Outcome, PolicyStep, Verdict
from console.core.policy.engine.trace import Trace
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.located import Texts
from console.core.policy.repair.proposal import RepairChange
from console.core.policy.repair.token_text import place_of, token_in
from console.core.policy.text.document import Element
from console.core.policy.text.values import Values, fill
from console.core.policy.token.token_policy import TOKEN_POLICIES, TokenPolicy, TokenSource, read_token_policy
from console.core.tokens.token import Token

MOST_FAILURES = 12
SIGNATURE_CHECKS = frozenset({"signature", "key-found", "algorithm"})


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A check that failed. `policy` is its element with all known values filled in, None when it is not in the text.

    `token` is what that policy read, None when it read nothing that is a token. `is_signed` is false when its signature
    fails as well. `written` is the policy as it stands in the text.
    """

    check: GatewayCheck
    path: str
    policy: Element | None
    token: Token | None
    is_signed: bool = True
    written: Element | None = None

    @property
    def name(self) -> str:
        return self.check.check.partition(":")[0]

    @property
    def key(self) -> tuple[str, str]:
        return self.path, self.check.check

    @property
    def demands(self) -> TokenPolicy | None:
        """What the policy demands of a token; None for one that judges none."""
        if self.policy is None or self.policy.name not in TOKEN_POLICIES:
            return None
        return read_token_policy(self.policy, path=self.path)

    @property
    def source(self) -> TokenSource | None:
        """Where the policy looks for the token; None for one that reads none."""
        return place_of(self.policy) if self.policy else None

    @property
    def claims(self) -> dict[str, object]:
        return (self.token.claims or {}) if self.token else {}


@dataclass(frozen=True, slots=True)
class Option:
    """A change that may help. `apply` gives the trial with it, None when the change cannot be made here.

    `also` are parts of the same change that somebody else decides.
    """

    key: str
    change: RepairChange
    apply: Callable[[], Trial | None]
    also: tuple[RepairChange, ...] = ()


def failures_of(trial: Trial, trace: Trace) -> tuple[FailedCheck, ...]:
    """The first failing checks, each name once for each policy, in their order; no more are looked at together."""
    by_key: dict[tuple[str, str], tuple[PolicyStep, GatewayCheck]] = {}
    for step in _of_the_call(trace):
        for check in filter(_fails, step.checks):
            by_key.setdefault((step.path, check.check), (step, check))
    if not by_key:
        return ()
    failing = tuple(by_key.values())
    filled = Texts(fill(trial.document, trial.values), trial.values)
    written = Texts(trial.document, Values(fragments=trial.values.fragments))
    tokens: dict[TokenSource | None, Token | None] = {None: None}
    unsigned = {step.path for step, check in failing if check.check in SIGNATURE_CHECKS}
    found = []
    for step, check in failing[:MOST_FAILURES]:
        policy = filled.located(step.path)
        place = place_of(policy) if policy else None
        if place not in tokens:
            tokens[place] = token_in(trial.request, place)
        is_signed = step.path not in unsigned
        found.append(FailedCheck(check, step.path, policy, tokens[place], is_signed, written.located(step.path)))
    return tuple(found)


def failing_keys(trace: Trace) -> frozenset[tuple[str, str]]:
    """Path and name of every failing check."""
    return frozenset((step.path, check.check) for step in _of_the_call(trace) for check in step.checks if _fails(check))


def is_repaired(trace: Trace) -> bool:
    """Whether nothing fails any more; a verdict that is still open then rests on missing values alone."""
    if trace.verdict is Verdict.ALLOW:
        return True
    return trace.verdict is Verdict.UNDECIDED and not any(
        _fails(check) for step in _of_the_call(trace) for check in step.checks
    )


def has_bare_refusal(trace: Trace) -> bool:
    """Whether a policy refuses without any failing check: nothing a caller sends would change that."""
    return any(
        step.verdict is Verdict.REJECT and not step.condition and not any(map(_fails, step.checks))
        for step in _of_the_call(trace)
    )


def _fails(check: GatewayCheck) -> bool:
    return check.outcome is Outcome.FAIL


def _of_the_call(trace: Trace) -> tuple[PolicyStep, ...]:
    """All steps but those that only shape the answer to a refusal."""
    return tuple(step for step in trace.steps if not step.path.startswith("on-error"))
