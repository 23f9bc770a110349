"""One XML element of a policy text, and where it stands in that text."""

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

MAX_ELEMENTS = 100_000  # of one document


@dataclass(frozen=True, slots=True, repr=False)
class Element:
    """`text` is the element's own text with the white space around it removed; comments are left out.

    `line` counts from 1. `span` is where the whole element stands in the document's source, end exclusive; `inner` is
    where its content stands, None for an empty-element tag. Equality is about content only. The repr shows neither
    values nor text: they may be keys. `is_plain`: nothing in it is an expression or a named value, in no child either.
    `is_padded`: there is white space around the text as it is written; `holds_padding`: so it is in it or in a child.
    `kept` is what a policy has read from the element, None before: it lives as long as the element does, which never
    changes, and no copy with other content takes it along.
    """

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Element", ...] = ()
    text: str = ""
    line: int = field(default=1, compare=False)
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    inner: tuple[int, int] | None = field(default=None, compare=False)
    is_padded: bool = field(default=False, compare=False)
    holds_padding: bool = field(init=False, compare=False)
    is_plain: bool = field(init=False, compare=False)
    _hash: int = field(init=False, compare=False)
    kept: object = field(default=None, init=False, compare=False)

    def __post_init__(self) -> None:
        """Every evaluation asks for these of the whole tree, so they are found out once, from the children up."""
        is_plain, holds_padding = not self._is_open(), self.is_padded
        for child in self.children:
            is_plain = is_plain and child.is_plain
            holds_padding = holds_padding or child.holds_padding
        object.__setattr__(self, "is_plain", is_plain)
        object.__setattr__(self, "holds_padding", holds_padding)
        object.__setattr__(self, "_hash", hash((self.name, self.attributes, self.children, self.text)))

    def keep(self, read: object) -> None:
        """Only what follows from the element alone, so that it is true for as long as the element is there."""
        object.__setattr__(self, "kept", read)

    def _is_open(self) -> bool:
        if "@" in self.text or "{{" in self.text:
            return True
        return any("@" in value or "{{" in value for _, value in self.attributes)

    def __hash__(self) -> int:
        return self._hash

    def attribute(self, name: str) -> str | None:
        for key, value in self.attributes:
            if key == name:
                return value
        return None

    def child(self, name: str) -> "Element | None":
        for child in self.children:
            if child.name == name:
                return child
        return None

    def all(self, name: str) -> tuple["Element", ...]:
        return tuple(child for child in self.children if child.name == name)

    def rewritten(self, change: "Change") -> "Element":
        """The element with each attribute's value and each text changed; itself where nothing changes.

        Recursive: a document is nested a hundred levels at most.
        """
        attributes = tuple([(name, change(value, self, name)) for name, value in self.attributes])
        children = tuple([child.rewritten(change) for child in self.children])
        text = change(self.text, self, "")
        is_same = attributes == self.attributes and text == self.text
        if is_same and all(map(operator.is_, children, self.children)):
            return self
        return replace(self, attributes=attributes, text=text, children=children)

    def __repr__(self) -> str:
        return f"<{self.name} at line {self.line}>"


# Of a text, the element it stands in, and the attribute's name; "" for the element's own text.
Change = Callable[[str, Element, str], str]


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
