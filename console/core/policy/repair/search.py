"""The smallest sets of changes that let a call pass: breadth first, every set tried by evaluating again.

A set is only extended by a change that answers the first failure which is left; what each change answers is learnt from
trying it alone.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.trace import Trace
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.failures import FailedCheck, Option, failing_keys, failures_of, is_repaired
from console.core.policy.schema import problems
from console.core.policy.text.values import fill

MOST_EVALUATIONS = 60
_MOST_CHARACTERS = 3_000_000  # of policy text read again, over all evaluations of one search
_MOST_STEPS = 3_000  # of policies run again
_MOST_CHECKS = 20_000  # judged again
_MOST_CHANGES = 8
_FEWEST_EVALUATIONS = 4
_MOST_CLAIMS = _MOST_CHANGES + 4  # one change may answer a few: another version of the token has other claims

Pool = Callable[[Trial, FailedCheck], Iterable[Option]]


@dataclass(frozen=True, slots=True)
class TriedChanges:
    """Changes that were seen to work, in the order of the failures they answer, and what came of them."""

    path: tuple[Option, ...]
    trial: Trial
    trace: Trace

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(option.key for option in self.path)


@dataclass(slots=True)
class _Search:
    """The work of one search: what is left of the budget, sets that were tried, and what each change answered."""

    pool: Pool
    left: int
    seen: set[frozenset[str]] = field(default_factory=set)
    answers: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    def tried(self, node: TriedChanges, option: Option) -> TriedChanges | None:
        """The set with one change more; None when it was tried before, cannot be made, or the budget is spent."""
        keys = node.keys | {option.key}
        if keys in self.seen or option.key in node.keys or self.left <= 0:
            return None
        self.seen.add(keys)
        trial = option.apply()
        if trial is None:
            return None
        self.left -= 1
        return TriedChanges((*node.path, option), trial, evaluate(trial))

    def candidates(self, node: TriedChanges, failures: tuple[FailedCheck, ...]) -> tuple[Option, ...]:
        """For the first step every change that answers some failure; later those that answer the first one left."""
        first, *others = failures
        options = {option.key: option for option in self.pool(node.trial, first)}
        for failure in others:
            for option in self.pool(node.trial, failure):
                if not node.path or first.key in self.answers.get(option.key, ()):
                    options.setdefault(option.key, option)
        return tuple(options.values())


def smallest(start: Trial, trace: Trace, pool: Pool) -> tuple[TriedChanges, ...]:
    """All sets of the smallest size that work, best first; empty when none is found within the budget."""
    search = _Search(pool, _budget(start, trace))
    level = [TriedChanges((), start, trace)]
    for _ in range(_MOST_CHANGES):
        grown = [found for node in level for found in _grown(search, node)]
        working = tuple(found for found in grown if is_repaired(found.trace) and _can_be_stored(found, start))
        if working or not grown:
            return working
        level = grown
    return ()


def _budget(start: Trial, trace: Trace) -> int:
    """Evaluations: fewer for a policy text that takes long to read and to run."""
    by_size = _MOST_CHARACTERS // max(1, len(start.document.source))
    by_steps = _MOST_STEPS // max(1, len(trace.steps))
    by_checks = _MOST_CHECKS // max(1, sum(len(step.checks) for step in trace.steps))
    return max(_FEWEST_EVALUATIONS, min(MOST_EVALUATIONS, by_size, by_steps, by_checks))


def _failing_claims(trace: Trace) -> int:
    """How many required claims fail in the policy in which most of them do."""
    by_policy = Counter(path for path, name in failing_keys(trace) if name.startswith("required-claim:"))
    return max(by_policy.values(), default=0)


def _can_be_stored(found: TriedChanges, start: Trial) -> bool:
    """Whether the gateway would take the edited text; a text that it would not have taken before is no measure."""
    if found.trial.document is start.document or problems(fill(start.document, start.values)):
        return True
    return not problems(fill(found.trial.document, found.trial.values))


def _grown(search: _Search, node: TriedChanges) -> list[TriedChanges]:
    """The set with each fitting change more; none where more claims fail than changes may be made, since each of them
    takes one of its own.
    """
    if _failing_claims(node.trace) > _MOST_CLAIMS:
        return []
    failures = failures_of(node.trial, node.trace)
    before = failing_keys(node.trace)
    grown = []
    for option in search.candidates(node, failures) if failures else ():
        found = search.tried(node, option)
        if found is None:
            continue
        answered = before - failing_keys(found.trace)
        search.answers.setdefault(option.key, set()).update(answered)
        if answered or is_repaired(found.trace):
            grown.append(found)
    return grown
