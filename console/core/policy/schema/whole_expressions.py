"""Expressions that cannot be compiled: the gateway does so when a policy is stored, and refuses the text."""

from collections.abc import Iterator

from console.core.policy.policies.shapes import problem
from console.core.policy.text.document import PolicyDocument
from console.core.policy.text.element import Element
from console.core.policy.text.expressions import MAX_EXPRESSION_CHARS, end_of, is_expression
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.text.quoted_texts import holds_quoted_text
from console.core.policy.text.xml_faults import shown

_DOUBLE = 'Write texts in double quotation marks: "…".'


def expression_problems(document: PolicyDocument) -> Iterator[PolicyProblem]:
    """One problem for each expression without an end, or with a text where C# takes one character. What it says is
    never repeated: it may hold a secret.
    """
    for element in document.walk_all():
        for where, text in _texts(element):
            if not is_expression(text):
                continue
            if holds_quoted_text(text.strip()):
                place = f"{where} of {shown(element.name)}"
                what = (
                    f"The expression in {place} has a text in single quotation marks, which in C# hold one character."
                )
                yield problem(element, "expression", what, _DOUBLE)
            elif _never_ends(text.strip()):
                what = f"The expression in {where} of {shown(element.name)} has no end."
                do = "Close every bracket and every quotation mark in it."
                yield problem(element, "expression", what, do)


def _texts(element: Element) -> Iterator[tuple[str, str]]:
    yield from element.attributes
    yield "the text", element.text


def _never_ends(text: str) -> bool:
    """An expression beyond the length that is read here is not judged."""
    return len(text) <= MAX_EXPRESSION_CHARS and end_of(text, 0) is None
