"""Sentences that libraries, servers and tools write, and the cause each one gives away. Data only."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from console.core.diagnosis.first_look import FirstLook
from console.core.diagnosis.terms import Confidence

_LABEL = re.compile(r"^\s*(?:error_description|description|detail|message|body|observations|www-authenticate): ", re.I)
_BEFORE, _LENGTH = 60, 220  # characters before the phrase, and in all
_DENIED = re.compile(r"\b(?:no|not|never|without|neither|nor)\s+(?:\w+\s+){0,2}\Z", re.I)
Where = Literal["said", "facts"]


@dataclass(frozen=True, slots=True, eq=False)  # a row of a table is itself: quick to find the prepared table by
class Phrase:
    """`where`: `said` is text of a far side or a log, `facts` what people observed or configured."""

    cause: str
    confidence: Confidence
    where: Where
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase that was found, with the words around it."""

    cause: str
    confidence: Confidence
    words: str
    where: Where = "said"

    def told(self, *, is_of_answer: bool) -> str:
        """The words with where they stand; `is_of_answer`: no text beside the answer was given."""
        if self.where != "said":
            return f'It was observed: "{self.words}"'
        return f'The answer {"says" if is_of_answer else "or log says"}: "{self.words}"'


def find_phrases(table: tuple[Phrase, ...], *, said: str, facts: str, shown: str = "") -> tuple[Said, ...]:
    """Every phrase of the table that occurs, in the table's order. `shown`, as long as `said`, gives the words."""
    return (*_found(_rows(table, "said"), said, shown or said), *_found(_rows(table, "facts"), facts, facts))


def _found(rows: "_Rows", text: str, shown: str) -> list[Said]:
    found = []
    for phrase in (rows.phrases[place] for place in rows.look.candidates(text)):
        if (match := phrase.pattern.search(text)) and not (phrase.where == "facts" and _is_denied(text, match)):
            found.append(Said(phrase.cause, phrase.confidence, _excerpt(shown, match), phrase.where))
    return found


@dataclass(frozen=True, slots=True)
class _Rows:
    """The phrases of one place."""

    phrases: tuple[Phrase, ...]
    look: FirstLook


@lru_cache(maxsize=8)
def _rows(table: tuple[Phrase, ...], where: Where) -> _Rows:
    """Prepared at the first text, not at import."""
    phrases = tuple(phrase for phrase in table if phrase.where == where)
    return _Rows(phrases, FirstLook(phrase.pattern for phrase in phrases))


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """Whether people say that it is not so: "there is no IP restriction"."""
    return _DENIED.search(text[max(0, match.start() - _BEFORE) : match.start()]) is not None


def _excerpt(text: str, match: re.Match[str]) -> str:
    """The phrase with the rest of its line, cut to a readable length; it begins with a whole word."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[start : end if end >= 0 else len(text)]
    found = match.start() - start
    label = _LABEL.match(line)
    begin = label.end() if label and label.end() <= found else 0
    if found - begin > _BEFORE:
        begin = found - _BEFORE
        blank = line.find(" ", begin - 1, found)
        begin = blank + 1 if blank >= 0 else begin
        return f"… {line[begin : begin + _LENGTH].strip()}"
    return line[begin : begin + _LENGTH].strip()


def phrases(confidence: Confidence, where: Where, **patterns: str) -> tuple[Phrase, ...]:
    """Rows of one confidence and place; the argument's name is the slug with underscores."""
    return tuple(
        Phrase(slug.replace("_", "-"), confidence, where, re.compile(pattern, re.I))
        for slug, pattern in patterns.items()
    )
