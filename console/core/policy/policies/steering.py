"""The policies that steer: they branch, repeat or hold others, or stand for policies of another text."""

from collections.abc import Iterator

from console.core.policy.policies.base import REFERENCE, Policy
from console.core.policy.policies.shapes import (
    Attribute,
    Child,
    ElementShape,
    Kind,
    optional,
    policy,
    problem,
    required,
)
from console.core.policy.text.element import Element
from console.core.policy.text.problem import PolicyProblem


def _otherwise_last(element: Element) -> Iterator[PolicyProblem]:
    names = [child.name for child in element.children]
    if "otherwise" in names and "when" in names[names.index("otherwise") :]:
        yield problem(element, "child-order", "In <choose> a <when> stands after <otherwise>.", "Put <otherwise> last.")


_CHOOSE = policy(
    "choose",
    children=(
        Child(
            ElementShape("when", (Attribute("condition", Kind.BOOLEAN, is_required=True),), holds_policies=True),
            least=1,
        ),
        Child(ElementShape("otherwise", holds_policies=True), most=1),
    ),
    rules=(_otherwise_last,),
)
_RETRY = policy(
    "retry",
    Attribute("condition", Kind.BOOLEAN, is_required=True),
    Attribute("count", Kind.POSITIVE, is_required=True),
    Attribute("interval", Kind.COUNT, is_required=True),
    *optional("delta", "max-interval", kind=Kind.POSITIVE),
    Attribute("first-fast-retry", Kind.BOOLEAN),
    holds_policies=True,
)
_WAIT = policy("wait", Attribute("for", choices=("all", "any")), holds_policies=True)
_LIMIT_CONCURRENCY = policy(
    "limit-concurrency",
    *required("key"),
    Attribute("max-count", Kind.INTEGER, is_required=True),
    holds_policies=True,
)
_INCLUDE_FRAGMENT = policy("include-fragment", *required("fragment-id"))

_ENTRIES = (
    (_CHOOSE, "Branch on conditions"),
    (_RETRY, "Repeat policies"),
    (_WAIT, "Wait for policies"),
    (_LIMIT_CONCURRENCY, "Limit how many calls run at once"),
    (_INCLUDE_FRAGMENT, "Include a fragment"),
)
POLICY = tuple(Policy(shape.name, title, REFERENCE + shape.name, None, shape) for shape, title in _ENTRIES)
