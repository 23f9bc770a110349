"""Which rows an actor may see, use and manage, and what they may do with each. Every query for an actor begins here."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal, TypeVar, cast
from uuid import UUID

from django.db import connection
from django.db.models import Case as Choice
from django.db.models import F, Model, Q, QuerySet, TextField, Value, When

from console.core.actor import RIGHTS, Actor, Right, Role, at_least, held_with
from console.core.held import Held
from console.core.runs import collection, matrix, preflight
from console.models import (
    Api,
    ApiMatrix,
    ApiOperation,
    Attempt,
    Case,
    Connection,
    Group,
    ImportedDocument,
    PolicySample,
    Profile,
    RequestCollection,
    Run,
    SavedRequest,
    Share,
)

M = TypeVar("M", bound=Model)
T = TypeVar("T")
# Kinds that tell of a profile what was tried with it.
OF_PROFILES = (preflight.KIND.code, matrix.KIND.code, collection.KIND.code)
EVERY = Q(pk__isnull=False)  # an empty Q stands for no condition of a CASE


def _owner(actor: Actor) -> Q:
    return Q(owner_id=actor.user_id)


def _shared(actor: Actor, right: Right, column: str) -> QuerySet[Share, int]:
    """The ids of what is shared with that right, or a stronger one, with the actor or a group of theirs.

    `column` names the kind: profile_id, connection_id, api_id or case_id. A sub-query: it is part
    of the one that asks for the rows.
    """
    given = Share.objects.filter(_given_to(actor), right__in=at_least(right), **{f"{column}__isnull": False})
    return given.values_list(column, flat=True)


def _given_to(actor: Actor) -> Q:
    theirs = Q(person_id=actor.user_id)
    return theirs | Q(group_id__in=sorted(actor.groups)) if actor.groups else theirs


def shown_whole_to(actor: Actor) -> QuerySet[Share]:
    """The shares that let the actor see a token whole."""
    return Share.objects.filter(_given_to(actor), reveals_token=True)


def _profile(actor: Actor, right: Right) -> Q:
    """A union and no OR: PostgreSQL reads the whole table for a condition of which one half is a sub-query."""
    own = Profile.objects.filter(_owner(actor)).values_list("pk", flat=True)
    return Q(pk__in=own.union(_shared(actor, right, "profile_id"), all=True))


def _connection(actor: Actor, right: Right) -> Q:
    """Whose it is, and whom it is shared with: it lends what somebody signed in for, and no right on the profile does.

    It uses the profile's client, so it reaches no further than that is lent: somebody's own connection ends with their
    use of the profile, and so does what they shared of it. What the profile's owner shares is lent by that.
    """
    may_use = Q(profile_id__in=visible_to(Profile, actor, "use").values("pk"))
    is_lent = may_use | Q(owner_id=F("profile__owner_id"))
    return (_owner(actor) & may_use) | (Q(pk__in=_shared(actor, right, "connection_id")) & is_lent)


def _attempt(actor: Actor, right: Right) -> Q:
    """Whoever may view a profile views what was tried with it, which is redacted; the rest is for who tried it.

    Support sees cases: what somebody chose to share.
    """
    if right != "view":
        return _owner(actor)
    return _owner(actor) | Q(profile_id__in=visible_to(Profile, actor, "view").values("pk"))


def _run(actor: Actor, right: Right) -> Q:
    """As the attempt that began it; a preflight, a matrix and a collection as what was tried with their profile. Any
    other that no attempt began may hold what signs its owner in: it is theirs alone.
    """
    if right != "view":
        return _owner(actor)
    of_profile = Q(kind__in=OF_PROFILES, profile_id__in=visible_to(Profile, actor, "view").values("pk"))
    return _owner(actor) | of_profile | Q(attempt_id__in=visible_to(Attempt, actor, "view").values("pk"))


def _api(actor: Actor, right: Right) -> Q:
    if actor.has(Role.ADMIN):
        return EVERY
    given = _owner(actor) | Q(pk__in=_shared(actor, right, "api_id"))
    return given if right == "manage" else given | Q(is_published=True)


def _sample(actor: Actor, right: Right) -> Q:
    """The rows of an Api's table go with the Api, as its operations and its document do."""
    if actor.has(Role.ADMIN):
        return EVERY
    given = Q(api__owner_id=actor.user_id) | Q(api_id__in=_shared(actor, right, "api_id"))
    return given if right == "manage" else given | Q(api__is_published=True)


def _saved_request(actor: Actor, right: Right) -> Q:
    """What has a name goes with its profile; who saved it may do with it what they like. What somebody sent last is
    theirs alone. Whoever asks has the profile open.
    """
    of_profile = Q(profile_id__in=visible_to(Profile, actor, right).values("pk"))
    return _owner(actor) | (of_profile & ~Q(name=""))


def _collection(actor: Actor, right: Right) -> Q:
    """Goes with its profile; who made it may change it. Whoever asks has the profile open."""
    return _owner(actor) | Q(profile_id__in=visible_to(Profile, actor, right).values("pk"))


def _case(actor: Actor, right: Right) -> Q:
    """Support reads and comments; who may delete it is its owner, an administrator, and who was given that."""
    if actor.has(Role.ADMIN) or (right != "manage" and actor.has(Role.SUPPORT)):
        return EVERY
    own = Case.objects.filter(_owner(actor)).values_list("pk", flat=True)
    return Q(pk__in=own.union(_shared(actor, right, "case_id"), all=True))  # why, _profile says


def _group(actor: Actor, right: Right) -> Q:
    """Administrators look after them; who is in one knows of it."""
    if actor.has(Role.ADMIN):
        return EVERY
    return Q(pk__in=sorted(actor.groups) if right == "view" else [])


RULES: dict[type[Model], Callable[[Actor, Right], Q]] = {
    Profile: _profile,
    Connection: _connection,
    Attempt: _attempt,
    Run: _run,
    Api: _api,
    Case: _case,
    Group: _group,
    PolicySample: _sample,
    ApiMatrix: _sample,
    ApiOperation: _sample,
    ImportedDocument: _sample,
    SavedRequest: _saved_request,
    RequestCollection: _collection,
}


def visible_to(model: type[M], actor: Actor, right: Right) -> QuerySet[M]:
    """The rows on which the actor has that right; all of them for the system."""
    rows = model._default_manager.all()
    return rows if sees_every(model, actor, right) else rows.filter(RULES[model](actor, right))


def sees_every(model: type[Model], actor: Actor, right: Right) -> bool:
    """Whether the actor has that right on all rows: then no condition stands where an index may answer alone."""
    return actor.is_system or RULES[model](actor, right) is EVERY


def held_by(model: type[M], actor: Actor, right: Right) -> QuerySet[M]:
    """As `visible_to`, each row with the strongest right that the actor has on it, and with its owner's address: one
    query, by the same rules.

    `held` makes of it what the layers above are given.
    """
    rows = visible_to(model, actor, right).annotate(owner_email=F("owner__email"))
    if actor.is_system:
        return cast("QuerySet[M]", rows)  # `held` knows
    stronger = [When(RULES[model](actor, one), then=Value(one)) for one in reversed(RIGHTS[1:])]
    strongest = Choice(*stronger, default=Value(RIGHTS[0]), output_field=TextField())
    return cast("QuerySet[M]", rows.annotate(held_right=strongest))


def with_rights(model: type[M], rows: QuerySet[M], actor: Actor) -> QuerySet[M]:
    """Rows that the caller may list for another reason, each with the actor's strongest right on it, "" for none."""
    stronger = [When(RULES[model](actor, one), then=Value(one)) for one in reversed(RIGHTS)]
    strongest = Choice(*stronger, default=Value(""), output_field=TextField())
    return cast("QuerySet[M]", rows.annotate(owner_email=F("owner__email"), held_right=strongest))


def held(
    row: Profile | Connection | Api | Attempt | Run | Case | SavedRequest | RequestCollection, value: T, actor: Actor
) -> Held[T]:
    """The value of a row that came from `held_by`, with the actor's rights on it; the system has them all."""
    strongest: Right | Literal[""] = RIGHTS[-1] if actor.is_system else row.held_right  # type: ignore[union-attr]
    owner: str = row.owner_email  # type: ignore[union-attr]
    rights = held_with(strongest) if strongest else frozenset[Right]()
    return Held(value, rights, is_own=row.owner_id == actor.user_id, owner=owner)


def names_of(model: type[Api] | type[Profile], actor: Actor) -> list[tuple[str, str]]:
    """Id and name of each row the actor may see, by name: what a list to choose from needs, and no more."""
    statement, values = _names_statement(model, Actor(actor.user_id, "", actor.roles, actor.groups))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [(str(UUID(str(id_))), name) for id_, name in cursor]


def all_names(actor: Actor) -> dict[type[Api] | type[Profile], list[tuple[str, str]]]:
    """`names_of` profiles and Apis together, in one question."""
    kinds: dict[str, type[Api] | type[Profile]] = {"profile": Profile, "api": Api}
    plain = Actor(actor.user_id, "", actor.roles, actor.groups)
    asked = {kind: _names_statement(model, plain) for kind, model in kinds.items()}
    parts = [f"SELECT '{kind}' AS kind, id, name FROM ({sql}) AS {kind}_names" for kind, (sql, _) in asked.items()]  # noqa: S608 (of our own queries alone)
    found: dict[type[Api] | type[Profile], list[tuple[str, str]]] = {model: [] for model in kinds.values()}
    with connection.cursor() as cursor:
        statement = f"{' UNION ALL '.join(parts)} ORDER BY kind, name, id"
        cursor.execute(statement, [value for _, values in asked.values() for value in values])
        for kind, id_, name in cursor:
            found[kinds[kind]].append((str(UUID(str(id_))), name))
    return found


@lru_cache(maxsize=512)
def _names_statement(model: type[Api] | type[Profile], actor: Actor) -> tuple[str, tuple[Any, ...]]:
    """The query as SQL, composed once for a person, their roles and groups: composing costs far more than asking.

    What is kept is the question; every answer is the database's of now.
    """
    rows = visible_to(model, actor, "view").order_by("name", "id").values_list("id", "name")
    statement, values = rows.query.sql_with_params()
    return statement, tuple(values)
