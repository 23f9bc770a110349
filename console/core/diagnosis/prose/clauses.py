"""A person's sentences cut into clauses: each says one thing, and words of two of them say nothing together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MOST_SENTENCES = 60  # of one stretch; what matters stands at its beginning
MOST_CLAUSES = 16  # of one sentence
LONGEST = 300  # characters of one clause
_ENDS = re.compile(r"\n|(?<![.!?;])[.!?;]++(?=[\s\"')\]]|$)")
# What begins a clause stays with it: it tells how the clause hangs together with the one before it.
_SUBORDINATE = (
    r"but|however|although|though|even (?:though|if|after|when|with)|while|whereas|because|since|due to|so"
    r"|when(?:ever)?|if|unless|until|after|before|except|despite|in spite of|instead of|rather than|which|who"
    r"|as soon as|once"
)
_SUBJECT = r"(?:I|we|it|they|he|she|you|this|that|there|everything|the|my|our|its|their|still|now|then|not)"
_HANGS = r"(?<!\band)(?<!\bor)(?<!\bbut)(?<!\bso)"  # not where a conjunction has cut already
_CUT = re.compile(
    rf",? (?=(?:and |or )?(?:{_SUBORDINATE})\b)|[,:] (?=\S)|,? (?=(?:and|or) {_SUBJECT}\b)| [-–—]+ |\s?\((?=\w)|\)"
    # A main clause behind one that began the sentence, without a comma.
    rf"|{_HANGS} (?=(?:it|this|they|there|everything) (?:is|was|are|works?|worked|fails?|failed|says?|gets?|returns?"
    r"|does|has|had|gives?|throws?)\b)"
    rf"|{_HANGS} (?=(?:I|we) (?:get|got|see|receive|am|have|keep)\b)"
    r"| (?=(?:and|or) (?:is|was|has|had|does|did|gets?|got|fails?|says?|returns?|throws?|works?|call|send|use|see)\b)",
    re.IGNORECASE,
)
_OPENS = re.compile(rf"(?:and |or )?({_SUBORDINATE})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """`opener` is the word that hangs it on another, "" for a main clause. `is_question`: its sentence ends so.
    `place` counts the clauses of one sentence; `sentence` is the whole of it, as it was written.
    """

    text: str
    opener: str
    is_question: bool
    place: int
    sentence: str


def clauses_of(text: str) -> Iterator[Clause]:
    """The clauses of a stretch in order; what is too long, or too many, is left out."""
    for sentence, end in _sentences(text):
        starts = [0, *(found.end() for found in islice(_CUT.finditer(sentence), MOST_CLAUSES - 1))]
        for place, (start, stop) in enumerate(zip(starts, [*starts[1:], len(sentence)], strict=True)):
            part = sentence[start:stop].strip(" ,()-–—")[:LONGEST]
            opener = _OPENS.match(part)
            if part:
                yield Clause(part, opener[1].lower() if opener else "", "?" in end, place, sentence)


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """The sentences of a text, each with the mark at its end."""
    start = 0
    for end in islice(_ENDS.finditer(text), MOST_SENTENCES):
        if sentence := text[start : end.start()].strip():
            yield sentence, end[0]
        start = end.end()
    if rest := text[start:].strip():
        yield rest[: LONGEST * MOST_CLAUSES], ""
