"""A part of an expression as the grammar of C# reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """`kind` is the grammar's name; `text` the source; `children` all parts but comments; `fields` those with names."""

    kind: str
    text: str
    children: tuple["Node", ...]
    fields: dict[str, "Node"]

    @property
    def parts(self) -> tuple["Node", ...]:
        """The children that are more than punctuation or a keyword."""
        return tuple(child for child in self.children if child.kind != child.text)

    def of(self, kind: str) -> "Node | None":
        return next((child for child in self.children if child.kind == kind), None)
