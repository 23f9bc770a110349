"""Entries of the reference, by code, name, words, or a whole error text."""

from collections.abc import Iterable

from console.core.actor import Actor
from console.core.looked_for import Fit, LookedFor, fit
from console.core.reference.entry import EntryKind
from console.services import reference
from console.services.finder.base import Finder, Hit

# Kinds whose entries are known by what software and specifications write.
_WRITTEN = {EntryKind.CODES, EntryKind.MESSAGES, EntryKind.CLAIMS, EntryKind.PARAMETERS, EntryKind.POLICIES}


def _look(_actor: Actor, wanted: LookedFor, typed: str) -> Iterable[Hit]:
    """In the reference's own order, which knows more than the name: what is exactly named comes first there too."""
    for entry in reference.search(typed):
        is_named = Fit.EXACT in (fit(wanted, entry.name), fit(wanted, entry.title))
        is_code = entry.kind in _WRITTEN and entry.name != entry.title
        yield Hit(
            Fit.EXACT if is_named else Fit.BESIDE,
            entry.title,
            "reference-entry",
            (entry.kind.value, entry.slug),
            number=entry.name if is_code else "",
            about=entry.kind.value.replace("-", " "),
        )


FINDER = Finder("reference", "Reference", _look, reads_texts=True)
