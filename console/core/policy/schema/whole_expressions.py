"""Expressions that never end: the gateway compiles them when a policy is stored, so it refuses the text."""

from collections.abc import Iterator

from console.core.policy.policies.shapes import problem
from console.core.policy.text.document import PolicyDocument
from console.core.policy.text.element import Element
from console.core.policy.text.expressions import MAX_EXPRESSION_CHARS, end_of, is_expression
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.text.xml_faults import shown


def expression_problems(document: PolicyDocument) -> Iterator[PolicyProblem]:
    """One problem for each expression without an end. What it says is never repeated: it may hold a secret."""
    for element in document.walk_all():
        for where, text in _texts(element):
            if is_expression(text) and _never_ends(text.strip()):
                what = f"The expression in {where} of {shown(element.name)} has no end."
                do = "Close every bracket and every quotation mark in it."
                yield problem(element, "expression", what, do)


def _texts(element: Element) -> Iterator[tuple[str, str]]:
    yield from element.attributes
    yield "the text", element.text


def _never_ends(text: str) -> bool:
    """An expression beyond the length that is read here is not judged."""
    return len(text) <= MAX_EXPRESSION_CHARS and end_of(text, 0) is None
