"""Looks up what this console knows. Whoever is signed in may; what the sandbox pretends only where there is one."""

from functools import lru_cache

from django.conf import settings

from console.core.errors import NotFound
from console.core.reference.catalogue import EntryLink, Reference, of_the_core
from console.core.reference.entry import EntryKind, Fact, FactLine, ReferenceEntry, Related, fact, slug_of
from console.core.reference.search import Search
from console.sandbox.faults import FAULTS
from console.sandbox.faults.base import Fault, Needs, ShowsAt

PAGE = 60  # entries of a list
_SHOWS_AT = {ShowsAt.TOKEN: "when a token is asked for", ShowsAt.CALL: "when the API is called"}


def catalogue() -> Reference:
    """All entries of this deployment."""
    return _catalogue(settings.CONSOLE_SANDBOX)


def of_kind(kind: EntryKind) -> Reference:
    """All entries, where there are some of this kind; raises NotFound where there are none."""
    if not catalogue().by_kind[kind]:
        raise NotFound("The reference holds nothing of this kind.", why="This console has no sandbox.")
    return catalogue()


def entry(kind: EntryKind, slug: str) -> tuple[ReferenceEntry, dict[EntryKind, tuple[EntryLink, ...]]]:
    """An entry and what it hangs together with; raises NotFound for a name that no catalogue holds."""
    found = catalogue().entry(kind, slug)
    if found is None:
        raise NotFound(
            "The reference has no such entry.",
            why="The address is misspelt, or names what this console does not know, or knows no more.",
            do="Search the reference for the name or the text.",
        )
    return found, catalogue().links(found)


def search(text: str) -> tuple[ReferenceEntry, ...]:
    """What fits a code, some words, or a whole error text that somebody pasted; best first, nothing of it is kept."""
    return _search(settings.CONSOLE_SANDBOX).find(text)


@lru_cache(maxsize=2)
def _catalogue(has_sandbox: bool) -> Reference:
    return Reference((*of_the_core(), *(map(_fault, FAULTS) if has_sandbox else ())))


@lru_cache(maxsize=2)
def _search(has_sandbox: bool) -> Search:
    return Search(_catalogue(has_sandbox))


def _fault(one: Fault) -> ReferenceEntry:
    credential = "" if one.needs is Needs.ANY else f"a {one.needs.value}"
    grants = tuple(FactLine(grant_type) for grant_type in one.grant_types)
    return ReferenceEntry(
        EntryKind.FAULTS,
        slug_of(one.code),
        one.code,
        one.title,
        one.explanation,
        facts=(
            *fact("Does", one.explanation),
            *fact("Shows", _SHOWS_AT[one.shows_at]),
            *fact("Needs a client with", credential),
            *((Fact("Shows for the grants", grants, is_code=True),) if grants else ()),
        ),
        sources=("The sandbox of this console",),
        related=(
            *([Related(EntryKind.CAUSES, one.cause, "leads to it")] if one.cause else []),
            Related(EntryKind.PROVIDERS, one.provider, "is of the one that is played"),
        ),
    )
