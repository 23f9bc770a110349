"""APIs, by name and address."""

from collections.abc import Iterable

from console.core.actor import Actor
from console.core.looked_for import LookedFor, fit
from console.sandbox.policy_text import BASE
from console.services.finder.base import Finder, Hit
from console.store import finds


def _look(actor: Actor, wanted: LookedFor, _typed: str) -> Iterable[Hit]:
    for row in finds.apis(actor, wanted):
        if (how := fit(wanted, row.name, row.beside)) is not None:
            yield Hit(how, row.name, "api", (row.id,), about=_place(row.about))


def _place(base_url: str) -> str:
    """Where it leads; the sandbox's own address says nothing."""
    return "the sandbox" if base_url.startswith(BASE) else base_url


FINDER = Finder("api", "APIs", _look)
