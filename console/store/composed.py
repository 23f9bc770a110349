"""Queries that are composed once and asked again and again: composing one costs far more than its answer does.

What is kept is the question, with places for who asks and for what; every answer is the database's of now.
"""

from collections.abc import Callable, Mapping
from copy import copy
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from console.core.actor import SYSTEM, Actor, Right, Role
from console.store.statements import of_uuid

M = TypeVar("M", bound=Model)

_SOMEBODY = -1_900_000_001  # stands for the person: no row has a number below 0
_NUMBER = 0xC0150000_0000_4000_8000_000000000000  # these and the next stand for what is asked for, and for groups
_KEPT = 64  # kinds of person: sets of roles, in so many groups


class Composed(Generic[M]):
    """`compose` gives the rows for an actor, a right and one or more ids, and may use of the actor their number, roles
    and groups alone: it is asked once for each right and kind of person, with an actor that stands for all of them.
    """

    def __init__(self, compose: Callable[..., QuerySet[M]]) -> None:
        self._compose = compose
        self._statement = lru_cache(maxsize=_KEPT)(self._composed)

    def all(self, actor: Actor, right: Right, *keys: UUID) -> list[M]:
        """The rows, in the order that `compose` gives them."""
        kind = None if actor.is_system else actor.roles
        statement = self._statement(connection.vendor, kind, len(actor.groups), right, len(keys))
        if statement is None:
            return []
        asked: dict[object, object] = {_SOMEBODY: actor.user_id}
        given = (*keys, *map(UUID, sorted(actor.groups)))
        asked |= {of_uuid(_place(number)): of_uuid(value) for number, value in enumerate(given)}
        return list(statement.asked(asked))

    def first(self, actor: Actor, right: Right, *keys: UUID) -> M | None:
        """The only row, or the first of those; None when there is none."""
        return next(iter(self.all(actor, right, *keys)), None)

    def _composed(
        self, _vendor: str, roles: frozenset[Role] | None, groups: int, right: Right, keys: int
    ) -> "_Statement[M] | None":
        places = [_place(number) for number in range(keys + groups)]
        members = frozenset(map(str, places[keys:]))
        actor = SYSTEM if roles is None else Actor(_SOMEBODY, "", roles, members)
        return _statement_of(self._compose(actor, right, *places[:keys]))


class _Statement(Generic[M]):
    """A query with its SQL, to be asked with other values by any thread."""

    def __init__(self, rows: QuerySet[M], compiler: SQLCompiler, sql: str, values: tuple[object, ...]) -> None:
        self._rows, self._compiler = rows, compiler
        self._sql, self._values = sql, values
        self._converters: dict[int, tuple[list[Any], Any]] | None = None

    def asked(self, places: Mapping[object, object]) -> QuerySet[M]:
        """The rows; `places` has the value for each one that stands for another, in the form of a column."""
        values = tuple(places.get(one, one) for one in self._values)
        compiler = copy(self._compiler)
        compiler.connection = connection  # each thread has its own
        compiler.get_converters = self._converters_of  # type: ignore[method-assign]  # found out once
        compiler.as_sql = lambda *_, **__: (self._sql, values)  # type: ignore[method-assign, assignment]  # composed
        rows = self._rows._chain()  # type: ignore[attr-defined]  # as every method of a QuerySet begins
        rows.query.get_compiler = lambda *_, **__: compiler
        return rows  # type: ignore[no-any-return]

    def _converters_of(self, expressions: list[Any]) -> dict[int, tuple[list[Any], Any]]:
        """What makes values of the columns, which are the same each time; each is given the connection."""
        if self._converters is None:
            self._converters = self._compiler.get_converters(expressions)
        return self._converters


def _statement_of(rows: "QuerySet[M]") -> "_Statement[M] | None":
    """None where nobody of that kind may see any: Django finds out without asking."""
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, values = compiler.as_sql()
    except EmptyResultSet:
        return None
    return _Statement(rows, compiler, sql, tuple(values))


def _place(number: int) -> UUID:
    return UUID(int=_NUMBER + number)
