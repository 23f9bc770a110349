"""What the gateway would have stored: the policy, and the fragments that were given for it."""

import pytest

from console.core.policy.keep.policy_text import MAX_EDITS, RefusedText, StoredPolicy, as_stored, read_text
from console.core.policy.text.values import Values
from tests.core.policy.builders import policy

INCLUDE = '<include-fragment fragment-id="{}"/>'
TWICE = f"<fragment>{policy(children='<audiences><audience>b</audience></audiences>')}</fragment>"
GOOD = f"<fragment>\n{policy()}\n</fragment>"


def read(text, named_values=(), **fragments):
    return as_stored(read_text(text), Values(fragments=fragments, named_values=dict(named_values)))


def hidden(found):
    return [one.path for one in found.warnings if one.code == "hidden-fragment"]


REFUSED = [
    ("no end", "<fragment><validate-jwt", "not-xml", "In the fragment rules, line 1: "),
    ("nothing", " ", "empty", "In the fragment rules: There is no policy text."),
    ("entities", "<!DOCTYPE a []><fragment/>", "unsafe", "In the fragment rules"),
    ("two lists of audiences", TWICE, None, "In the fragment rules, line 1: "),
]


@pytest.mark.parametrize(("what", "text", "code", "told"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_fragment_that_the_gateway_would_not_store_is_named(what, text, code, told):
    found = read(INCLUDE.format("rules"), rules=text)
    assert isinstance(found, RefusedText)
    (problem,) = found.problems
    assert (problem.what.startswith(told), problem.line) == (True, None)
    assert code in (None, problem.code)
    assert isinstance(read("<base/>", rules=text), StoredPolicy)  # nobody includes it


def test_a_fragment_is_found_through_others_and_by_a_named_value():
    outer = f"<fragment>{INCLUDE.format('inner')}{INCLUDE.format('outer')}</fragment>"
    found = read(INCLUDE.format("{{which}}"), {"which": "outer"}, outer=outer, inner=TWICE)
    assert [one.what.partition(":")[0] for one in found.problems] == ["In the fragment inner, line 1"]


def test_a_fragment_is_filled_before_it_is_checked():
    attribute = 'clock-skew="{{skew}}"'
    text = f"<fragment>{policy(attribute)}</fragment>"
    assert isinstance(read(INCLUDE.format("a"), {"skew": "60"}, a=text), StoredPolicy)
    assert isinstance(read(INCLUDE.format("a"), {"skew": "an hour"}, a=text), RefusedText)


def test_only_a_fragment_that_was_not_given_is_hidden():
    text = "".join(INCLUDE.format(name) for name in ("a", "b", "{{which}}"))
    assert hidden(read(text, a=GOOD)) == ["inbound/include-fragment[2]", "inbound/include-fragment[3]"]
    assert hidden(read(text, {"which": "a"}, a=GOOD, b=GOOD)) == []
    assert len(hidden(read(text))) == 3


HEADER = '<set-header name="X"><value>1</value></set-header>'
PARAMETER = '<set-query-parameter name="x"><value>1</value></set-query-parameter>'


@pytest.mark.parametrize(("more", "is_stored"), [(0, True), (1, False)])
def test_a_policy_that_changes_the_call_without_end_is_too_large(more, is_stored):
    """A fragment counts once, one that nobody includes does not."""
    text = (HEADER + PARAMETER) * (MAX_EDITS // 2 - 1) + INCLUDE.format("a") * 2
    given = {"a": f"<fragment>{HEADER * (2 + more)}</fragment>", "b": f"<fragment>{HEADER * 9}</fragment>"}
    found = read(text, **given)
    assert isinstance(found, StoredPolicy) is is_stored
    if not is_stored:
        (problem,) = found.problems
        assert (problem.code, f"{MAX_EDITS + 1} times" in problem.what) == ("too-large", True)
