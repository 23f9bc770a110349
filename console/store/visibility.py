"""Which rows an actor may see, use and manage, and what they may do with each. Every query for an actor begins here."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import connection
from django.db.models import Case as Choice
from django.db.models import Model, Q, QuerySet, TextField, Value, When

from console.core.actor import RIGHTS, Actor, Right, Role, held_with
from console.core.held import Held
from console.models import Api, Attempt, Case, PolicySample, Profile, Run

M = TypeVar("M", bound=Model)
T = TypeVar("T")
EVERY = Q(pk__isnull=False)  # an empty Q stands for no condition of a CASE


def _owner(actor: Actor) -> Q:
    return Q(owner_id=actor.user_id)


def _own_only(actor: Actor, _right: Right) -> Q:
    return _owner(actor)


def _api(actor: Actor, right: Right) -> Q:
    if actor.has(Role.ADMIN):
        return EVERY
    return _owner(actor) if right == "manage" else _owner(actor) | Q(is_published=True)


def _sample(actor: Actor, right: Right) -> Q:
    """The rows of an Api's table go with the Api."""
    if actor.has(Role.ADMIN):
        return EVERY
    own = Q(api__owner_id=actor.user_id)
    return own if right == "manage" else own | Q(api__is_published=True)


def _case(actor: Actor, right: Right) -> Q:
    """Support looks; who may delete it is its owner, and an administrator."""
    if actor.has(Role.ADMIN) or (right != "manage" and actor.has(Role.SUPPORT)):
        return EVERY
    return _owner(actor)


RULES: dict[type[Model], Callable[[Actor, Right], Q]] = {
    Profile: _own_only,
    Attempt: _own_only,  # support sees cases: what somebody chose to share
    Run: _own_only,
    Api: _api,
    Case: _case,
    PolicySample: _sample,
}


def visible_to(model: type[M], actor: Actor, right: Right) -> QuerySet[M]:
    """The rows on which the actor has that right; all of them for the system."""
    rows = model._default_manager.all()
    return rows if actor.is_system else rows.filter(RULES[model](actor, right))


def held_by(model: type[M], actor: Actor, right: Right) -> QuerySet[M]:
    """As `visible_to`, each row with the strongest right that the actor has on it: one query, by the same rules.

    `held` makes of it what the layers above are given.
    """
    rows = visible_to(model, actor, right)
    if actor.is_system:
        return rows  # `held` knows
    stronger = [When(RULES[model](actor, one), then=Value(one)) for one in reversed(RIGHTS[1:])]
    strongest = Choice(*stronger, default=Value(RIGHTS[0]), output_field=TextField())
    return cast("QuerySet[M]", rows.annotate(held_right=strongest))


def held(row: Profile | Api | Attempt | Run | Case, value: T, actor: Actor) -> Held[T]:
    """The value of a row that came from `held_by`, with the actor's rights on it; the system has them all."""
    strongest: Right = RIGHTS[-1] if actor.is_system else row.held_right  # type: ignore[union-attr]
    return Held(value, held_with(strongest), is_own=row.owner_id == actor.user_id)


def names_of(model: type[Api] | type[Profile], actor: Actor) -> list[tuple[str, str]]:
    """Id and name of each row the actor may see, by name: what a list to choose from needs, and no more."""
    statement, values = _names_statement(model, Actor(actor.user_id, "", actor.roles))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [(str(UUID(str(id_))), name) for id_, name in cursor]


@lru_cache(maxsize=512)
def _names_statement(model: type[Api] | type[Profile], actor: Actor) -> tuple[str, tuple[Any, ...]]:
    """The query as SQL, composed once for each person and their roles: composing it costs many times what asking costs.

    What is kept is the question; every answer is the database's of now.
    """
    rows = visible_to(model, actor, "view").order_by("name", "id").values_list("id", "name")
    statement, values = rows.query.sql_with_params()
    return statement, tuple(values)
