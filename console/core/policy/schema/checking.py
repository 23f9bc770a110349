"""One element against its shape."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from console.core.json.text import shorten
from console.core.policy.policies.shapes import Attribute, ElementShape, Kind, problem
from console.core.policy.text.element import Element
from console.core.policy.text.expressions import is_open
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.text.template_words import holds_field
from console.core.policy.text.xml_faults import shown

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DATE_TIME = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_SHOWN_NAME = 60


def _whole(text: str) -> bool:
    trimmed = text.strip()
    return _INTEGER.fullmatch(trimmed) is not None and (not trimmed.startswith("-") or not trimmed.strip("-0"))


# The schema's types take white space around a number or a boolean, and around nothing else.
_FITS: dict[Kind, Callable[[str], bool]] = {
    Kind.FILLED: bool,
    Kind.INTEGER: lambda text: _INTEGER.fullmatch(text.strip()) is not None,
    Kind.POSITIVE: lambda text: _whole(text) and text.strip().strip("+0") != "",
    Kind.COUNT: _whole,
    Kind.BOOLEAN: lambda text: text.strip() in ("true", "false", "1", "0"),
    Kind.DATE_TIME: lambda text: _DATE_TIME.fullmatch(text.strip()) is not None,
}


def check(element: Element, shape: ElementShape) -> Iterator[PolicyProblem]:
    """What of the element itself does not fit: attributes, the number and names of children, text. Not what is inside
    its children.
    """
    yield from _attributes(element, shape)
    if not shape.is_mixed:
        if not shape.holds_policies:
            yield from _children(element, shape)
        if element.text and not shape.has_text:
            yield _text(element, shape)
    for rule in shape.rules:
        yield from rule(element)


def _attributes(element: Element, shape: ElementShape) -> Iterator[PolicyProblem]:
    known = {attribute.name: attribute for attribute in shape.attributes}
    for name, value in element.attributes:
        attribute = known.get(name)
        if attribute is None and shape.takes_more:
            continue
        if attribute is None:
            yield _unknown(element, "attribute", name, tuple(known))
        elif not is_open(value) and not holds_field(value) and (wanted := _wanted(attribute, value)):
            what = f'{name} of {shown(element.name)} is "{shorten(value, 40)}"; it must be {wanted}.'
            yield problem(element, "wrong-value", what, _advice(name, value, wanted))
    given = {name for name, _ in element.attributes}
    for name, attribute in known.items():
        if attribute.is_required and name not in given:
            what = f"{shown(element.name)} lacks the attribute {name}."
            yield problem(element, "missing-attribute", what, f"Write {name}.")


def _wanted(attribute: Attribute, value: str) -> str:
    """What the value should have been; empty when it fits."""
    if attribute.choices:
        return "" if value in attribute.choices else " or ".join(attribute.choices)
    fits = _FITS.get(attribute.kind)
    return "" if fits is None or fits(value) else attribute.kind.value


def _advice(name: str, value: str, wanted: str) -> str:
    lowered = value.strip().lower()
    if wanted == Kind.BOOLEAN.value and lowered in ("true", "false"):
        return f"Write {lowered} in small letters."
    if name == "clock-skew" and value.count(":") == 2:
        return "Write the time in seconds: 5 minutes are 300."
    return f"Write {wanted}."


def _children(element: Element, shape: ElementShape) -> Iterator[PolicyProblem]:
    known = {child.shape.name: child for child in shape.children}
    count = Counter(child.name for child in element.children)
    doubled: set[str] = set()
    for child in element.children:
        rule = known.get(child.name)
        if rule is None:
            yield _unknown(child, "element", child.name, tuple(known), parent=element.name)
        elif rule.most is not None and count[child.name] > rule.most and child.name not in doubled:
            doubled.add(child.name)
            what = f"{shown(element.name)} has {count[child.name]} <{child.name}>; it takes {rule.most} at most."
            do = "Put their content into one." if rule.most == 1 else "Remove what is too many."
            yield problem(child, "too-many", what, do)
    for name, rule in known.items():
        if count[name] < rule.least:
            yield problem(
                element, "missing-child", f"{shown(element.name)} has no <{name}>.", f"Write a <{name}> in it."
            )


def _text(element: Element, shape: ElementShape) -> PolicyProblem:
    """The text itself is not repeated: it may be a key in the wrong place."""
    texts = [child.shape.name for child in shape.children if child.shape.has_text]
    do = f"Write it in a <{texts[0]}>." if len(texts) == 1 else "Remove it; a note belongs in a comment: <!-- … -->."
    return problem(element, "stray-text", f"{shown(element.name)} holds text by itself, which it cannot.", do)


def _unknown(
    element: Element, what: str, name: str, known: tuple[str, ...], *, parent: str | None = None
) -> PolicyProblem:
    called = name if len(name) <= _SHOWN_NAME else f"{name[:_SHOWN_NAME]}…"
    where = shown(parent or element.name)
    near = get_close_matches(called, known, n=1, cutoff=0.7)
    if near:
        do = f"Write {near[0]}, or remove it."
    elif known and known != ("id",):
        do = f"Remove it; what may stand there is {', '.join(known[:12])}{' …' if len(known) > 12 else ''}."
    else:
        do = "Remove it."
    return problem(element, f"unknown-{what}", f"{where} has no {what} {called}.", do)
