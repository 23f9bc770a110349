"""Queries that are composed once and asked again and again: composing one costs far more than its answer does.

What is kept is the question, with places for who asks and for what; every answer is the database's of now.
"""

from collections.abc import Callable
from copy import copy
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from console.core.actor import SYSTEM, Actor, Right, Role
from console.store.statements import of_uuid

M = TypeVar("M")
N = TypeVar("N")
Key = UUID | str
Answered = list[tuple[Any, ...]]

_SOMEBODY = -1_900_000_001  # stands for the person: no row has a number below 0
_NUMBER = 0xC0150000_0000_4000_8000_000000000000  # these and the next stand for what is asked for, and for groups
_TEXT = "composed-text-"  # with a number the same for a text; nothing of it means anything to LIKE
_KEPT = 64  # kinds of person: sets of roles, in so many groups


class Composed(Generic[M]):
    """`compose` gives the rows for an actor, a right and any ids and texts, and may use of the actor their number,
    roles and groups alone: it is asked once for each right and kind of person, with an actor that stands for them.

    A text is compared whole, or looked for within a column (`contains`, `icontains`).
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, M]]) -> None:
        self._compose = compose
        self._statement = lru_cache(maxsize=_KEPT)(self._composed)

    def all(self, actor: Actor, right: Right, *keys: Key) -> list[M]:
        """The rows, in the order that `compose` gives them."""
        here = connections[DEFAULT_DB_ALIAS]  # `connection` looks it up anew for each thing that it is asked for
        question = self.question(here, actor, right, *keys)
        if question is None:
            return []
        return question.of.made_of(_answered(here, question.of.sql, question.values), here)

    def first(self, actor: Actor, right: Right, *keys: Key) -> M | None:
        """The only row, or the first of those; None when there is none."""
        return next(iter(self.all(actor, right, *keys)), None)

    def question(self, here: BaseDatabaseWrapper, actor: Actor, right: Right, *keys: Key) -> "KeptQuestion[M] | None":
        """What `all` asks, over the connection of this thread; None where nobody of that kind may see any."""
        kind = None if actor.is_system else actor.roles
        kinds = tuple([isinstance(key, str) for key in keys])
        statement = self._statement(here.vendor, kind, len(actor.groups), right, kinds)
        if statement is None:
            return None
        places: dict[Any, Any] = {_SOMEBODY: actor.user_id}
        for number, value in enumerate((*keys, *map(UUID, sorted(actor.groups)))):
            places.update(_filled(number, value, here))
        return KeptQuestion(statement, tuple([places.get(one, one) for one in statement.values]))

    def _composed(
        self, _vendor: str, roles: frozenset[Role] | None, groups: int, right: Right, kinds: tuple[bool, ...]
    ) -> "_Statement[M] | None":
        """`kinds` has for each key whether it is a text."""
        count = len(kinds)
        members = frozenset(str(_place(count + number)) for number in range(groups))
        actor = SYSTEM if roles is None else Actor(_SOMEBODY, "", roles, members)
        keys = [_text(number) if is_text else _place(number) for number, is_text in enumerate(kinds)]
        return _statement_of(self._compose(actor, right, *keys))


class KeptQuestion(NamedTuple, Generic[M]):
    """A statement, and the values that it is asked with."""

    of: "_Statement[M]"
    values: tuple[Any, ...]


class Pair(Generic[M, N]):
    """Two questions that are asked together, in one statement: going to the database costs more than its answer.

    Neither may be DISTINCT: what such a one is put in order by would stand among its columns.
    """

    def __init__(self, one: Composed[M], other: Composed[N]) -> None:
        self._one, self._other = one, other

    def all(self, actor: Actor, right: Right, of_one: Key, of_other: Key) -> tuple[list[M], list[N]]:
        """The rows of each, as either gives them for its key."""
        here = connections[DEFAULT_DB_ALIAS]
        one = self._one.question(here, actor, right, of_one)
        other = self._other.question(here, actor, right, of_other)
        if one is None or other is None:
            return self._one.all(actor, right, of_one), self._other.all(actor, right, of_other)
        found = _answered(here, _together(one.of, other.of), one.values + other.values)
        width = one.of.width
        return (
            one.of.made_of([row[1 : width + 1] for row in found if not row[0]], here),
            other.of.made_of([row[width + 1 :] for row in found if row[0]], here),
        )


@lru_cache(maxsize=_KEPT)
def _together(one: "_Statement[Any]", other: "_Statement[Any]") -> str:
    """Each row says whose it is, and has nothing in the columns of the other; each half keeps its order."""
    return (
        f"SELECT 0, one.*{', NULL' * other.width} FROM ({one.sql}) AS one "  # noqa: S608 (of our own queries alone)
        f"UNION ALL SELECT 1{', NULL' * one.width}, other.* FROM ({other.sql}) AS other"
    )


def _answered(here: BaseDatabaseWrapper, sql: str, values: tuple[Any, ...]) -> Answered:
    with here.cursor() as cursor:
        cursor.execute(sql, values)
        found: Answered = cursor.fetchall()
    return found


class _Statement(Generic[M]):
    """A query with its SQL, to be asked with other values by any thread."""

    def __init__(self, rows: QuerySet[Any, M], compiler: SQLCompiler, sql: str, values: tuple[Any, ...]) -> None:
        self._rows, self._compiler = rows, compiler
        self.sql, self.values = sql, values
        self.width = len(compiler.select)
        self._converters: dict[int, tuple[list[Any], Any]] | None = None

    def made_of(self, answered: Answered, here: BaseDatabaseWrapper) -> list[M]:
        """The rows. `here` is the connection of this thread.

        What the database answered is put where Django would put its own question, so that it makes the rows of it; no
        rows are made of nothing.
        """
        if not answered:
            return []
        if self._compiler.has_extra_select:
            answered = [row[: self._compiler.col_count] for row in answered]
        compiler = copy(self._compiler)
        compiler.connection = here
        compiler.get_converters = self._converters_of  # type: ignore[method-assign]  # found out once
        compiler.execute_sql = lambda *_, **__: [answered]  # type: ignore[method-assign, assignment]  # asked already
        rows = self._rows._chain()  # type: ignore[attr-defined]  # as every method of a QuerySet begins
        rows.query.get_compiler = lambda *_, **__: compiler
        return list(rows)

    def _converters_of(self, expressions: list[Any]) -> dict[int, tuple[list[Any], Any]]:
        """What makes values of the columns, which are the same each time; each is given the connection."""
        if self._converters is None:
            self._converters = self._compiler.get_converters(expressions)
        return self._converters


def _statement_of(rows: "QuerySet[Any, M]") -> "_Statement[M] | None":
    """None where nobody of that kind may see any: Django finds out without asking."""
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, values = compiler.as_sql()
    except EmptyResultSet:
        return None
    return _Statement(rows, compiler, sql, tuple(values))


def _place(number: int) -> UUID:
    return UUID(int=_NUMBER + number)


def _text(number: int) -> str:
    return f"{_TEXT}{number}"


def _filled(number: int, value: Key, here: BaseDatabaseWrapper) -> dict[Any, Any]:
    """What stands for a key in the values of a statement, and what takes its place there."""
    if isinstance(value, UUID):
        return {of_uuid(_place(number)): of_uuid(value)}
    place = _text(number)
    return {place: value, f"%{place}%": f"%{here.ops.prep_for_like_query(value)}%"}
