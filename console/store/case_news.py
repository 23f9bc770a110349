"""What of a case somebody has not seen yet: a row for each reader, gone when they open it."""

import uuid
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

from django.db import connection

from console.core.actor import Actor, Role
from console.core.cases.listing import MANY_NEWS
from console.models import Case, CaseNews, Person
from console.store.visibility import visible_to

News = Literal["new", "answered"]
_NOW = -1  # no id, and no moment that a case could expire at


def tell(case_id: str, readers: Iterable[int], kind: News) -> None:
    """Marks the case as new, or as answered, for those people; what is new to somebody stays new until they open it."""
    made = [CaseNews(reader_id=reader, case_id=uuid.UUID(case_id), kind=kind) for reader in sorted(set(readers))]
    CaseNews.objects.bulk_create(made, ignore_conflicts=True)


def seen(actor: Actor, case_id: str) -> None:
    CaseNews.objects.filter(reader_id=actor.user_id, case_id=uuid.UUID(case_id)).delete()


def settle(case_id: str, *, keep: Iterable[int]) -> None:
    """It is nobody's news any more but theirs: somebody looks after it."""
    CaseNews.objects.filter(case_id=uuid.UUID(case_id)).exclude(reader_id__in=set(keep)).delete()


def count(actor: Actor, *, now: int) -> int:
    """How many cases with news the actor sees, MANY_NEWS for that many or more. One query, by the reader's index."""
    statement, values = _statement(Actor(actor.user_id, "", actor.roles, actor.groups))
    with connection.cursor() as cursor:
        cursor.execute(statement, [now if value == _NOW else value for value in values])
        return len(cursor.fetchall())


@lru_cache(maxsize=512)
def _statement(actor: Actor) -> tuple[str, tuple[Any, ...]]:
    """The query as SQL, composed once for a person, their roles and groups: every page asks it. The answer is of now,
    which stands in place of _NOW.
    """
    theirs = visible_to(Case, actor, "view").filter(news__reader_id=actor.user_id, expires_at__gt=_NOW).order_by()
    statement, values = theirs.values_list("pk")[:MANY_NEWS].query.sql_with_params()
    return statement, tuple(values)


def staff() -> list[tuple[int, str]]:
    """Id and name of whoever looks after cases: open accounts with the role support; without any, administrators."""
    rows = Person.objects.filter(is_active=True).exclude(roles="").order_by("pk")
    people = rows.values_list("pk", "display_name", "email", "roles")
    found = [(key, name or email, roles.split()) for key, name, email, roles in people]
    support = [(key, name) for key, name, roles in found if Role.SUPPORT in roles]
    return support or [(key, name) for key, name, roles in found if Role.ADMIN in roles]


def addresses(people: Iterable[int]) -> dict[int, str]:
    """Where each of them reads mail; without those whose account is closed."""
    return dict(Person.objects.filter(pk__in=set(people), is_active=True).values_list("pk", "email"))
