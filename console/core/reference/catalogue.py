"""All entries, made when somebody first looks, and how they hang together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from console.core.reference import causes, checks, claims, codes, headers, messages, policies, providers, requests
from console.core.reference.entry import EntryKind, ReferenceEntry, Related

_MADE: Mapping[EntryKind, Callable[[], tuple[ReferenceEntry, ...]]] = {
    EntryKind.CAUSES: causes.entries,
    EntryKind.CODES: codes.entries,
    EntryKind.MESSAGES: messages.entries,
    EntryKind.CHECKS: checks.entries,
    EntryKind.CLAIMS: claims.entries,
    EntryKind.GRANTS: requests.grants,
    EntryKind.CLIENT_AUTHENTICATION: requests.client_auths,
    EntryKind.PROVIDERS: providers.entries,
    EntryKind.PARAMETERS: requests.parameters,
    EntryKind.HEADERS: headers.entries,
    EntryKind.POLICIES: policies.elements,
    EntryKind.WARNINGS: policies.warnings,
    EntryKind.READINGS: policies.readings,
}


# What helps most with an entry stands first beside it.
_FIRST = (EntryKind.CAUSES, EntryKind.CHECKS, EntryKind.PROVIDERS)
BESIDE = (*_FIRST, *(kind for kind in EntryKind if kind not in _FIRST))
MOST_ALIKE = 8


@dataclass(frozen=True, slots=True)
class EntryLink:
    """An entry that another one names, or is named by. `how`: what the naming one does with it."""

    entry: ReferenceEntry
    how: str


class Reference:
    """Entries by kind and slug. Which ones an entry hangs together with is asked from either side."""

    def __init__(self, entries: Iterable[ReferenceEntry]) -> None:
        self.by_kind: dict[EntryKind, dict[str, ReferenceEntry]] = {kind: {} for kind in EntryKind}
        self._loosely: dict[tuple[EntryKind, str], ReferenceEntry] = {}
        self._named_by: dict[tuple[EntryKind, str], list[Related]] = defaultdict(list)
        for entry in entries:
            self.by_kind[entry.kind][entry.slug] = entry
            self._loosely[entry.kind, entry.slug.lower()] = entry
            for related in entry.related:
                self._named_by[related.kind, related.slug].append(Related(entry.kind, entry.slug, related.how))

    def entry(self, kind: EntryKind, slug: str) -> ReferenceEntry | None:
        """In whatever letter case; None for what is not there."""
        return self.by_kind[kind].get(slug) or self._loosely.get((kind, slug.lower()))

    @property
    def entries(self) -> tuple[ReferenceEntry, ...]:
        return tuple(entry for of_kind in self.by_kind.values() for entry in of_kind.values())

    def links(self, entry: ReferenceEntry) -> dict[EntryKind, tuple[EntryLink, ...]]:
        """By kind, its own last, each other entry once: those it names, those that name it, and those like it."""
        found: dict[EntryKind, dict[str, EntryLink]] = {kind: {} for kind in EntryKind}
        for related in (*entry.related, *self._named_by.get((entry.kind, entry.slug), ()), *self._alike(entry)):
            other = self.entry(related.kind, related.slug)
            if other is not None and other is not entry:
                found[related.kind].setdefault(other.slug, EntryLink(other, related.how))
        order = sorted(found, key=lambda kind: (kind is entry.kind, BESIDE.index(kind)))  # its own kind last
        return {kind: tuple(found[kind].values()) for kind in order if found[kind]}

    def _alike(self, entry: ReferenceEntry) -> tuple[Related, ...]:
        """Of a cause those that the same software cannot tell from it, most often first."""
        if entry.kind is not EntryKind.CAUSES:
            return ()
        counts: dict[str, int] = defaultdict(int)
        for named in self._named_by.get((entry.kind, entry.slug), ()):
            namer = self.by_kind[named.kind].get(named.slug)
            for related in namer.related if namer and named.kind is EntryKind.MESSAGES else ():
                if related.kind is EntryKind.CAUSES and related.slug != entry.slug:
                    counts[related.slug] += 1
        first = sorted(counts, key=lambda slug: (-counts[slug], slug))[:MOST_ALIKE]
        return tuple(Related(EntryKind.CAUSES, slug, "often told by the same words") for slug in first)


@lru_cache(maxsize=1)
def of_the_core() -> tuple[ReferenceEntry, ...]:
    """What the core knows; the sandbox, which it does not, adds its faults."""
    return tuple(entry for made in _MADE.values() for entry in made())
