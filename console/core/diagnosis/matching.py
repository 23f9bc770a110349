"""How causes state what they found, and the matchers that many causes share."""

from collections.abc import Callable
from dataclasses import replace

from console.core.diagnosis.base import Match
from console.core.diagnosis.codes import explain_code, most_specific
from console.core.diagnosis.messages import Told
from console.core.diagnosis.messages.base import Hole
from console.core.diagnosis.phrases import Said
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.refine import cause_of_code, meaning_of_code
from console.core.diagnosis.terms import Basis, Confidence
from console.core.finding import Finding
from console.core.owner import Owner
from console.core.tokens.well_known import AUDIENCES

_ORDER = tuple(Confidence)
Matcher = Callable[[Reading], Match | None]


def certain(why: str, *facts: str, do: str = "", who: Owner | None = None) -> Match:
    """By facts that rules judge: it stays certain where judging them again without the fault finds nothing else."""
    return Match(Confidence.CERTAIN, why, facts, do, who)


def answered(why: str, *facts: str, do: str = "", who: Owner | None = None) -> Match:
    """Certain by the words of the party that decided, or by what this console's own transport met."""
    return Match(Confidence.CERTAIN, why, facts, do, who, Basis.WORDS)


def likely(why: str, *facts: str, do: str = "", who: Owner | None = None) -> Match:
    return Match(Confidence.LIKELY, why, facts, do, who)


def possible(why: str, *facts: str, do: str = "", who: Owner | None = None) -> Match:
    return Match(Confidence.POSSIBLE, why, facts, do, who)


def bare(why: str, *facts: str, do: str = "", who: Owner | None = None) -> Match:
    """Likely by a status or an OAuth error alone: it gives way to whatever tells more."""
    return Match(Confidence.LIKELY, why, facts, do, who, Basis.BARE)


def weakened(match: Match) -> Match:
    return replace(match, confidence=Confidence.POSSIBLE)


def adding(match: Match, *more: str, facts: tuple[str, ...] = ()) -> Match:
    """The same match with more sentences, and as sure as before: what agrees with it does not prove it."""
    why = " ".join(part.strip() for part in (match.why, *more) if part.strip())
    return replace(match, why=why, facts=(*match.facts, *facts))


def in_own_words(match: Match, *more: str) -> Match:
    """The same with more sentences; the advice is the cause's own, which knows more than the code does."""
    return replace(adding(match, *more), do="", who=None)


def from_finding(finding: Finding, confidence: Confidence = Confidence.CERTAIN) -> Match:
    """A failed check as the reason: its own sentences are the exact ones."""
    return Match(confidence, finding.why, (finding.what,), finding.do, finding.who)


def by_code(slug: str) -> Matcher:
    """Matches when the provider's most specific error code leads to this cause."""

    def match(reading: Reading) -> Match | None:
        code = most_specific(reading.codes)
        if code is None:
            return by_known_error(slug)(reading)
        row = explain_code(code)
        meant = meaning_of_code(reading, code)
        if meant.slug != slug:
            return None
        meaning = row.meaning if row else ""
        is_own = row is not None and row.cause == slug
        return Match(
            meant.confidence,
            f"The identity provider answered AADSTS{code}: {meaning}",
            (f"AADSTS{code}",),
            row.do if row and is_own else "",
            row.owner if row and is_own else None,
            Basis.WORDS,
        )

    return match


def by_known_error(slug: str) -> Matcher:
    """The error of another provider than Entra, from its own table; one that the OAuth error alone tells is likely."""
    return lambda reading: _known_error(reading, slug)


def _known_error(reading: Reading, slug: str) -> Match | None:
    row, provider = reading.known, reading.provider
    if row is None or provider is None or row.cause != slug:
        return None
    is_sure = row.is_confirmed and not row.error
    words = (reading.description or reading.error).strip().rstrip(".")
    is_number = row.code[-1].isdigit()
    whole = f"{provider.title} answered {row.code if is_number else words}: {row.meaning}"
    return Match(
        Confidence.CERTAIN if is_sure else Confidence.LIKELY,
        f"{whole} Its words: “{words}”." if is_number and reading.description else whole,
        (row.code,),
        row.do,
        row.owner,
        Basis.WORDS,
    )


def by_phrase(slug: str) -> Matcher:
    """Matches when somebody wrote, or observed, what gives this cause away."""

    def match(reading: Reading) -> Match | None:
        said = reading.phrase(slug)
        return _said(said, reading) if said and not _code_says_otherwise(reading, slug) else None

    return match


def by_message(slug: str) -> Matcher:
    """Matches when a known message was printed that tells this cause, and not only that it may be."""

    def match(reading: Reading) -> Match | None:
        heard = next((one for one in reading.messages if one.message.cause == slug and one.is_telling), None)
        return _printed(heard) if heard and not _code_says_otherwise(reading, slug) else None

    return match


def by_open_message(slug: str) -> Matcher:
    """Matches when a known message was printed that may mean this cause: for where nothing surer does."""
    return lambda reading: _open_message(reading, slug, is_sentence=True)


def by_word(slug: str) -> Matcher:
    """The same for a message of one word, a code or an exception: for where no sentence tells more."""
    return lambda reading: _open_message(reading, slug, is_sentence=False)


def _open_message(reading: Reading, slug: str, *, is_sentence: bool) -> Match | None:
    rows = (one for one in reading.messages if one.message.cause == slug and one.is_sentence is is_sentence)
    told = next(rows, None)
    return _printed(told) if told and not _code_says_otherwise(reading, slug) else None


def by_sentence(slug: str) -> Matcher:
    """Matches when a sentence of the answer or log speaks of this cause: for where nothing surer does."""

    def match(reading: Reading) -> Match | None:
        said = next((one for one in reading.sentences if one.cause == slug), None)
        if said is None or _code_says_otherwise(reading, slug):
            return None
        return _said(said, reading)

    return match


def by_prose(slug: str) -> Matcher:
    """Matches when people tell it in sentences of their own: for where nothing that was answered or printed does."""

    def match(reading: Reading) -> Match | None:
        said = next((one for one in reading.prose.said if one.cause == slug), None)
        return _said(said, reading) if said and not _code_says_otherwise(reading, slug) else None

    return match


def within_words(reading: Reading, slug: str, match: Match) -> Match:
    """The match no surer than the known message that names its cause, where there is nothing but text to rest on. What
    a status or other words tell beside a message of another cause is only possible.
    """
    if not reading.is_text_only or reading.codes:
        return match
    told = [one.message for one in reading.messages if one.is_sentence and one.message.cause]
    rows = [row for row in told if slug in (row.cause, *row.also)]
    if not rows:
        telling = [one.message for one in reading.messages if one.is_telling]
        is_other = telling and not any(slug in (row.cause, *row.also) for row in telling)
        return weakened(match) if is_other else match
    surest = min((row.decides for row in rows), key=_ORDER.index)
    return replace(match, confidence=max(match.confidence, surest, key=_ORDER.index))


def _said(said: Said, reading: Reading) -> Match:
    basis = Basis.WORDS if said.where == "said" else Basis.OBSERVED
    why = said.told(is_of_answer=not reading.evidence.pasted)
    return Match(said.confidence, why, (said.words,), basis=basis)


def _printed(heard: Told) -> Match:
    why = f'{heard.family} prints this: "{heard.words}" {heard.note}'.strip()
    told = Match(heard.message.decides, why, (heard.words,), basis=Basis.WORDS)
    wanted = heard.values.get(Hole.AUDIENCE_EXPECTED, "")
    return at_a_service(told, (wanted,)) if heard.message.cause == "audience-format-mismatch" else told


def at_a_service(match: Match, wanted: tuple[str, ...]) -> Match:
    """The match as it is where the audience that is accepted is a cloud's own service: nobody has that take another
    form, so whoever asks for the token asks rightly.
    """
    for audience in wanted:
        if name := AUDIENCES.get(audience.rstrip("/")):
            do = f"Ask for the token with {audience}, written exactly so: {name} takes no other form."
            return replace(match, do=do, who=Owner.INTEGRATOR)
    return match


def _code_says_otherwise(reading: Reading, slug: str) -> bool:
    """A number, or a known error, that leads to one cause outweighs words of the answer that would lead to another."""
    code = most_specific(reading.codes)
    # A row that nobody confirmed is often a general one: the words beside it are more exact.
    known = reading.known.cause if reading.known and reading.known.is_confirmed else None
    meant = cause_of_code(reading, code) if code is not None else known
    return meant is not None and meant != slug


def by_error(*errors: str, confidence: Confidence = Confidence.LIKELY) -> Matcher:
    """Matches the OAuth error of a token endpoint that gives no codes of its own; a sentence beside it tells more."""

    def match(reading: Reading) -> Match | None:
        is_told = any(one.tells_by_words for one in reading.messages)
        if reading.codes or reading.error not in errors or is_told:
            return None
        said = f" ({reading.description})" if reading.description else ""
        is_otherwise = any(one.confidence is not Confidence.POSSIBLE for one in reading.sentences)
        is_said = bool(reading.description) and not is_otherwise
        why = f"The token endpoint answered {reading.error}{said}."
        return Match(confidence, why, (reading.error,), basis=Basis.WORDS if is_said else Basis.BARE)

    return match


def by_kind(*kinds: str) -> Matcher:
    """Matches what this console refused of an answer (`TokenError.kind`): its own sentence is the exact one."""

    def match(reading: Reading) -> Match | None:
        kind = (reading.token_error or {}).get("kind")
        return answered(reading.description, kind) if isinstance(kind, str) and kind in kinds else None

    return match


def first(*matchers: Matcher) -> Matcher:
    """The first matcher that answers decides."""

    def match(reading: Reading) -> Match | None:
        for matcher in matchers:
            if found := matcher(reading):
                return found
        return None

    return match


def named(slug: str) -> Matcher:
    """By code, else by phrase."""
    return first(by_code(slug), by_phrase(slug))
