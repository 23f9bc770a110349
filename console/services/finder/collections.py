"""Collections of profiles, by name."""

from collections.abc import Iterable

from console.core.actor import Actor
from console.core.looked_for import LookedFor, fit
from console.services.finder.base import Finder, Hit
from console.store import finds


def _look(actor: Actor, wanted: LookedFor, _typed: str) -> Iterable[Hit]:
    for row in finds.collections(actor, wanted):
        if (how := fit(wanted, row.name)) is not None:
            yield Hit(how, row.name, "collection", (row.profile_id, row.id), about=row.profile_name)


FINDER = Finder("collection", "Collections", _look)
