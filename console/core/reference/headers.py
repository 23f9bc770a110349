"""Headers of an answer: what each is for, and which policy element of the gateway sets it."""

from console.core.answer.known_headers import HEADERS, KnownHeader
from console.core.reference.entry import EntryKind, ReferenceEntry, Related, fact, slug_of


def entries() -> tuple[ReferenceEntry, ...]:
    return tuple(map(_entry, HEADERS))


def slug_of_header(one: KnownHeader) -> str:
    return slug_of(one.name)


def _entry(one: KnownHeader) -> ReferenceEntry:
    is_family = one.name.endswith("*")
    return ReferenceEntry(
        EntryKind.HEADERS,
        slug_of_header(one),
        one.name,
        one.meaning,
        "",
        facts=fact(
            "Stands for", "every header of an answer that begins so" if is_family else "one header of an answer"
        ),
        sources=(one.source,),
        related=tuple(Related(EntryKind.POLICIES, slug_of(name), "sets this header") for name in one.policies),
        group=one.group,
    )
