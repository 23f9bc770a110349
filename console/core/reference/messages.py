"""What software prints: one entry for each id of a family, and for each message that has none."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from zlib import crc32

from console.core.diagnosis.codes import explain_code
from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence
from console.core.policy.library_codes import LIBRARY_CODES
from console.core.providers import PROVIDERS
from console.core.reference.codes import is_number
from console.core.reference.entry import EntryKind, Fact, FactLine, ReferenceEntry, Related, fact, slug_of

HOW = {
    Confidence.CERTAIN: "means it",
    Confidence.LIKELY: "most likely means it",
    Confidence.POSSIBLE: "may mean it",
}
PRINTED_BY_OTHERS = "may mean it too"
WHERE = {
    "response": "in an answer",
    "www-authenticate": "in a challenge (WWW-Authenticate)",
    "log": "in a log",
    "exception": "in an exception",
    "console": "on a console",
}
LIBRARY = "Microsoft.IdentityModel"  # whose numbers the gateway prints
UNREAD = "(text not re-read at the source)"
_FEW_WORDS = 10
_LONGEST_TITLE = 160
_FRAME = frozenset({"error", "error_description", "error_uri", "message", "code", "bearer", "statuscode", "title"})
_PARAMETER = re.compile(r'error_description="([^"]{4,})"')
_HOLE = re.compile(r"\{([a-z_0-9]+)\}")
_ENTRA = re.compile(r"AADSTS(\d{4,9})")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’_.-][A-Za-z0-9]+)*")


def entries() -> tuple[ReferenceEntry, ...]:
    from console.core.diagnosis.messages.families import FAMILIES  # a lot to read: not at import

    taken: set[str] = set()
    titles: dict[str, set[str]] = defaultdict(set)
    made = [_entry(one, rows, taken, titles[one.name]) for one in FAMILIES for rows in _together(one)]
    numbers = {entry.name for entry in made}
    return (*made, *(_of_library(number) for number in LIBRARY_CODES if number not in numbers))


def _together(family: Family) -> Iterator[list[Message]]:
    """Those of a family that share an id stand on one page."""
    by_id: dict[str, list[Message]] = defaultdict(list)
    for number, message in enumerate(family.messages):
        by_id[message.id or f" {number}"].append(message)
    yield from by_id.values()


def _entry(family: Family, rows: list[Message], taken: set[str], titles: set[str]) -> ReferenceEntry:
    first = rows[0]
    meaning, usual = LIBRARY_CODES.get(first.id, ("", ""))
    return ReferenceEntry(
        EntryKind.MESSAGES,
        _slug(family, first, taken),
        first.id,
        _sentence(meaning) or _title(first, titles),
        f"{family.name} prints this {_places(rows)}.",
        facts=(
            Fact(
                "Text", tuple(FactLine(row.template, _told(row) if len(rows) > 1 else "") for row in rows), is_code=True
            ),
            *fact("Means", _sentence(meaning)),
            *fact("Usually because of", usual),
            *_holes(rows),
            *fact("How far it tells", *dict.fromkeys(map(_judged, rows))),
        ),
        sources=tuple(dict.fromkeys(row.source.replace(UNREAD, "").strip() for row in rows)),
        related=(*_causes(rows), *_codes(rows)),
        group=family.name,
        is_confirmed=not any(UNREAD in row.source for row in rows),
        words=" ".join((family.name, *(row.template for row in rows))),
    )


def _of_library(number: str) -> ReferenceEntry:
    meaning, usual = LIBRARY_CODES[number]
    facts = (*fact("Means", _sentence(meaning)), *fact("Usually because of", usual))
    summary = "The gateway’s token library prints this number."
    return ReferenceEntry(EntryKind.MESSAGES, number, number, _sentence(meaning), summary, facts=facts, group=LIBRARY)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _slug(family: Family, message: Message, taken: set[str]) -> str:
    """The id where it is a number of its own; else the family, with the id or the first words."""
    known = slug_of(message.id) if message.id[-1:].isdigit() and len(message.id) > 4 else ""
    words = [word for word in _WORD.findall(_HOLE.sub(" ", message.template)) if word.lower() not in _FRAME]
    slug = known or slug_of(f"{family.name}-{message.id or '-'.join(words[:_FEW_WORDS])}").lower()
    if slug.lower() in taken:  # its own text tells it apart, wherever it stands in the family
        slug = f"{slug}-{crc32(message.template.encode()):08x}"
    taken.add(slug.lower())
    return slug


def _title(message: Message, taken: set[str]) -> str:
    """What it says: its first line, or the longest where another message begins with the same; holes as an ellipsis."""
    lines = [line.strip(" ->") for line in _said(_HOLE.sub("…", message.template).strip()).split("\n") if line.strip()]
    line = lines[0] if lines[0] not in taken else max(lines, key=len)
    taken.add(line)
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1]}…"


def _said(text: str) -> str:
    """The sentence in a JSON body or a challenge; the text itself where it is neither."""
    if parameter := _PARAMETER.search(text):
        return parameter[1]
    try:
        body = json.loads(text)
    except ValueError:
        return text
    leaves = [leaf for leaf in _leaves(body) if leaf.strip()]
    return max(leaves, key=lambda leaf: (" " in leaf.strip(), len(leaf)), default=text)


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)


def _places(rows: Iterable[Message]) -> str:
    return " or ".join(dict.fromkeys(WHERE[row.where] for row in rows))


def _judged(row: Message) -> str:
    """How far a message goes by itself, as a sentence."""
    if not row.cause:
        return "It names no cause by itself." if not row.also else "By itself it leaves open which of its causes it is."
    if row.decides is Confidence.CERTAIN:
        return "It can mean nothing else."
    return "It is most likely this cause." if row.decides is Confidence.LIKELY else "It may be this cause, or another."


def _told(row: Message) -> str:
    """What one of several texts tells, as a note beside it."""
    return f"{HOW[row.decides].removesuffix(' it')} {row.cause}" if row.cause else "names no cause"


def _holes(rows: Iterable[Message]) -> tuple[Fact, ...]:
    named = {f"{{{name}}}: {hole.value}": None for row in rows for name, hole in row.holes.items()}
    return fact("Values in it", *named)


def _causes(rows: Iterable[Message]) -> Iterator[Related]:
    """Each cause once, what is told first before what may be meant too."""
    found: dict[str, str] = {}
    for row in rows:
        if row.cause:
            found.setdefault(row.cause, HOW[row.decides])
    for row in rows:
        for slug in row.also:
            found.setdefault(slug, PRINTED_BY_OTHERS)
    return (Related(EntryKind.CAUSES, slug, how) for slug, how in found.items())


def _codes(rows: Iterable[Message]) -> Iterator[Related]:
    """The providers' codes that stand in a text, or are its id."""
    numbers = {int(number) for row in rows for number in _ENTRA.findall(f"{row.id} {row.template}")}
    named = [f"AADSTS{number}" for number in sorted(numbers) if explain_code(number)]
    named += dict.fromkeys(row.id for row in rows if row.id in _numbered())
    return (Related(EntryKind.CODES, slug, "holds it") for slug in named)


@lru_cache(maxsize=1)
def _numbered() -> frozenset[str]:
    """The codes that other providers than Entra have of their own."""
    return frozenset(row.code for provider in PROVIDERS for row in provider.errors if is_number(row))
