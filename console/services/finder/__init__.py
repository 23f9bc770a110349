"""Finds anything that somebody may open: by its name, a number, an id or some words, the best first.

Each kind of thing is a file here, and stands in FINDERS in the order in which the kinds are shown. Nothing that may be
a token or a secret is searched for, and what was typed goes nowhere but into the queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from console.core.actor import Actor
from console.core.looked_for import Fit, looked_for
from console.core.paste.secret_like import is_secret_like
from console.services.finder import actions, apis, attempts, cases, collections, operations, pages, profiles, reference
from console.services.finder.base import SHOWN, Finder, Hit
from console.services.finder.looked_at import LookedAt, looked_at

__all__ = ["FINDERS", "Finder", "FoundKind", "FoundThings", "Hit", "find", "looked_at"]

FINDERS: tuple[Finder, ...] = (
    profiles.FINDER,
    apis.FINDER,
    actions.FINDER,
    operations.FINDER,
    collections.FINDER,
    cases.FINDER,
    attempts.FINDER,
    pages.FINDER,
    reference.FINDER,
)


@dataclass(frozen=True, slots=True)
class FoundKind:
    """The best of a kind; `has_more`: there are others that fit."""

    finder: Finder
    hits: tuple[Hit, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class FoundThings:
    """`is_secret`: it may be a token or a secret, so that nothing was looked for. `is_empty`: nothing was typed."""

    kinds: tuple[FoundKind, ...] = ()
    is_secret: bool = False
    is_empty: bool = False

    @property
    def count(self) -> int:
        return sum(len(kind.hits) for kind in self.kinds)


def find(actor: Actor, typed: str, here: LookedAt | None = None) -> FoundThings:
    """A kind with something that is exactly what was typed comes first, the others in their order.

    `here` is what they look at, None for nothing that is known. Before anything is typed there is what they may do.
    """
    if not typed.strip():
        hits = tuple(actions.at_first(actor, here))
        return FoundThings((FoundKind(actions.FINDER, hits, has_more=False),), is_empty=True)
    if is_secret_like(typed):
        return FoundThings(is_secret=True)
    wanted = looked_for(typed)
    every = (actions.finder(here) if one is actions.FINDER else one for one in FINDERS)
    asked = (one for one in every if wanted.is_name or one.reads_texts)
    found = [_best(one, one.look(actor, wanted, typed)) for one in asked]
    return FoundThings(
        tuple(sorted((one for one in found if one.hits), key=lambda one: one.hits[0].fit is not Fit.EXACT))
    )


def _best(finder: Finder, hits: Iterable[Hit]) -> FoundKind:
    """Of what fits equally well in the order in which the kind gave it."""
    ranked = sorted(hits, key=lambda hit: hit.fit)
    return FoundKind(finder, tuple(ranked[:SHOWN]), has_more=len(ranked) > SHOWN)
