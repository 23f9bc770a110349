"""Where a `$ref` leads inside a document (RFC 6901); no other document is ever fetched."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import unquote

from console.core.json.text import shorten
from console.core.openapi.problems import Problems
from console.core.whole_number import whole_number

MAX_HOPS = 20  # from one reference to the next
MAX_STEPS = 6_000_000  # of one document; what is referred to from many places is looked at from each
MAX_EXAMPLES = 100_000  # values that are made for the examples of one document
LONGEST_REF = 2_000
T = TypeVar("T")


@dataclass(slots=True)
class StepsLeft:
    """What may still be done for one document, in members and references that are looked at; `examples` in values that
    are made for examples, each of which is many of those.
    """

    left: int = MAX_STEPS
    examples: int = MAX_EXAMPLES

    @property
    def is_done(self) -> bool:
        return self.left <= 0


@dataclass(frozen=True, slots=True)
class Refs:
    """Follows the references of one document. `found` is where those lead that were followed before."""

    root: Any
    problems: Problems
    work: StepsLeft = field(default_factory=StepsLeft)
    found: dict[str, Any] = field(default_factory=dict)

    def first(self, values: Iterable[T], limit: int) -> list[T]:
        """The first of them; the others are not looked at."""
        found = list(islice(values, limit))
        self.work.left -= len(found)
        return found

    def mapping(self, value: Any, *where: str) -> dict[str, Any]:
        """A mapping, its reference followed; {} for anything else. What stands beside a reference goes first.

        `where` is the place of the value, for what is told of a reference that leads nowhere.
        """
        beside: dict[str, Any] = {}
        seen: set[str] = set()
        self.work.left -= 1
        if self.work.is_done:
            return {}
        while isinstance(value, dict) and isinstance(ref := value.get("$ref"), str):
            beside = {**{name: one for name, one in value.items() if name != "$ref"}, **beside}
            if ref in seen or len(seen) >= MAX_HOPS:
                self.problems.at(f"The reference {shorten(ref)} leads back to itself.", *where)
                return beside
            seen.add(ref)
            value = self._target(ref, where)
        if not isinstance(value, dict):
            return beside
        if not beside:
            return value
        self.work.left -= len(value)
        return {**value, **beside}

    def _target(self, ref: str, where: tuple[str, ...]) -> Any:
        if ref in self.found:
            self.work.left -= 1
            return self.found[ref]
        if not ref.startswith("#"):
            told = "leads to another document, which is not fetched"
            self.problems.at(f"The reference {shorten(ref)} {told}.", *where)
            return None
        if len(ref) > LONGEST_REF:
            self.problems.at("A reference is longer than any name here, and is not followed.", *where)
            return None
        value = self.root
        for name in self.first(_names(ref), LONGEST_REF):
            if isinstance(value, dict) and name in value:
                value = value[name]
            elif isinstance(value, list) and (place := whole_number(name, digits=9)) is not None and place < len(value):
                value = value[place]
            else:
                self.problems.at(f"The reference {shorten(ref)} leads to nothing in this document.", *where)
                return None
        self.found[ref] = value
        return value


def _names(ref: str) -> list[str]:
    pointer = unquote(ref[1:])
    return [one.replace("~1", "/").replace("~0", "~") for one in pointer.split("/")[1:]] if pointer else []
