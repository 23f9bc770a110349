"""What somebody looks for by name or number, and how well a thing fits it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

MAX_TEXT = 200  # characters; what is longer is a text, and no name
MAX_WORDS = 6


class Fit(IntEnum):
    """How well a name fits; the smaller the better."""

    EXACT = 0
    BEGINS = 1
    WORDS_BEGIN = 2
    INSIDE = 3
    BESIDE = 4  # some of it stands in what belongs to the thing, not in its name


@dataclass(frozen=True, slots=True)
class LookedFor:
    """`text` without case and needless spaces, `words` of it each once."""

    text: str
    words: tuple[str, ...]

    @property
    def is_name(self) -> bool:
        """Whether it can be a name or a number, or some words of it; nothing, and a long text, cannot."""
        return bool(self.words) and len(self.text) <= MAX_TEXT and len(self.words) <= MAX_WORDS


def looked_for(typed: str) -> LookedFor:
    """As it is compared with names. A text of any length is taken, no more of it is read than a name can have."""
    words = typed[: MAX_TEXT * 4].casefold().split()
    return LookedFor(" ".join(words), tuple(dict.fromkeys(words)))


def fit(wanted: LookedFor, name: str, beside: Iterable[str] = ()) -> Fit | None:
    """How well a thing fits that is called `name`, and that has `beside` (ids, a place) too; None: not at all.

    Every word must stand somewhere. An id that is typed whole is as good as the name.
    """
    folded = _folded(name)
    others = [_folded(one) for one in beside]
    if wanted.text == folded or wanted.text in others:
        return Fit.EXACT
    if folded.startswith(wanted.text):
        return Fit.BEGINS
    if all(word in folded for word in wanted.words):
        return Fit.WORDS_BEGIN if _all_begin(wanted.words, folded) else Fit.INSIDE
    every = " ".join((folded, *others))
    return Fit.BESIDE if all(word in every for word in wanted.words) else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _all_begin(words: Iterable[str], name: str) -> bool:
    """Whether each stands in the name behind no letter or digit."""
    starts = [place for place in range(len(name)) if place == 0 or not name[place - 1].isalnum()]
    return all(any(name.startswith(word, start) for start in starts) for word in words)
