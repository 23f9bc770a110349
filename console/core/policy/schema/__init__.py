"""Why the gateway would not store a policy text: its published schemas and the rules its reference adds.

The schema's order of child elements is not among them: the vendor's own examples depart from it.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from console.core.policy.policies import BY_NAME, HOLDERS, NAMES
from console.core.policy.policies.shapes import ElementShape
from console.core.policy.schema.checking import check
from console.core.policy.schema.structure import structure_problems
from console.core.policy.schema.whole_expressions import expression_problems
from console.core.policy.text.document import PolicyDocument
from console.core.policy.text.element import Element
from console.core.policy.text.problem import PolicyProblem

MAX_PROBLEMS = 200
SHAPES = {name: policy.shape for name, policy in BY_NAME.items() if policy.shape is not None}
_EXPRESSION = "@(computed)"
_HOLDERS = HOLDERS | {"when", "otherwise"}


def problems(document: PolicyDocument) -> tuple[PolicyProblem, ...]:
    """Everything for which the gateway would refuse the text, by line; at most 200. Run it after values are filled in:
    an attribute that still holds an expression or a named value is not checked for its type.
    """
    found = islice(_all(document), MAX_PROBLEMS)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.line or 0))


def unknown_policies(document: PolicyDocument) -> tuple[Element, ...]:
    """Elements that stand where a policy belongs and are none that is known here."""
    return tuple(element for element in _policies(document) if element.name not in NAMES)


def _all(document: PolicyDocument) -> Iterator[PolicyProblem]:
    yield from structure_problems(document)
    yield from expression_problems(document)
    pending = [(element, SHAPES.get(element.name)) for _, elements in document.sections for element in elements]
    while pending:
        element, shape = pending.pop()
        if shape is None:
            continue
        yield from check(_as_stored(element, document.computed), shape)
        pending += _inside(element, shape)


def _as_stored(element: Element, computed: frozenset[tuple[int, str]]) -> Element:
    """The element with an expression again where the document was filled with what one gives: the gateway stores the
    expression, whatever it gives.
    """
    if not computed:
        return element
    attributes = tuple(
        (name, _EXPRESSION if (element.span[0], name) in computed else value) for name, value in element.attributes
    )
    text = _EXPRESSION if (element.span[0], "") in computed else element.text
    return replace(element, attributes=attributes, text=text)


def _inside(element: Element, shape: ElementShape) -> Iterator[tuple[Element, ElementShape | None]]:
    known = {child.shape.name: child.shape for child in shape.children}
    for child in element.children:
        yield child, SHAPES.get(child.name) if shape.holds_policies else known.get(child.name)


def _policies(document: PolicyDocument) -> Iterator[Element]:
    """Every element that stands where a policy belongs, in document order."""
    pending = [element for _, elements in reversed(document.sections) for element in reversed(elements)]
    while pending:
        element = pending.pop()
        yield element
        for holder in reversed(element.children if element.name == "choose" else (element,)):
            if holder.name in _HOLDERS:
                pending += reversed(holder.children)
