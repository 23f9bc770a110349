"""What people tell in sentences of their own: which clause says what of which thing, and whether it was so.

A cause is named only where one clause says it of its own thing, or of the thing that a pronoun stands for. What works,
was tried, is asked, wished or only supposed accuses nothing; what works speaks against what is told of the same thing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from console.core.diagnosis.phrases import Said
from console.core.diagnosis.prose.aspects import ACCUSING, SAYS_NOTHING, Aspect, aspect_of, begins_to_ask, is_outcome
from console.core.diagnosis.prose.clauses import Clause, clauses_of
from console.core.diagnosis.prose.persons import Writer, without_prose, writer_of
from console.core.diagnosis.prose.subjects import read_clause, thing_of
from console.core.diagnosis.prose.table import FACTS, TOGETHER, TOKEN_GOT, TOLD
from console.core.diagnosis.sentences.rules import RuleBook, SentenceRule, first_rule
from console.core.diagnosis.sentences.words import Sentence
from console.core.diagnosis.terms import Confidence

__all__ = ["NOTHING_TOLD", "Lines", "Prose", "accusing", "lines_of", "read_prose", "without_prose"]

MOST_SHOWN = 220  # characters of a sentence that are shown
MOST_CHARACTERS = 8_000
MOST_LINES = 60
_QUOTES = re.compile(r"\"[^\"\n]{0,600}\"|“[^”\n]{0,600}”|`[^`\n]{0,600}`")
LEAST_QUOTED = 4  # words of what is no name: an answer, in a person's sentence
MOST_BETWEEN = 1  # clauses that name nothing between a thing and the pronoun that stands for it
# What follows tells when it is so, or what is not: it accuses nothing.
_SKIPPED = frozenset({
    "instead of", "rather than", "until", "unless", "if", "before", "except", "when", "whenever", "after", "once",
    "as soon as",
})  # fmt: skip
_AGAINST = frozenset({"but", "however", "although", "though", "while", "whereas", "even though"})
_SAYS_WHEN = re.compile(r"(?:and |but )?(?:when(?:ever)?|if|after|once|with|using|for)\b", re.IGNORECASE)
# What anything may come to: where a clause names what stands behind it, that tells more.
_SYMPTOMS = frozenset({
    "call-timeout", "token-malformed", "client-secret-invalid", "authorization-header-missing", "api-error",
})  # fmt: skip
_REASONS = frozenset({"because", "since", "due to"})
# Words that any sentence of a person may hold, which in a program's own message name the fault.
_NEEDS = {"authorization-header-missing": frozenset({"authheader", "header", "headers", "bearer"})}


@dataclass(frozen=True, slots=True)
class Prose:
    """`said` are the causes that people tell, the first the best. `has_token`: they say that they get a token.
    `lines` are theirs among the lines of a log.
    """

    said: tuple[Said, ...] = ()
    has_token: bool = False
    lines: tuple[str, ...] = ()


NOTHING_TOLD = Prose()


@dataclass(frozen=True, slots=True)
class Lines:
    """`stated` is the text, its lines of persons without what they only ask, advise, wish or suppose, and `asserted`
    are those lines in it; `anybody` are those that a person or a program may have written.
    """

    stated: str
    persons: tuple[str, ...]
    anybody: tuple[str, ...]
    asserted: tuple[str, ...]


@dataclass(slots=True)
class _Listener:
    """What was told so far. `works` are the things of which somebody says that they are in order."""

    told: dict[str, tuple[Said, str, bool]] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    works: set[str] = field(default_factory=set)
    subject: str = ""
    circumstance: str = ""
    asked_in: str = ""
    scope: Aspect = Aspect.HAPPENED
    is_person: bool = True
    age: int = 0
    hung: bool = False  # whether the clause before hangs on another: a "but" behind it may still be part of that

    def hear(self, clause: Clause) -> None:
        words = read_clause(clause.text, self.subject)
        aspect = self.aspect(clause, words)
        thing = thing_of(words)
        self._note_facts(clause, words, aspect)
        if aspect in ACCUSING and clause.opener not in _SKIPPED:
            self._accuse(clause, words, aspect, thing or self.subject)
        elif aspect is Aspect.WORKS and thing:
            self.works.add(thing)
        self.subject, self.age = (thing, 0) if thing else (self.subject, self.age + 1)
        if self.age > MOST_BETWEEN:
            self.subject = ""
        self.circumstance = thing if _SAYS_WHEN.match(clause.text) else ""

    def aspect(self, clause: Clause, words: Sentence) -> Aspect:
        """That of the clause; what hangs on one that only asks, wishes or supposes says no more than it."""
        if begins_to_ask(clause):
            self.asked_in = clause.sentence
        is_against = clause.opener in _AGAINST and not self.hung
        hangs_on = clause.place > 0 and not is_against and (bool(clause.opener) or self.scope is Aspect.SUPPOSED)
        self.hung = hangs_on and clause.opener not in _AGAINST
        is_of_then = self.scope is Aspect.ELSEWHERE and _SAYS_WHEN.match(clause.text) is not None
        if hangs_on and (self.scope in SAYS_NOTHING or is_of_then):
            return self.scope
        aspect = aspect_of(clause, words, is_asked=self.asked_in == clause.sentence)
        self.scope = aspect
        return aspect

    def _note_facts(self, clause: Clause, words: Sentence, aspect: Aspect) -> None:
        """A main clause goes with the thing of the clause before it that says when it is so."""
        if aspect in SAYS_NOTHING:
            return
        whole = words.with_words(self.circumstance) if self.circumstance else words
        for rule in _facts().fitting(whole):
            name, _, aspects = rule.cause.partition("@")
            if aspects == "*" or aspect in aspects.split(","):
                self.facts.setdefault(name, clause.sentence)

    def _accuse(self, clause: Clause, words: Sentence, aspect: Aspect, thing: str) -> None:
        rule = next(_told().fitting(words), None)
        if rule is None and self.is_person and aspect is not Aspect.DONE and not is_outcome(clause):
            rule = first_rule(words)
        if rule is None or not _NEEDS.get(rule.cause, words.all) & words.all:
            return
        said = Said(rule.cause, self._confidence(rule, aspect), clause.sentence[:MOST_SHOWN], "facts")
        is_reason = clause.opener in _REASONS
        if rule.cause not in self.told or self.told[rule.cause][0].confidence is Confidence.POSSIBLE:
            self.told[rule.cause] = (said, thing, is_reason)

    def _confidence(self, rule: SentenceRule, aspect: Aspect) -> Confidence:
        """What a program may have written in the same words is only possible."""
        is_open = rule.is_vague or aspect is Aspect.SUSPECTED or not self.is_person
        return Confidence.POSSIBLE if is_open else rule.confidence

    def said(self) -> tuple[Said, ...]:
        """What facts make together, then what reasons say, then the rest; only the first is more than possible."""
        together = [
            Said(cause, Confidence.LIKELY, self.facts[facts[-1]][:MOST_SHOWN], "facts")
            for cause, facts in TOGETHER
            if self.facts.keys() >= set(facts)
        ]
        ordered = sorted(self.told.values(), key=_order)
        told = [_weak(said) if thing in self.works else said for said, thing, _ in ordered]
        found = list({said.cause: said for said in reversed([*together, *told])}.values())[::-1]
        return (*found[:1], *map(_weak, found[1:]))


def read_prose(stretches: Iterable[str], plain: Iterable[str] = ()) -> Prose:
    """What people tell in stretches of text, each read by itself; never raises. `plain` are lines that may be a
    program's: the rules for programs have read them already, those for people have not. So may what people quote.
    """
    listener = _Listener()
    own, quoted = _apart(stretches)
    for is_person, texts in ((True, own), (False, (*quoted, *plain))):
        listener.is_person = is_person
        for text in texts:
            listener.subject = listener.circumstance = ""
            for clause in clauses_of(text[:MOST_CHARACTERS]):
                listener.hear(clause)
    return Prose(listener.said(), TOKEN_GOT in listener.facts)


def _apart(stretches: Iterable[str]) -> tuple[list[str], list[str]]:
    """What people say themselves, and what they quote."""
    quoted: list[str] = []

    def left(found: re.Match[str]) -> str:
        if found[0].count(" ") < LEAST_QUOTED - 1:
            return found[0]
        quoted.append(found[0][1:-1])
        return "…"

    return [_QUOTES.sub(left, text[:MOST_CHARACTERS]) for text in stretches], quoted


def accusing(text: str) -> str:
    """The text without the sentences in which people only ask, advise, wish or suppose."""
    listener = _Listener()
    left_out: set[str] = set()
    kept: list[str] = []
    for clause in clauses_of(text):
        aspect = listener.aspect(clause, read_clause(clause.text, ""))
        if clause.place == 0 and aspect in SAYS_NOTHING:
            left_out.add(clause.sentence)
        elif clause.place == 0:
            kept.append(clause.sentence)
    return "\n".join(kept) if left_out else text


def lines_of(text: str) -> Lines:
    """The lines of a text of many origins by who wrote them."""
    by: dict[Writer, list[str]] = {writer: [] for writer in Writer}
    stated: list[str] = []
    asserted: list[str] = []
    for line in text.split("\n"):
        writer = writer_of(line)
        by[writer].append(line.strip())
        said = accusing(line) if writer is Writer.PERSON else line
        stated.append(said)
        asserted += said.split("\n") if writer is Writer.PERSON else ()
    persons, anybody = by[Writer.PERSON][:MOST_LINES], by[Writer.ANYBODY][:MOST_LINES]
    return Lines("\n".join(stated), tuple(persons), tuple(anybody), tuple(asserted))


def _order(one: tuple[Said, str, bool]) -> tuple[bool, bool, bool]:
    """What is surer first, then what is no symptom, then what is told as a reason."""
    said, _, is_reason = one
    return (said.confidence is Confidence.POSSIBLE, said.cause in _SYMPTOMS, not is_reason)


def _weak(said: Said) -> Said:
    return replace(said, confidence=Confidence.POSSIBLE)


@lru_cache(maxsize=1)
def _told() -> RuleBook:
    return RuleBook(tuple(TOLD.splitlines()))


@lru_cache(maxsize=1)
def _facts() -> RuleBook:
    return RuleBook(tuple(FACTS.splitlines()))
