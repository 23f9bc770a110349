"""What the words of an attempt tell: messages, numbers, sentences and phrases, the gravest lines of a log first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from console.core.diagnosis.codes import any_known, find_codes
from console.core.diagnosis.codes.phrase_table import TABLE
from console.core.diagnosis.heard import beside, by_values, chosen, outermost
from console.core.diagnosis.messages import Told, hear, unheard
from console.core.diagnosis.pasted import error_printed_in
from console.core.diagnosis.phrases import Said, find_phrases
from console.core.diagnosis.prose import Lines, without_prose
from console.core.diagnosis.rooted import Rooted, rooted
from console.core.diagnosis.sentences import read_sentences
from console.core.diagnosis.stated import graver
from console.core.diagnosis.terms import Confidence
from console.core.evidence import Evidence

# How a refusal went on: what was noted before it may tell why.
_CONSEQUENCES = frozenset({
    "authorization-header-missing", "api-error", "claim-name-mismatch", "role-insufficient", "token-malformed",
    "token-response-malformed", "interaction-required",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hearing:
    messages: tuple[Told, ...]
    codes: tuple[int, ...]
    sentences: tuple[Said, ...]
    phrases: tuple[Said, ...]

    @property
    def tells_why(self) -> bool:
        """Whether it names a cause, and not only possibly or how the refusal went on."""
        told = (one.message.cause for one in self.messages if one.is_telling)
        said = (one.cause for one in self.phrases if one.where == "said" and one.confidence is not Confidence.POSSIBLE)
        return any_known(self.codes) or bool({*told, *said} - _CONSEQUENCES)


@dataclass(frozen=True, slots=True)
class SaidWords:
    """`answered` is what an answer says, `lines` those of a log, `facts` what people observed or set; `numbers` are
    those that an answer lists. `is_answer` and `is_refused`: an answer, and the error of a token endpoint, was read;
    `is_well`: nothing failed. `done` is what somebody ran or set.
    """

    answered: str
    lines: Lines
    facts: str
    numbers: Any
    is_answer: bool
    is_refused: bool
    is_well: bool
    done: str = ""

    @property
    def said(self) -> str:
        return _joined((self.answered, self.lines.stated))


def hearing_of(words: SaidWords) -> Hearing:
    """What the gravest lines tell; where they do not tell why, what those with the less grave ones do."""
    found = Hearing((), (), (), ())
    for log in (words.lines.stated,) if words.is_well else graver(words.lines.stated):
        found = _hearing(words, _joined((words.answered, log)))
        if found.tells_why:
            break
    return found


def without_noted_error(evidence: Evidence, lines: Lines) -> Evidence:
    """The evidence of a text alone, without the error of a token endpoint that stands in lines which are less grave
    than those that tell why: it was met on the way.
    """
    if evidence.token_error is None:
        return evidence
    for log in graver(lines.stated)[:-1]:
        if error_printed_in(log) is not None:
            return evidence
        if _hearing(SaidWords("", lines, "", None, is_answer=False, is_refused=False, is_well=False), log).tells_why:
            return msgspec.structs.replace(evidence, token_error=None, http_status=None)
    return evidence


def _hearing(words: SaidWords, said: str) -> Hearing:
    heard = unheard(said) if words.is_well else hear(said, is_answer=words.is_answer)
    if not words.is_well and (root := rooted(heard, is_refused=words.is_refused)) is not None:
        return _hearing_of_root(words, root)
    messages = () if words.is_well else outermost(by_values(heard))
    codes = find_codes(said, words.numbers)
    is_told = words.is_well or any_known(codes) or any(one.tells_by_words or one.is_telling for one in messages)
    asserted = words.lines.asserted
    rest = without_prose(heard.rest, heard.shown, asserted) if asserted else heard.rest
    sentences = () if is_told else read_sentences(rest, shown=heard.shown, is_refused=words.is_refused, done=words.done)
    sentences = chosen(messages, sentences)
    found = find_phrases(TABLE, said=heard.shown, facts=words.facts)
    return Hearing(messages, codes, sentences, beside(messages, (*sentences, *found)))


def _hearing_of_root(words: SaidWords, root: Rooted) -> Hearing:
    codes = tuple(dict.fromkeys((*find_codes("", words.numbers), *root.codes)))
    found = find_phrases(TABLE, said=root.shown, facts=words.facts)
    return Hearing(root.messages, codes, root.sentences, beside(root.messages, (*root.sentences, *found)))


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(filter(None, parts))
