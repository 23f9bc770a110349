"""Cases, by number, and by the words by which the queue finds them."""

from collections.abc import Iterable

from console.adapters import clock
from console.core.actor import Actor
from console.core.cases.terms import asked_of, number_of
from console.core.looked_for import Fit, LookedFor, fit
from console.services.finder.base import Finder, Hit
from console.store import finds


def _look(actor: Actor, wanted: LookedFor, _typed: str) -> Iterable[Hit]:
    number = number_of(wanted.text)
    for row in finds.cases(actor, asked_of(wanted.text), number, now=clock.now()):
        how = fit(wanted, row.title)
        yield Hit(
            Fit.EXACT if row.number == number else Fit.BESIDE if how is None else how,
            row.title,
            "case",
            (row.id,),
            number=f"#{row.number}",
            state=row.state,
            at=row.changed_at,
        )


FINDER = Finder("case", "Cases", _look)
