"""Finds entries by a code, a few words, or a whole error text; best first.

A name that is typed exactly comes first; then what is recognised in a pasted text; then entries by their words, those
of a title before those of the text. Of a long text only the beginning is read.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import log

from console.core.diagnosis.codes import find_codes
from console.core.diagnosis.messages import hear
from console.core.providers import PROVIDERS
from console.core.reference.catalogue import Reference
from console.core.reference.entry import EntryKind, ReferenceEntry

MOST_READ = 8_000  # characters of what was typed or pasted
MOST_WORDS = 24  # different words that are looked for
MOST_FOUND = 40
_FEW_WORDS = 4  # so many must all be there, where an entry has them all; of more, half
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_NAME = re.compile(r"[A-Za-z0-9][\w.#:/-]*\w")
_CODE_LIKE = re.compile(r"[\d_.-]")
_USUAL = 6  # a word of one entry in so many tells nothing
_TITLE, _SUMMARY, _TEXT = 6.0, 2.0, 1.0
_EXACT, _RECOGNISED, _NAMED = 10_000.0, 5_000.0, 1_000.0
_MOST_ENDINGS = 30  # words that begin with what is being typed


class Search:
    """An index of a catalogue."""

    def __init__(self, catalogue: Reference) -> None:
        self._catalogue = catalogue
        self._entries = catalogue.entries
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_words: dict[str, dict[int, float]] = defaultdict(dict)
        self._by_template: dict[str, int] = {}
        for number, entry in enumerate(self._entries):
            self._add(number, entry)
        self._in_order = sorted(self._by_words)

    def find(self, text: str) -> tuple[ReferenceEntry, ...]:
        """The entries for what was typed or pasted, at most `MOST_FOUND`; () for a text that finds nothing."""
        read = text[:MOST_READ].strip()
        if not read:
            return ()
        scores: dict[int, float] = defaultdict(float)
        known = (
            (self._by_name.get(_key(read), ()), _EXACT),
            (self._recognised(read), _RECOGNISED),
            (self._named(read), _NAMED),
        )
        for numbers, worth in known:
            for place, number in enumerate(numbers):
                scores[number] = scores[number] or worth - place
        for number, score in self._by_its_words(read):
            scores[number] += score
        best = sorted(scores, key=lambda number: (-scores[number], number))[:MOST_FOUND]
        return tuple(self._entries[number] for number in best)

    def _add(self, number: int, entry: ReferenceEntry) -> None:
        for name in {_key(entry.slug), _key(entry.name), _key(entry.title)} - {""}:
            self._by_name[name].append(number)
        texts = [line.text for fact in entry.facts for line in fact.lines]
        weighted = (
            (f"{entry.title} {entry.name} {entry.slug}", _TITLE),
            (entry.summary, _SUMMARY),
            (" ".join((*texts, entry.words, entry.group)), _TEXT),
        )
        for text, weight in weighted:
            for word in set(_words(text)):
                self._by_words[word].setdefault(number, weight)
        if entry.kind is EntryKind.MESSAGES:
            for text in texts:
                self._by_template.setdefault(f"{entry.group} {text}", number)

    def _recognised(self, text: str) -> Iterator[int]:
        """What a diagnosis would recognise in the text: codes, messages of software, errors of providers."""
        for code in reversed(find_codes(text)):
            yield from self._by_name.get(_key(f"AADSTS{code}"), ())
        for told in hear(text).told:
            found = self._by_template.get(f"{told.family} {told.message.template}")
            yield from [found] if found is not None else self._by_name.get(_key(told.message.id), ())
        for provider in PROVIDERS:
            for row in provider.errors:
                if not row.pattern.search("") and row.pattern.search(text) and row.error in text:
                    yield from self._by_name.get(_key(row.meaning), ())

    def _named(self, text: str) -> Iterator[int]:
        """Entries whose name stands in a longer text; a common word is no name there."""
        for name in list(dict.fromkeys(_NAME.findall(text)))[:MOST_WORDS]:
            if _CODE_LIKE.search(name):
                yield from self._by_name.get(_key(name), ())

    def _by_its_words(self, text: str) -> Iterator[tuple[int, float]]:
        wanted = self._telling(list(dict.fromkeys(_words(text)))[:MOST_WORDS])
        scores: dict[int, float] = defaultdict(float)
        met: dict[int, int] = defaultdict(int)
        for word in wanted:
            for number, score in self._of_word(word, is_last=word == wanted[-1] and len(wanted) <= _FEW_WORDS):
                scores[number] += score
                met[number] += 1
        half = (len(wanted) + 1) // 2
        least = len(wanted) if len(wanted) <= _FEW_WORDS and len(wanted) in met.values() else half
        return ((number, score) for number, score in scores.items() if met[number] >= least)

    def _telling(self, words: list[str]) -> list[str]:
        """Of many without those that stand nearly everywhere, unless there are no others."""
        if len(words) <= _FEW_WORDS:
            return words
        usual = len(self._entries) // _USUAL
        return [word for word in words if len(self._by_words.get(word, ())) <= usual] or words[:_FEW_WORDS]

    def _of_word(self, word: str, *, is_last: bool) -> Iterable[tuple[int, float]]:
        """Entries with the word, the rarer the heavier; the last of a few words may still be being typed."""
        if not is_last:
            return self._weighed(word, 1.0)
        found: dict[int, float] = {}
        for one in self._endings(word):
            for number, score in self._weighed(one, 1.0 if one == word else 0.5):
                found[number] = max(found.get(number, 0.0), score)
        return found.items()

    def _weighed(self, word: str, share: float) -> Iterable[tuple[int, float]]:
        places = self._by_words.get(word, {})
        worth = share * log(1 + len(self._entries) / (1 + len(places)))
        return ((number, weight * worth) for number, weight in places.items())

    def _endings(self, word: str) -> Iterable[str]:
        start = bisect_left(self._in_order, word)
        near = self._in_order[start : start + _MOST_ENDINGS]
        return [one for one in near if one.startswith(word)]


def _key(name: str) -> str:
    return " ".join(name.lower().split()).rstrip(".")


def _words(text: str) -> Iterator[str]:
    """In lower case, without the s of a plural."""
    for found in _WORD.findall(text):
        word = found.lower()
        yield word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] != "s" else word
