"""Operations that an API's OpenAPI document names, by method and path, and by the words of their descriptions."""

from collections.abc import Iterable

from console.core.actor import Actor
from console.core.looked_for import LookedFor, fit
from console.services.finder.base import Finder, Hit
from console.store import finds


def _look(actor: Actor, wanted: LookedFor, _typed: str) -> Iterable[Hit]:
    for row in finds.operations(actor, wanted):
        key = f"{row.method} {row.path}"
        how = fit(wanted, row.path)
        how = fit(wanted, key, (row.search,)) if how is None else how
        if how is not None:
            yield Hit(how, key, "api-operations", (row.api_id,), about=row.api_name, query=(("q", key),))


FINDER = Finder("operation", "Operations", _look)
