"""For any policy and any few broken rules: every proposal works, and nothing smaller in its search space does."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import proposals
from console.core.policy.repair.failures import FailedCheck, Option, failures_of, is_repaired
from console.core.policy.repair.options import api_options, client_options
from console.core.policy.repair.search import smallest
from console.core.policy.text.document import PolicyDocument, read_policy
from console.core.policy.text.expressions import is_expression
from tests.core.policy.builders import NOW
from tests.core.policy.policy_strategies import METADATA, OTHER, Break, Sent, Spec, broken, specs

Case = tuple[Spec, tuple[Break, ...], Sent]
Pool = Callable[[Trial, FailedCheck], Iterable[Option]]
POOLS: tuple[Pool, ...] = (client_options, api_options)


def trial_of(spec: Spec, call: Sent) -> Trial:
    document = read_policy(spec.text())
    assert isinstance(document, PolicyDocument)
    return Trial(document, call.request(), NOW, metadata=METADATA)


def sizes_that_work(trial: Trial, pool: Pool, *, up_to: int) -> list[int]:
    """The sizes of working sets, by trying every chain of changes of the pool without any pruning."""
    level, found = [trial], []
    for size in range(1, up_to + 1):
        grown = [
            changed
            for one in level
            for option in {
                option.key: option for failure in failures_of(one, evaluate(one)) for option in pool(one, failure)
            }.values()
            if (changed := option.apply()) is not None
        ]
        found += [size for one in grown if is_repaired(evaluate(one))][:1]
        level = grown
    return found


@given(broken(most=3))
@settings(max_examples=80)
def test_every_proposal_lets_the_call_pass_and_none_contains_another(case: Case):
    spec, rules, call = case
    start = trial_of(spec, call)
    found = proposals(start)
    event(f"{len(rules)} broken, {len(found)} proposals")
    assert found, [rule.check for rule in rules]
    order = [(one.side not in ("client", "both"), one.is_weaker) for one in found if not one.is_weaker]
    assert order == sorted(order) and [one.is_weaker for one in found] == sorted(one.is_weaker for one in found)
    for one in found:
        assert one.verdict is Verdict.ALLOW or one.is_provisional
        assert one.changes and all(change.who and change.what and change.why for change in one.changes)
        if one.side == "api" and one.policy_text is not None and "token-version" not in one.kind:
            document = read_policy(one.policy_text)
            assert isinstance(document, PolicyDocument)
            again = evaluate(replace(start, document=document))
            assert again.verdict is one.verdict
    sets = [frozenset((change.kind, change.what) for change in one.changes) for one in found]
    assert not any(one < other for one in sets for other in sets)


@given(broken(most=2))
@settings(max_examples=40)
def test_no_smaller_set_of_changes_of_the_same_side_would_do(case: Case):
    spec, _, call = case
    start = trial_of(spec, call)
    for pool in POOLS:
        found = smallest(start, evaluate(start), pool)
        size = len(found[0].path) if found else 3
        assert {len(one.path) for one in found} <= {size}
        assert sizes_that_work(start, pool, up_to=min(size - 1, 2)) == []


@given(broken(most=3))
@settings(max_examples=40)
def test_no_proposal_holds_the_token(case: Case):
    spec, _, call = case
    start = trial_of(spec, call)
    found = proposals(start)
    parts = [part for part in call.token().split(".")[1:] if part] if call.claims is not None else []
    told = "".join(chain.from_iterable((repr(one), one.diff_text, one.policy_text or "") for one in found))
    assert not any(part in told for part in parts)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
    | st.sampled_from(["@(true)", "{{named}}", "https://sts.windows.net/", "api://", "a b", "]]>", "\x00", OTHER]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
CLAIMS = ("aud", "iss", "exp", "nbf", "azp", "appid", "tid", "ver", "roles", "scp", "department", "nonce")


@given(specs(), st.dictionaries(st.sampled_from(CLAIMS), ODD, min_size=1, max_size=4))
@settings(max_examples=150)
def test_claims_of_any_type_are_judged_without_an_error_and_never_become_expressions(spec: Spec, odd: dict[str, Any]):
    start = trial_of(spec, Sent({**spec.good_claims(), **odd}))
    found = proposals(start)
    for one in found:
        assert one.verdict is Verdict.ALLOW
        assert "{{" not in (one.policy_text or "") and "\x00" not in (one.policy_text or "")
        assert not any(map(is_expression, values_in(one.policy_text))), one.policy_text


def values_in(policy_text: str | None) -> list[str]:
    """Every attribute's value and every text. An expression begins a value: `@(` further on is text."""
    document = read_policy(policy_text) if policy_text is not None else PolicyDocument()
    assert isinstance(document, PolicyDocument)
    return [text for one in document.walk_all() for text in (one.text, *(value for _, value in one.attributes))]
