"""Whether a clause says that something happened, works, was tried, is asked, wished or only supposed."""

import re
from enum import StrEnum

from console.core.diagnosis.prose.clauses import Clause
from console.core.diagnosis.prose.wordings import ACTS, ASKS, BAD, GOOD, OUTCOME, SEES, WORDINGS, I
from console.core.diagnosis.sentences.words import LACKS, NOT, OVER, WRONG, Sentence, words_of


class Aspect(StrEnum):
    HAPPENED = "happened"
    SUSPECTED = "suspected"  # somebody takes it for the reason, and does not know
    DONE = "done"  # what somebody sends, uses, asks for
    WORKS = "works"
    TRIED = "tried"
    ASKED = "asked"
    SUPPOSED = "supposed"  # of an if, of a plan, of what was believed first
    EXPECTED = "expected"
    ADVISED = "advised"
    ELSEWHERE = "elsewhere"  # of somebody else, of another time


ACCUSING = frozenset({Aspect.HAPPENED, Aspect.SUSPECTED, Aspect.DONE})
SAYS_NOTHING = frozenset({Aspect.ASKED, Aspect.ADVISED, Aspect.EXPECTED, Aspect.SUPPOSED})


_ROWS = tuple((Aspect(aspect), re.compile(pattern.replace("{I}", I))) for aspect, pattern in WORDINGS)
_SEES, _ACTS = re.compile(SEES.replace("{I}", I)), re.compile(ACTS.replace("{I}", I))
_ASKS = re.compile(rf"(?:and |or |but |so )?{ASKS}\b")
_WHY = re.compile(r"(?:and |or |but |so )?why\b")
_ENDED = re.compile(OUTCOME)
_GOOD = words_of(GOOD)
_BAD = NOT | WRONG | LACKS | OVER | words_of(BAD)


def aspect_of(clause: Clause, words: Sentence, *, is_asked: bool) -> Aspect:
    """`is_asked`: its sentence is a question, and has begun to ask by this clause."""
    low = clause.text.lower().replace("’", "'")
    if _WHY.match(low):
        return Aspect.HAPPENED  # who asks why it is so says that it is
    if is_asked:
        return Aspect.ASKED
    for aspect, pattern in _ROWS:
        if pattern.search(low):
            return aspect
    if words.all & _GOOD and not words.all & _BAD and not words.is_missing:
        return Aspect.WORKS
    return Aspect.DONE if _ACTS.search(low) and not _SEES.search(low) else Aspect.HAPPENED


def is_outcome(clause: Clause) -> bool:
    """Whether it only tells how the call ended: a status says nothing of the thing that is named beside it."""
    return _ENDED.search(clause.text.lower()) is not None


def begins_to_ask(clause: Clause) -> bool:
    return clause.is_question and _ASKS.match(clause.text.lower()) is not None
