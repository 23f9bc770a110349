"""Which cause a sentence speaks of. The rules stand in order: the first that fits decides.

A line of the table is a cause and the terms that must all hold: words (`a_b` stand side by side) with `/` between
alternatives, in capitals what is said of the thing (`Saying`), and behind `-` words of which none may stand there. A
cause with `?` is never more than possible, one with `~` counts only where nothing tells more. Things go by the names
of `things.py`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from console.core.diagnosis.sentences.table import TABLE
from console.core.diagnosis.sentences.words import NOT, TROUBLE, Sentence
from console.core.diagnosis.terms import Confidence


class Saying(StrEnum):
    """What is said of a thing."""

    WRONG = "WRONG"
    MISSING = "MISSING"
    OVER = "OVER"
    EARLY = "EARLY"
    UNREAD = "UNREAD"
    UNFETCHED = "UNFETCHED"
    NOT = "NOT"
    TROUBLE = "TROUBLE"


_HOLDS: dict[str, Callable[[Sentence], bool]] = {
    Saying.WRONG: lambda words: words.is_wrong,
    Saying.MISSING: lambda words: words.is_missing,
    Saying.OVER: lambda words: words.is_over,
    Saying.EARLY: lambda words: words.is_early,
    Saying.UNREAD: lambda words: words.is_unread,
    Saying.UNFETCHED: lambda words: words.is_unfetched,
    Saying.NOT: lambda words: bool(words.all & NOT),
    Saying.TROUBLE: lambda words: bool(words.all & TROUBLE),
}


@dataclass(frozen=True, slots=True)
class SentenceRule:
    """`terms`: of each one alternative must hold; `never`: none may. `is_vague`: other sentences tell more."""

    cause: str
    confidence: Confidence
    terms: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    is_vague: bool = False

    def fits(self, words: Sentence) -> bool:
        return all(any(_holds(one, words) for one in term) for term in self.terms) and not any(
            _holds(one, words) for one in self.never
        )


def _holds(term: str, words: Sentence) -> bool:
    saying = _HOLDS.get(term)
    return saying(words) if saying else words.has(term)


class RuleBook:
    """A table of rules, read once, and found by the words of which one must stand in a sentence."""

    def __init__(self, table: tuple[str, ...]) -> None:
        self.rules = tuple(_rule(line) for line in _whole_lines(table))
        self._index: dict[str, list[int]] = defaultdict(list)
        for place, rule in enumerate(self.rules):
            terms = [term for term in rule.terms if not any(one in _HOLDS for one in term)]
            for one in min(terms, key=len):
                self._index[one.partition("_")[0]].append(place)

    def fitting(self, words: Sentence) -> Iterator[SentenceRule]:
        """The rules that fit a sentence, in their order."""
        places = {place for word in words.all & self._index.keys() for place in self._index[word]}
        return (self.rules[place] for place in sorted(places) if self.rules[place].fits(words))


@lru_cache(maxsize=1)
def _of_software() -> RuleBook:
    return RuleBook(TABLE)


def first_rule(words: Sentence) -> SentenceRule | None:
    """The first rule that fits a sentence; None when it speaks of nothing known."""
    return next(_of_software().fitting(words), None)


def rules() -> tuple[SentenceRule, ...]:
    return _of_software().rules


def _whole_lines(table: tuple[str, ...]) -> list[str]:
    """The lines of a table; an indented one goes on with the line before it, in the same term behind a `/`."""
    lines: list[str] = []
    for line in table:
        if line.startswith(" "):
            lines[-1] += line.strip() if lines[-1].endswith("/") else f" {line.strip()}"
        elif line and not line.startswith("#"):
            lines.append(line)
    return lines


def _rule(line: str) -> SentenceRule:
    cause, _, rest = line.partition(": ")
    terms = rest.split()
    return SentenceRule(
        cause.rstrip("?~"),
        Confidence.POSSIBLE if cause.endswith("?") else Confidence.LIKELY,
        tuple(tuple(term.split("/")) for term in terms if not term.startswith("-")),
        tuple(one for term in terms if term.startswith("-") for one in term[1:].split("/")),
        cause.endswith("~"),
    )
