"""Calls and token requests: by an id that the far side's answer carried, or, the newest, by what was called."""

from collections.abc import Iterable

from console.adapters import clock
from console.core.actor import Actor
from console.core.attempts.references import reference
from console.core.looked_for import Fit, LookedFor, fit
from console.services.finder.base import Finder, Hit
from console.store import finds


def _look(actor: Actor, wanted: LookedFor, _typed: str) -> Iterable[Hit]:
    for row in finds.attempts(actor, reference(wanted.text), now=clock.now()):
        how = Fit.EXACT if row.is_known else fit(wanted, row.title)
        if how is not None:
            # The same request is sent again and again: none of them is the one that was named.
            shown = how if row.is_known else max(how, Fit.BEGINS)
            yield Hit(shown, row.title, "call", (row.id,), status=row.status or 0, at=row.at)


FINDER = Finder("attempt", "Calls", _look)
