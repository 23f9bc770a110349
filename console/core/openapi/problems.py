"""Collects what is wrong with a document while it is read; lines are looked up once, at its end."""

from collections.abc import Callable
from dataclasses import dataclass, field

from console.core.json.text import shorten
from console.core.openapi.model import MAX_PROBLEMS, DocumentProblem

Pointer = tuple[str, ...]  # names and indexes from the root: ("paths", "/orders", "get")
LineFinder = Callable[[list[Pointer]], dict[Pointer, int]]


@dataclass(slots=True)
class Problems:
    """`told` have their line already; of `placed` only the place in the document is known."""

    told: list[DocumentProblem] = field(default_factory=list)
    placed: dict[tuple[str, Pointer], None] = field(default_factory=dict)
    count: int = 0

    def tell(self, what: str, line: int | None = None) -> None:
        self.count += 1
        if len(self.told) < MAX_PROBLEMS:
            self.told.append(DocumentProblem(what, line))

    def at(self, what: str, *where: str) -> None:
        """The same problem of the same place is told once."""
        if (what, where) in self.placed:
            return
        self.count += 1
        if len(self.placed) < MAX_PROBLEMS:
            self.placed[(what, where)] = None

    def all(self, lines_of: LineFinder) -> tuple[DocumentProblem, ...]:
        """At most MAX_PROBLEMS, those of the text first, in the order of their lines."""
        lines = lines_of([where for _, where in self.placed])
        placed = [DocumentProblem(what, lines.get(where), in_words(where)) for what, where in self.placed]
        placed.sort(key=lambda one: one.line or 0)
        return (*self.told, *placed)[:MAX_PROBLEMS]


def in_words(where: Pointer) -> str:
    return " › ".join(shorten(one, 80) for one in where)
