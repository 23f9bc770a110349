"""For any policy: its own token passes, and one broken rule is refused by exactly that rule, with that reason."""

from hypothesis import given, settings

from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import Outcome, Verdict
from console.core.policy.engine.trace import Trace
from console.core.policy.engine.trial import Trial
from console.core.policy.text.document import PolicyDocument, read_policy
from tests.core.policy.builders import NOW
from tests.core.policy.policy_strategies import METADATA, Break, Sent, Spec, broken, sent, specs


def judged(spec: Spec, call: Sent) -> Trace:
    document = read_policy(spec.text())
    assert isinstance(document, PolicyDocument)
    return evaluate(Trial(document, call.request(), NOW, metadata=METADATA))


@given(specs())
@settings(max_examples=100)
def test_a_token_that_meets_every_rule_passes(spec: Spec):
    trace = judged(spec, sent(spec))
    assert trace.verdict is Verdict.ALLOW, [check for step in trace.steps for check in step.checks]


@given(broken())
@settings(max_examples=200)
def test_one_broken_rule_is_refused_by_exactly_that_rule(case: tuple[Spec, tuple[Break, ...], Sent]):
    spec, (rule,), call = case
    trace = judged(spec, call)
    failing = [check.check for step in trace.steps for check in step.checks if check.outcome is Outcome.FAIL]
    assert (trace.verdict, failing) == (Verdict.REJECT, [rule.check])
    assert {trace.reason, *trace.reason_aliases} & rule.reasons
    refusing = [step.policy for step in trace.steps if step.verdict is Verdict.REJECT]
    assert refusing == [spec.kind]


@given(broken(most=3))
@settings(max_examples=100)
def test_several_broken_rules_are_all_told(case: tuple[Spec, tuple[Break, ...], Sent]):
    spec, rules, call = case
    trace = judged(spec, call)
    failing = {check.check for step in trace.steps for check in step.checks if check.outcome is Outcome.FAIL}
    wanted = {rule.check for rule in rules}
    assert failing == ({"token-present"} if "token-present" in wanted else wanted)
