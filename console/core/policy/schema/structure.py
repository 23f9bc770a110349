"""The frame of a document: sections, each once, with policies and nothing else in them."""

from collections.abc import Iterator

from console.core.policy.policies.shapes import problem
from console.core.policy.text.document import SECTIONS, PolicyDocument
from console.core.policy.text.element import Element
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.text.xml_faults import shown

_FRAMES = (*SECTIONS, "fragment")


def structure_problems(document: PolicyDocument) -> Iterator[PolicyProblem]:
    """What is wrong around the policies, as the text was pasted."""
    tops: list[Element] = []
    for root in document.roots:
        if root.name == "policies":
            yield from _stray(root)
            tops += root.children
        else:
            tops.append(root)
    seen: set[str] = set()
    for top in tops:
        if top.name in seen:
            what = f"The section <{top.name}> stands more than once."
            yield problem(top, "section-twice", what, "Put its policies into the first one.")
        if top.name in _FRAMES:
            seen.add(top.name)
            yield from _stray(top)
            yield from _nested(top)
    for other in document.others:
        what = f"{shown(other.name)} is no section of a policy document."
        do = f"Put its policies into one of the sections {', '.join(SECTIONS)}."
        yield problem(other, "unknown-section", what, do)


def _stray(element: Element) -> Iterator[PolicyProblem]:
    if element.text:
        what = f"There is text between the elements of {shown(element.name)}."
        yield problem(element, "stray-text", what, "Remove it, or write it as a comment: <!-- … -->.")


def _nested(section: Element) -> Iterator[PolicyProblem]:
    for child in section.children:
        if child.name in _FRAMES or child.name == "policies":
            what = f"<{child.name}> stands inside <{section.name}>; it is no policy."
            yield problem(child, "unknown-element", what, "Put its policies where they belong, without it.")
