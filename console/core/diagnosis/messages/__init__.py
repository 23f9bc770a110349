"""What software prints when it refuses something, found in a text in one pass over its words.

A message is looked for only where its rarest word stands, and then by its literal parts from left to right, so that the
work grows with the text and not with the number of messages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from console.core.diagnosis.messages.base import Hole, Message
from console.core.diagnosis.messages.plain import lowered, plain
from console.core.diagnosis.messages.template import Found, Piece, Template, read_template
from console.core.diagnosis.terms import Confidence

_SURENESS = {Confidence.CERTAIN: 0, Confidence.LIKELY: 1, Confidence.POSSIBLE: 2}
# What any status, challenge and token endpoint says, whatever it means (RFC 6749 section 5.2, RFC 6750 section 3.1).
MOST_SHOWN = 400  # characters of a line that are quoted
_BEFORE_SCHEME = 24  # characters before the scheme in which the name of its header stands
_TOO_COMMON = {
    (text,)
    for text in (
        "forbidden", "unauthorized", "unauthenticated", "internal server error", "bad request", "not found",
        "invalid_token", "invalid_request", "invalid_client", "invalid_grant", "access_denied", "server_error",
    )
}  # fmt: skip
# What a log writes before a message that stands alone: time and level, perhaps the name of the logger.
_LOG_HEAD = re.compile(
    r"^([^\n]{0,60}?(?<![\w.=-])(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|TRACE|SEVERE|CRITICAL)\b[\]):]{0,2}"
    r"(?: {1,3}[\w.$\[\]/-]{1,100} -)?) (?=\S)",
    re.MULTILINE,
)
_CODE = re.compile(r"\b(?:[a-z]{2,6}\d{4,7}|err_[a-z_]+|id\d{4})\b")
_WORD = re.compile(r"[a-z0-9_]{2,}")


@dataclass(frozen=True, slots=True)
class Told:
    """A message that stands in a text. `words` are its line as it was written; `values` by what they are.

    `note` is a sentence on what the values tell by themselves, "" where they tell nothing more. `is_by_number`: its
    number stands there, and not its wording.
    """

    message: Message
    family: str
    words: str
    start: int
    end: int
    values: dict[Hole, str]
    note: str = ""
    is_by_number: bool = False

    @property
    def is_telling(self) -> bool:
        """Whether it goes further than naming one of several causes; a single word, of an exception say, never does."""
        return bool(self.message.cause) and self.message.decides is not Confidence.POSSIBLE and self.is_sentence

    @property
    def tells_by_words(self) -> bool:
        """Whether its own sentence stands there and names a cause, so that no other sentence need be read."""
        return bool(self.message.cause) and " " in self.words and not self.is_by_number

    @property
    def is_sentence(self) -> bool:
        """Whether it says something; a single word only names it, an exception, but for the number of a product."""
        is_sure = self.message.decides is Confidence.CERTAIN
        return " " in self.words or is_sure or self.is_by_number


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text tells: its messages, those that tell most first. `shown` is the text as it is read, `rest` the same
    with line ends in place of the messages; single words stay.
    """

    told: tuple[Told, ...]
    shown: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Entry:
    message: Message
    family: str
    template: Template
    order: int


_MOST_TIMES = 40  # that a message is looked for in one text
_Hit = tuple[_Entry, tuple[Found, ...]]


def hear(text: str, *, is_answer: bool = False) -> Heard:
    """The messages in a text of any origin; never raises. `is_answer`: an answer, whose words may choose among the
    causes that a message leaves open (`heard.chosen`).
    """
    shown = plain(text)
    low = lowered(shown).replace("\n", " ")
    lines = lowered(_LOG_HEAD.sub(r"\1\n", shown))
    index = _index()
    found: list[_Hit] = []
    for word in set(_WORD.findall(low)) & index.keys():
        found += [(entry, at) for entry in index[word] if (at := _found(entry.template, low, lines))]
    found = [hit for hit in found if not _is_stray_scheme(*hit, low)]
    found.sort(key=lambda hit: (-sum(place.weight for place in hit[1]), hit[0].order))
    kept: list[_Hit] = []
    for entry, places in found:
        if not any(places[0].overlaps(other[0]) for _, other in kept):
            kept.append((entry, places))
    rest = _without(shown, lines, [hit for hit in kept if not hit[0].template.is_word], is_answer=is_answer)
    told = [_told(shown, entry, places[0]) for entry, places in _without_words(kept)]
    told += [_by_number(shown, entry, places[0]) for entry, places in _by_id(low, kept)]
    told.sort(key=lambda one: (_SURENESS[one.message.decides], not one.message.cause))
    return Heard(tuple(told), shown, rest)


def unheard(text: str) -> Heard:
    """The text as it is read, where no message is asked for: what went well is refused by nobody."""
    shown = plain(text)
    return Heard((), shown, shown)


def _without_words(kept: list[_Hit]) -> list[_Hit]:
    """A single word, such as the name of an exception, tells something only where no sentence does."""
    return [hit for hit in kept if not hit[0].template.is_word or _CODE.fullmatch(hit[0].message.id.lower())] or kept


def _is_stray_scheme(entry: _Entry, places: tuple[Found, ...], low: str) -> bool:
    """Whether the name of a scheme, alone in a challenge, stands elsewhere: in what a request carries, say."""
    if entry.message.where != "www-authenticate" or not entry.template.is_word:
        return False
    start, end = places[0].start, places[0].end
    return "authenticate" not in low[max(0, start - _BEFORE_SCHEME) : start] and low.strip() != low[start:end]


def _by_id(low: str, kept: list[_Hit]) -> list[_Hit]:
    """Messages whose code stands in the text though their wording does not: hidden values, another version."""
    heard = {entry.message.id for entry, _ in kept}
    hits: list[_Hit] = []
    for word in dict.fromkeys(_CODE.findall(low)):
        entry, start = _ids().get(word), low.index(word)
        place = Found(start, start + len(word), {})
        is_part = any(place.overlaps(other) for _, places in kept for other in places)
        if entry is not None and entry.message.id not in heard and not is_part:
            hits.append((entry, (place,)))
    return hits


def row_of(family: str, number: str, cause: str) -> Message | None:
    """The row of a family that names this cause under the same number, "" for none: it knows how far it goes."""
    return _by_cause().get((family, number, cause))


@lru_cache(maxsize=1)
def _by_cause() -> dict[tuple[str, str, str], Message]:
    return {(entry.family, entry.message.id, entry.message.cause): entry.message for entry in reversed(_entries())}


@lru_cache(maxsize=1)
def _ids() -> dict[str, _Entry]:
    """One entry for each code: as sure as its rows agree on the cause."""
    rows: dict[str, list[_Entry]] = defaultdict(list)
    for entry in _entries():
        if _CODE.fullmatch(entry.message.id.lower()):
            rows[entry.message.id.lower()].append(entry)
    return {code: _agreed(entries) for code, entries in rows.items()}


def _agreed(entries: list[_Entry]) -> _Entry:
    causes = Counter(entry.message.cause for entry in entries)
    first = next(entry for entry in entries if entry.message.cause == causes.most_common(1)[0][0])
    is_agreed = causes.keys() <= {first.message.cause, *first.message.also}
    is_sure = is_agreed and first.message.decides is not Confidence.POSSIBLE
    decides = Confidence.LIKELY if is_sure else Confidence.POSSIBLE
    return replace(first, message=replace(first.message, decides=decides))


def _found(template: Template, low: str, lines: str) -> tuple[Found, ...]:
    """Where the main part stands, and the others; () where one is missing.

    Line ends are blanks for what is written over several, and edges for what stands alone.
    """
    main = _place(template.main, low, lines)
    others = [_place(piece, low, lines) for piece in template.others] if main else []
    if main is None or None in others:
        return ()
    beside = [_place(piece, low, lines) for piece in template.lines]
    return (main, *(place for place in (*others, *beside) if place is not None))


def _place(piece: Piece, low: str, lines: str) -> Found | None:
    return piece.find(lines) or piece.find(low)


def _told(shown: str, entry: _Entry, at: Found) -> Told:
    holes = entry.message.holes
    values = {holes[name]: shown[slice(*place)] for name, place in at.values.items() if name in holes}
    end = max(at.end, *(last for _, last in at.values.values()), 0)  # a value at the end is what it is about
    end += shown[end : end + 1] == "."
    return Told(entry.message, entry.family, shown[at.start : end], at.start, at.end, values)


def _by_number(shown: str, entry: _Entry, at: Found) -> Told:
    """A message that is known by its number alone, with what stands behind it on its line."""
    end = shown.find("\n", at.end)
    words = shown[at.start : end if end >= 0 else len(shown)][:MOST_SHOWN].rstrip("\"'},] ")
    return Told(entry.message, entry.family, words, at.start, at.end, {}, is_by_number=True)


def _without(shown: str, lines: str, hits: list[_Hit], *, is_answer: bool) -> str:
    """The text with line ends in place of what was told: every other character stays where it is.

    A log prints a message again and again: each time it tells the same. Of an answer, one that leaves its cause open
    is taken out once. `lines`: the text in lower case.
    """
    for entry, places in hits:
        for place in places:
            shown, lines = _blanked(shown, place), _blanked(lines, place)
        for _ in range(0 if is_answer and not entry.message.cause else _MOST_TIMES):
            again = entry.template.main.find(lines)
            if again is None:
                break
            shown, lines = _blanked(shown, again), _blanked(lines, again)
    return shown


def _blanked(text: str, place: Found) -> str:
    return f"{text[: place.start]}{chr(10) * (place.end - place.start)}{text[place.end :]}"


@lru_cache(maxsize=1)
def _entries() -> tuple[_Entry, ...]:
    """Every message; the families are read at the first text, not at import."""
    from console.core.diagnosis.messages.families import FAMILIES

    rows = enumerate((family, message) for family in FAMILIES for message in family.messages)
    entries = [
        _Entry(message, family.name, template, order)
        for order, (family, message) in rows
        if (template := read_template(message.template)) is not None and template.main.literals not in _TOO_COMMON
    ]
    return tuple(_with_twins(entries))


def _with_twins(entries: list[_Entry]) -> Iterator[_Entry]:
    """The messages; one that others print in the same words goes no further than the least sure of them."""
    twins: dict[tuple[tuple[str, ...], ...], list[Message]] = defaultdict(list)
    for entry in entries:
        twins[entry.template.words].append(entry.message)
    for entry in entries:
        same = twins[entry.template.words]
        least = max(
            (one.decides for one in same if one.cause), key=_SURENESS.__getitem__, default=entry.message.decides
        )
        surest = max(entry.message.decides, least, key=_SURENESS.__getitem__)
        others = (slug for one in same for slug in (one.cause, *one.also) if slug and slug != entry.message.cause)
        also = tuple(dict.fromkeys((*entry.message.also, *others)))
        yield replace(entry, message=replace(entry.message, decides=surest, also=also))


@lru_cache(maxsize=1)
def _index() -> dict[str, list[_Entry]]:
    """Every message under the rarest of its words."""
    entries = _entries()
    usual = Counter(word for entry in entries for word in entry.template.main.words())
    index: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        words = entry.template.main.words()
        if words:
            index[min(words, key=lambda word: (usual[word], -len(word), word))].append(entry)
    return dict(index)
