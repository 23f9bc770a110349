"""Where some words stand in a long text: letter case does not matter, and nothing is a pattern."""

from dataclasses import dataclass

MAX_HITS = 100  # that are shown
MAX_COUNTED = 10_000
LONGEST = 200  # characters that are looked for
_AROUND = 60  # characters on either side


@dataclass(frozen=True, slots=True)
class TextHit:
    """One place, with what stands around it on its line. `position` counts characters from 0, `line` from 1."""

    position: int
    line: int
    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class TextHits:
    """`count` is of all places, at most MAX_COUNTED."""

    count: int
    hits: tuple[TextHit, ...]


def find(text: str, wanted: str) -> TextHits:
    """The places in their order; none for nothing wanted. The time grows with the text only."""
    sought = _folded(wanted[:LONGEST])
    if not sought:
        return TextHits(0, ())
    folded, hits, count, at = _folded(text), [], 0, 0
    line, counted_to = 1, 0
    while count < MAX_COUNTED and (at := folded.find(sought, at)) >= 0:
        if count < MAX_HITS:
            line += text.count("\n", counted_to, at)
            counted_to = at
            hits.append(_hit(text, at, len(sought), line))
        count += 1
        at += len(sought)
    return TextHits(count, tuple(hits))


def _hit(text: str, at: int, length: int, line: int) -> TextHit:
    end = at + length
    before = text[max(0, at - _AROUND) : at].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    return TextHit(at, line, before, text[at:end], after)


def _folded(text: str) -> str:
    """In lower case, with every character at its place: a few letters become two when they are made small."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(small if len(small := one.lower()) == 1 else one for one in text)
