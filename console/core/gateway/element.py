"""One XML element of a policy text, and where it stands in that text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, repr=False)
class Element:
    """`text` is the element's own text with the white space around it removed; comments are left out.

    `line` counts from 1. `span` is where the whole element stands in the document's source, end exclusive; `inner` is
    where its content stands, None for an empty-element tag. Equality is about content only. The repr shows neither
    values nor text: they may be keys.
    """

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Element", ...] = ()
    text: str = ""
    line: int = field(default=1, compare=False)
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    inner: tuple[int, int] | None = field(default=None, compare=False)

    def attribute(self, name: str) -> str | None:
        return dict(self.attributes).get(name)

    def child(self, name: str) -> "Element | None":
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> tuple["Element", ...]:
        return tuple(child for child in self.children if child.name == name)

    def __repr__(self) -> str:
        return f"<{self.name} at line {self.line}>"


def walk(elements: Iterable[Element]) -> Iterator[Element]:
    """The elements and everything in them, outermost first, in document order."""
    pending = [iter(elements)]
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
            continue
        yield element
        pending.append(iter(element.children))
