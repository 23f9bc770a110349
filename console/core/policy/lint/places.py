"""Every policy of a document with the path by which the gateway names it, in document order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from console.core.policy.policies import HOLDERS
from console.core.policy.text.document import Element, PolicyDocument

BRANCHES = frozenset({"when", "otherwise"})
CONTAINERS = HOLDERS | BRANCHES | {"choose"}


@dataclass(frozen=True, slots=True)
class PolicyPlace:
    """One policy, or one container of policies. `path` is as in `Step.path`; `section` as in the text (on-error).

    `is_certain` is false inside a branch of a choose: there it runs for some calls only.
    """

    element: Element
    path: str
    section: str
    is_certain: bool = True

    @property
    def name(self) -> str:
        return self.element.name


def places_of(document: PolicyDocument) -> Iterator[PolicyPlace]:
    for name, elements in document.sections:
        yield from _within(elements, name, name, is_certain=True)


def _within(elements: tuple[Element, ...], parent: str, section: str, *, is_certain: bool) -> Iterator[PolicyPlace]:
    for element, path in with_paths(elements, parent):
        yield PolicyPlace(element, path, section, is_certain)
        if element.name in CONTAINERS:
            certain = is_certain and element.name != "choose"
            yield from _within(element.children, path, section, is_certain=certain)


def with_paths(elements: tuple[Element, ...], parent: str) -> Iterator[tuple[Element, str]]:
    """Each element with its path: counted from 1 among its siblings of the same name."""
    seen: Counter[str] = Counter()
    for element in elements:
        seen[element.name] += 1
        yield element, f"{parent}/{element.name}[{seen[element.name]}]"


def descendants(element: Element) -> Iterator[Element]:
    """The element itself and everything below it, outermost first."""
    pending = [element]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(current.children))


def own_parts(place: PolicyPlace) -> Iterator[Element]:
    """What belongs to the policy itself: everything below it, or of a container only its own tag."""
    return iter((place.element,)) if place.name in CONTAINERS else descendants(place.element)


def texts_of(place: PolicyPlace) -> Iterator[str]:
    """All attribute values and texts of the policy itself."""
    for part in own_parts(place):
        yield from (value for _, value in part.attributes)
        if part.text:
            yield part.text


def expressions_of(place: PolicyPlace) -> tuple[str, ...]:
    """The policy's expressions, `@(...)` and `@{...}`, as text."""
    return tuple(text for text in texts_of(place) if text.lstrip().startswith(("@(", "@{")))
