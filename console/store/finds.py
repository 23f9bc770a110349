"""What is found by a name, a number or some words: of each kind one query, which reads a bounded number of rows.

What fits how well is said by the core; here only what cannot fit is left out, as far as an index or the database's own
comparison tells.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Case as Choice
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Value, When

from console.core.actor import Actor
from console.core.cases.state import CaseState
from console.core.looked_for import LookedFor
from console.models import Api, ApiOperation, Attempt, Case, CaseTerm, Profile, RequestCollection
from console.store import case_terms, json_text
from console.store.case_filters import FEW, seen_by
from console.store.visibility import sees_every, visible_to

M = TypeVar("M", bound=Model)
MOST = 60  # rows of a kind
RECENT = 300  # attempts whose titles are looked at, of one's own and of each other's
LOOKED_THROUGH = 5_000  # operations
_ATTEMPT = ("pk", "title", "status", "created_at", "known_as", "also_known_as")
LENT_S = 7 * 86_400  # seconds in which the attempts of others are looked for by their titles


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A profile or an Api: `beside` are its other texts, `about` of them the one to show."""

    id: str
    name: str
    about: str
    beside: tuple[str, ...]
    environment: str = ""


@dataclass(frozen=True, slots=True)
class UsableProfile:
    """A profile that the actor may use, with what decides on what they can do with it."""

    id: str
    name: str
    environment: str
    beside: tuple[str, ...]
    has_api: bool
    is_own: bool
    can_manage: bool


@dataclass(frozen=True, slots=True)
class FoundOperation:
    """`search` are key, name, summary and tags together, in lower case."""

    method: str
    path: str
    search: str
    api_id: str
    api_name: str


@dataclass(frozen=True, slots=True)
class FoundCollection:
    """A collection with its profile."""

    id: str
    name: str
    profile_id: str
    profile_name: str


@dataclass(frozen=True, slots=True)
class FoundCase:
    """`changed_at` is epoch seconds."""

    id: str
    number: int
    title: str
    state: CaseState
    changed_at: int


@dataclass(frozen=True, slots=True)
class FoundAttempt:
    """`at` is epoch seconds; `status` None without an answer; `is_known`: found by an id, its own or of the answer."""

    id: str
    title: str
    status: int | None
    at: int
    is_known: bool


def profiles(actor: Actor, wanted: LookedFor) -> list[NamedRow]:
    """Those that the actor may see, as far as they may fit."""
    names = ("client_id", "environment", "provider")
    found = _fitting(visible_to(Profile, actor, "view"), wanted, names)
    return [NamedRow(str(row[0]), row[1], row[4], row[2:], row[3]) for row in found.values_list("pk", "name", *names)]


def usable_profiles(actor: Actor, wanted: LookedFor, *, id: str = "") -> list[UsableProfile]:
    """Those that the actor may use, as far as they may fit; with an id that one alone, whatever is wanted."""
    names = ("client_id", "provider")
    seen = visible_to(Profile, actor, "use")
    found = seen.filter(pk=id) if id else _fitting(seen, wanted, names)
    managed = Exists(visible_to(Profile, actor, "manage").filter(pk=OuterRef("pk")))
    rows = found.values_list("pk", "name", "environment", *names, "api_id", "owner_id", managed)
    return [UsableProfile(str(r[0]), r[1], r[2], r[3:5], r[5] is not None, r[6] == actor.user_id, r[7]) for r in rows]


def apis(actor: Actor, wanted: LookedFor) -> list[NamedRow]:
    """The same for Apis."""
    found = _fitting(visible_to(Api, actor, "view"), wanted, ("base_url",))
    return [NamedRow(str(row[0]), row[1], row[2], row[2:]) for row in found.values_list("pk", "name", "base_url")]


def operations(actor: Actor, wanted: LookedFor) -> list[FoundOperation]:
    """Those of the Apis that the actor may see, of the last imported ones: no more are read than a few of the largest
    documents have.
    """
    seen = visible_to(ApiOperation, actor, "view")
    found = seen.filter(pk__in=seen.order_by("-pk").values("pk")[:LOOKED_THROUGH])
    for word in wanted.words:
        if "\0" not in word:  # PostgreSQL takes none, and no operation has one
            found = found.filter(search__contains=word)
    rows = found.order_by("api__name", "api_id", "position").values_list(
        "method", "path", "search", "api_id", "api__name"
    )
    return [FoundOperation(*row[:3], str(row[3]), row[4]) for row in rows[:MOST]]


def collections(actor: Actor, wanted: LookedFor) -> list[FoundCollection]:
    """Those of profiles that the actor may see."""
    seen = visible_to(Profile, actor, "view").values("pk")
    mine = visible_to(RequestCollection, actor, "view").filter(profile_id__in=seen)
    rows = _fitting(mine, wanted, ()).values_list("pk", "name", "profile_id", "profile__name")
    return [FoundCollection(str(row[0]), row[1], str(row[2]), row[3]) for row in rows[:MOST]]


def cases(actor: Actor, words: tuple[str, ...], number: int | None, *, now: int) -> list[FoundCase]:
    """The case of that number, and those that have a term beginning with each word, the last changed first."""
    seen = seen_by(actor, now)
    asked = (seen.filter(number=number) if number is not None else seen.none()).values("pk")
    if words:
        asked = asked.union(_with_words(actor, seen, words).values("pk"), all=True)
    is_named = Choice(When(number=number, then=Value(0)), default=Value(1)) if number is not None else Value(1)
    rows = seen.filter(pk__in=asked).order_by(is_named, "-changed_at", "-number")
    found = rows.values_list("pk", "number", "title", "state", "changed_at")[:MOST]
    return [
        FoundCase(str(key), number, json_text.load(title, str), CaseState(state), changed_at)
        for key, number, title, state, changed_at in found
    ]


def attempts(actor: Actor, reference: str, *, now: int) -> list[FoundAttempt]:
    """Those known by that id ("" for none) and the newest ones, newest first.

    Of those of others with a shared profile the last week's: only of one's own the newest stand in an index.
    """
    seen = visible_to(Attempt, actor, "view")
    profiles_seen = visible_to(Profile, actor, "view").values("pk")
    newest = (
        Attempt.objects.filter(owner_id=actor.user_id),
        Attempt.objects.filter(profile_id__in=profiles_seen, created_at__gte=now - LENT_S),
    )
    known = (seen.filter(**one) for one in _known_by(reference))
    parts = [*(_newest(one)[:RECENT] for one in newest), *(_newest(one)[:MOST] for one in known)]
    found = {row[0]: row for row in _together(part.values_list(*_ATTEMPT) for part in parts)}
    return sorted((_attempt(row, reference) for row in found.values()), key=lambda one: (one.at, one.id), reverse=True)


def _together(parts: Iterable["QuerySet[Attempt, tuple[Any, ...]]"]) -> list[tuple[Any, ...]]:
    """The rows of all parts, as they are stored. One below the other, and not chosen by their ids: where PostgreSQL
    knows too little of a table, it may compare each row with each.
    """
    found = [part.query.sql_with_params() for part in parts]
    statement = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part_{place}" for place, (sql, _) in enumerate(found))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _, values in found for value in values])
        return list(cursor.fetchall())


def _attempt(row: tuple[Any, ...], reference: str) -> FoundAttempt:
    key = str(uuid.UUID(str(row[0])))
    is_known = bool(reference) and reference in (key, row[4], row[5])
    return FoundAttempt(key, json_text.load(row[1], str), row[2], row[3], is_known=is_known)


def _fitting(rows: QuerySet[M], wanted: LookedFor, others: Iterable[str]) -> QuerySet[M]:
    """The rows that have each word somewhere, the likeliest first. SQLite compares letters beyond ASCII by their case,
    and PostgreSQL takes no NUL: such words are left to the core.
    """
    plain = [word for word in wanted.words if word.isascii() and word.isprintable()]
    for word in plain:
        some = Q(name__icontains=word)
        for name in others:
            some |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(some)
    if len(plain) < len(wanted.words):
        return rows.order_by("name", "pk")
    begins = When(name__istartswith=wanted.text, then=Value(1))
    order = Choice(When(name__iexact=wanted.text, then=Value(0)), begins, default=Value(2))
    return rows.order_by(order, "name", "pk")[:MOST]


def _with_words(actor: Actor, seen: QuerySet[Case], words: tuple[str, ...]) -> QuerySet[Case]:
    """Led by the longest word where somebody sees every case, else by what they see."""
    lead = max(words, key=len)
    if sees_every(Case, actor, "view"):
        few = case_terms.having(lead).order_by().values("case_id")[:FEW]
        seen = seen.filter(pk__in=few)
        words = tuple(word for word in words if word != lead)
    for word in words:
        seen = seen.filter(Exists(_of_case(word)))
    return seen


def _of_case(word: str) -> QuerySet[CaseTerm]:
    return case_terms.having(word).filter(case=OuterRef("pk"))


def _newest(rows: QuerySet[Attempt]) -> QuerySet[Attempt]:
    return rows.order_by("-created_at", "-id")


def _known_by(reference: str) -> list[dict[str, Any]]:
    if not reference:
        return []
    try:
        own = [{"pk": uuid.UUID(reference)}]
    except ValueError:
        own = []
    return [{"known_as": reference}, {"also_known_as": reference}, *own]
