"""What software prints when it refuses something, found in a text in one pass over its words.

A message is looked for only where its rarest word stands, and then by its literal parts from left to right, so that the
work grows with the text and not with the number of messages.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from console.core.diagnosis.messages.base import Hole, Message
from console.core.diagnosis.messages.plain import lowered, plain
from console.core.diagnosis.messages.template import Found, Template, read_template
from console.core.diagnosis.terms import Confidence

_SURENESS = {Confidence.CERTAIN: 0, Confidence.LIKELY: 1, Confidence.POSSIBLE: 2}
_WORD = re.compile(r"[a-z0-9_]{2,}")


@dataclass(frozen=True, slots=True)
class Told:
    """A message that stands in a text. `words` are its line as it was written; `values` by what they are."""

    message: Message
    family: str
    words: str
    start: int
    end: int
    values: dict[Hole, str]

    @property
    def is_telling(self) -> bool:
        """Whether it goes further than naming one of several causes; a single word, of an exception say, never does."""
        return bool(self.message.cause) and self.message.decides is not Confidence.POSSIBLE and " " in self.words


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text tells: its messages, those that tell most first, and the rest of the text without them."""

    told: tuple[Told, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class _Entry:
    message: Message
    family: str
    template: Template
    order: int


_Hit = tuple[_Entry, tuple[Found, ...]]


def hear(text: str) -> Heard:
    """The messages in a text of any origin; never raises."""
    shown = plain(text)
    low = lowered(shown).replace("\n", " ")
    lines = lowered(shown)
    index = _index()
    found: list[_Hit] = []
    for word in set(_WORD.findall(low)) & index.keys():
        found += [(entry, at) for entry in index[word] if (at := _found(entry.template, low, lines))]
    found.sort(key=lambda pair: (-pair[0].template.weight, pair[0].order))
    kept: list[_Hit] = []
    for entry, places in found:
        if not any(places[0].overlaps(other[0]) for _, other in kept):
            kept.append((entry, places))
    kept = _without_words(kept)
    kept.sort(key=lambda pair: (_SURENESS[pair[0].message.decides], not pair[0].message.cause))
    rest = _without(shown, [place for _, places in kept for place in places])
    return Heard(tuple(_told(shown, entry, places[0]) for entry, places in kept), rest)


def _without_words(kept: list[_Hit]) -> list[_Hit]:
    """A single word, such as the name of an exception, tells something only where no sentence does."""
    return [hit for hit in kept if not hit[0].template.is_word] or kept


def _found(template: Template, low: str, lines: str) -> tuple[Found, ...]:
    """Where the main part stands, and the others; () where one is missing.

    Line ends are blanks for what is written over several, and edges for what stands alone.
    """
    places: list[Found] = []
    for part in (template.main, *template.others):
        at = part.find(lines) or part.find(low)
        if at is None:
            return ()
        places.append(at)
    return tuple(places)


def _told(shown: str, entry: _Entry, at: Found) -> Told:
    holes = entry.message.holes
    values = {holes[name]: value for name, value in at.values.items() if name in holes}
    end = at.end + (shown[at.end : at.end + 1] == ".")
    return Told(entry.message, entry.family, shown[at.start : end], at.start, at.end, values)


def _without(shown: str, places: list[Found]) -> str:
    """The text with what was told taken out, line by line as it was."""
    rest, at = [], 0
    for place in sorted(places, key=lambda one: one.start):
        rest.append(shown[at : max(at, place.start)])
        at = max(at, place.end)
    rest.append(shown[at:])
    return "\n".join(rest)


@lru_cache(maxsize=1)
def _index() -> dict[str, list[_Entry]]:
    """Every message under the rarest of its words; the families are read at the first text, not at import."""
    from console.core.diagnosis.messages.families import FAMILIES

    entries = [
        _Entry(message, family.name, template, order)
        for order, (family, message) in enumerate(
            (family, message) for family in FAMILIES for message in family.messages
        )
        if (template := read_template(message.template)) is not None
    ]
    usual = Counter(word for entry in entries for word in entry.template.main.words())
    index: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        words = entry.template.main.words()
        if words:
            index[min(words, key=lambda word: (usual[word], -len(word), word))].append(entry)
    return dict(index)
