"""Profiles, by name, client id, environment and provider."""

from collections.abc import Iterable

from console.core.actor import Actor
from console.core.looked_for import LookedFor, fit
from console.services.finder.base import Finder, Hit
from console.store import finds


def _look(actor: Actor, wanted: LookedFor, _typed: str) -> Iterable[Hit]:
    for row in finds.profiles(actor, wanted):
        if (how := fit(wanted, row.name, row.beside)) is not None:
            yield Hit(how, row.name, "profile", (row.id,), environment=row.environment)


FINDER = Finder("profile", "Profiles", _look)
