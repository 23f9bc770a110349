"""The element that a step of an evaluation was about, by the step's path."""

from dataclasses import dataclass, field, replace

from console.core.policy.text.document import Element, PolicyDocument, read_policy
from console.core.policy.text.values import Values, fill
from console.core.whole_number import whole_number

_NOT_HERE = (0, 0)


@dataclass(slots=True)
class Texts:
    """A document and the fragments that it includes; each fragment is read when a path leads into it."""

    document: PolicyDocument
    values: Values
    read: dict[str, tuple[Element, ...]] = field(default_factory=dict)

    def located(self, path: str) -> Element | None:
        """The element of a path (`inbound/choose[1]/when[2]/validate-jwt[1]`); None when it is in no text given.

        One of a fragment has the span (0, 0): it stands in another text than the document's.
        """
        section, *rest = path.replace("\\", "/").split("/")
        level = dict(self.document.sections).get(section, ())
        found: Element | None = None
        is_here = True
        for left, part in enumerate(rest, 1 - len(rest)):
            found = _one_of(level, part)
            if found is None:
                return None
            level = found.children
            if left and found.name == "include-fragment":
                level, is_here = self._fragment(found.attribute("fragment-id") or ""), False
        return found if is_here or found is None else replace(found, span=_NOT_HERE)

    def _fragment(self, name: str) -> tuple[Element, ...]:
        if name not in self.read:
            read = read_policy(self.values.fragments[name]) if name in self.values.fragments else None
            self.read[name] = fill(read, self.values).inbound if isinstance(read, PolicyDocument) else ()
        return self.read[name]


def _one_of(level: tuple[Element, ...], part: str) -> Element | None:
    """`when[2]` is the second element of that name; without a number the first."""
    name, _, number = part.partition("[")
    index = whole_number(number.removesuffix("]") or "1", digits=9) or 0
    same = [child for child in level if child.name == name]
    return same[index - 1] if 0 < index <= len(same) else None
