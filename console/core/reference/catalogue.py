"""All entries, made when somebody first looks, and how they hang together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from console.core.reference import causes, checks, claims, codes, messages, policies, providers, requests
from console.core.reference.entry import Entry, Kind, Related

_MADE: Mapping[Kind, Callable[[], tuple[Entry, ...]]] = {
    Kind.CAUSES: causes.entries,
    Kind.CODES: codes.entries,
    Kind.MESSAGES: messages.entries,
    Kind.CHECKS: checks.entries,
    Kind.CLAIMS: claims.entries,
    Kind.GRANTS: requests.grants,
    Kind.CLIENT_AUTHENTICATION: requests.client_auths,
    Kind.PROVIDERS: providers.entries,
    Kind.PARAMETERS: requests.parameters,
    Kind.POLICIES: policies.elements,
    Kind.WARNINGS: policies.warnings,
    Kind.READINGS: policies.readings,
}


@dataclass(frozen=True, slots=True)
class Link:
    """An entry that another one names, or is named by. `how`: what the naming one does with it."""

    entry: Entry
    how: str


class Catalogue:
    """Entries by kind and slug. Which ones an entry hangs together with is asked from either side."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.by_kind: dict[Kind, dict[str, Entry]] = {kind: {} for kind in Kind}
        self._loosely: dict[tuple[Kind, str], Entry] = {}
        self._named_by: dict[tuple[Kind, str], list[Related]] = defaultdict(list)
        for entry in entries:
            self.by_kind[entry.kind][entry.slug] = entry
            self._loosely[entry.kind, entry.slug.lower()] = entry
            for related in entry.related:
                self._named_by[related.kind, related.slug].append(Related(entry.kind, entry.slug, related.how))

    def entry(self, kind: Kind, slug: str) -> Entry | None:
        """In whatever letter case; None for what is not there."""
        return self.by_kind[kind].get(slug) or self._loosely.get((kind, slug.lower()))

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for of_kind in self.by_kind.values() for entry in of_kind.values())

    def links(self, entry: Entry) -> dict[Kind, tuple[Link, ...]]:
        """By kind, each other entry once: those it names, then those that name it, and last those like it."""
        found: dict[Kind, dict[str, Link]] = {kind: {} for kind in Kind}
        for related in (*entry.related, *self._named_by.get((entry.kind, entry.slug), ()), *self._alike(entry)):
            other = self.entry(related.kind, related.slug)
            if other is not None and other is not entry:
                found[related.kind].setdefault(other.slug, Link(other, related.how))
        return {kind: tuple(links.values()) for kind, links in found.items() if links}

    def _alike(self, entry: Entry) -> tuple[Related, ...]:
        """Of a cause those that the same software cannot tell from it, most often first."""
        if entry.kind is not Kind.CAUSES:
            return ()
        counts: dict[str, int] = defaultdict(int)
        for named in self._named_by.get((entry.kind, entry.slug), ()):
            namer = self.by_kind[named.kind].get(named.slug)
            for related in namer.related if namer and named.kind is Kind.MESSAGES else ():
                if related.kind is Kind.CAUSES and related.slug != entry.slug:
                    counts[related.slug] += 1
        first = sorted(counts, key=lambda slug: (-counts[slug], slug))[:MOST_ALIKE]
        return tuple(Related(Kind.CAUSES, slug, "is told by the same words") for slug in first)


MOST_ALIKE = 8


@lru_cache(maxsize=1)
def of_the_core() -> tuple[Entry, ...]:
    """What the core knows; the sandbox, which it does not, adds its faults."""
    return tuple(entry for made in _MADE.values() for entry in made())
