"""Policies that branch, repeat, answer by themselves or change the call."""

from collections.abc import Iterator

from console.core.policy.schema.shapes import Attribute, Child, Kind, Shape, optional, policy, problem, required
from console.core.policy.text.element import Element
from console.core.policy.text.problem import PolicyProblem

_VALUES = (Child(Shape("value", has_text=True)),)
_EXISTS = Attribute("exists-action", choices=("override", "append", "skip", "delete"))


def _otherwise_last(element: Element) -> Iterator[PolicyProblem]:
    names = [child.name for child in element.children]
    if "otherwise" in names and "when" in names[names.index("otherwise") :]:
        yield problem(element, "child-order", "In <choose> a <when> stands after <otherwise>.", "Put <otherwise> last.")


CHOOSE = policy(
    "choose",
    children=(
        Child(
            Shape("when", (Attribute("condition", Kind.BOOLEAN, is_required=True),), holds_policies=True),
            least=1,
        ),
        Child(Shape("otherwise", holds_policies=True), most=1),
    ),
    rules=(_otherwise_last,),
)
RETRY = policy(
    "retry",
    Attribute("condition", Kind.BOOLEAN, is_required=True),
    Attribute("count", Kind.POSITIVE, is_required=True),
    Attribute("interval", Kind.COUNT, is_required=True),
    *optional("delta", "max-interval", kind=Kind.POSITIVE),
    Attribute("first-fast-retry", Kind.BOOLEAN),
    holds_policies=True,
)
WAIT = policy("wait", Attribute("for", choices=("all", "any")), holds_policies=True)
LIMIT_CONCURRENCY = policy(
    "limit-concurrency",
    *required("key"),
    Attribute("max-count", Kind.INTEGER, is_required=True),
    holds_policies=True,
)
INCLUDE_FRAGMENT = policy("include-fragment", *required("fragment-id"))

SET_STATUS = policy("set-status", Attribute("code", Kind.POSITIVE, is_required=True), Attribute("reason"))
SET_HEADER = policy("set-header", *required("name"), _EXISTS, children=_VALUES)
SET_QUERY_PARAMETER = policy("set-query-parameter", *required("name"), _EXISTS, children=_VALUES)
SET_BODY = policy(
    "set-body",
    Attribute("template", choices=("none", "liquid")),
    Attribute("xsi-nil", choices=("blank", "null")),
    *optional("parse-date", "html-decode-expression", kind=Kind.BOOLEAN),
    is_mixed=True,
)
SET_VARIABLE = policy("set-variable", *required("name", "value"))
RETURN_RESPONSE = policy(
    "return-response",
    Attribute("response-variable-name"),
    children=(Child(SET_STATUS, most=1), Child(SET_HEADER), Child(SET_BODY, most=1)),
)
MOCK_RESPONSE = policy(
    "mock-response",
    Attribute("enabled", Kind.BOOLEAN),
    *optional("status-code", "index", kind=Kind.INTEGER),
    Attribute("content-type"),
)

SHAPES = (
    CHOOSE,
    RETRY,
    WAIT,
    LIMIT_CONCURRENCY,
    INCLUDE_FRAGMENT,
    SET_STATUS,
    SET_HEADER,
    SET_QUERY_PARAMETER,
    SET_BODY,
    SET_VARIABLE,
    RETURN_RESPONSE,
    MOCK_RESPONSE,
)
