"""Which cases somebody wants to see: one query, led by what the fewest cases have."""

import uuid
from typing import Any

from django.db import connection
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from console.core.actor import Actor
from console.core.cases.listing import NOBODY, OPEN, CaseFilter
from console.core.cases.state import CaseState
from console.core.cases.terms import asked_of
from console.models import Case, CaseNews, CaseSequence, CaseTerm
from console.store import case_terms, json_text
from console.store.cases import OPEN_CASES, SEQUENCE
from console.store.visibility import sees_every, visible_to

_INDEXED = {"api_id", "profile_id", "cause", "owner_id", "number", "assignee_id"}
FEW = 1_000  # so many cases are looked at one by one; what more have is soon met in the order of the queue


class Counted(Subquery):
    """How many rows a limited subquery gives."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def seen_by(actor: Actor, now: int) -> QuerySet[Case]:
    return visible_to(Case, actor, "view").filter(expires_at__gt=now)


def wanted(actor: Actor, chosen: CaseFilter, now: int) -> QuerySet[Case]:
    """The cases that the filter asks for, in no order yet."""
    seen, exact, marks = seen_by(actor, now), _exact(chosen), _marks(actor, chosen)
    few = _fewest(marks)
    has_lead = few is not None or _is_led(exact) or (chosen.like is not None and chosen.tab != OPEN)
    found = seen.filter(of_tab(actor, chosen.tab, has_lead=has_lead), **exact, **_times(chosen))
    if chosen.like is not None:
        like = seen.filter(number=chosen.like).exclude(alike="")
        found = found.filter(alike=Subquery(like.values("alike")))
    return _marked(found if few is None else found.filter(pk__in=few), marks)


def having(actor: Actor, chosen: CaseFilter, now: int) -> QuerySet[Case]:
    """Those that have what the filter names, in whatever tab and at whatever time."""
    return _marked(seen_by(actor, now).filter(**_exact(chosen)), _marks(actor, chosen))


def _marked(found: QuerySet[Case], marks: list[QuerySet[CaseTerm] | QuerySet[CaseNews]]) -> QuerySet[Case]:
    for mark in marks:
        found = found.filter(Exists(mark.filter(case=OuterRef("pk"))))
    return found


def _is_led(exact: dict[str, Any]) -> bool:
    """Whether an index leads. PostgreSQL does not see that an index of what is NULL is in its order."""
    return not _INDEXED.isdisjoint(exact) or ("assignee__isnull" in exact and connection.vendor == "sqlite")


def of_tab(actor: Actor, tab: str, *, has_lead: bool = False) -> Q:
    """The state, in the order of whose index the queue is read; where something else leads (what the actor sees are
    only their own), in a form for which no index is taken."""
    if has_lead or not sees_every(Case, actor, "view"):
        others = [one.value for one in CaseState if not (one.is_open if tab == OPEN else one.value == tab)]
        return ~Q(state__in=others)
    return OPEN_CASES if tab == OPEN else Q(state=tab)


def _exact(chosen: CaseFilter) -> dict[str, Any]:
    """What an index has. The number alone finds its case."""
    found: dict[str, Any] = {**_named("api", chosen.api), **_named("profile", chosen.profile)}
    if chosen.cause:
        found["cause"] = chosen.cause
    if chosen.person:
        found["owner_id"] = int(chosen.person)
    if chosen.number is not None:
        found["number"] = chosen.number
    if chosen.assignee == NOBODY:
        found["assignee__isnull"] = True
    elif chosen.assignee:
        found["assignee_id"] = int(chosen.assignee)
    return found


def _times(chosen: CaseFilter) -> dict[str, int]:
    since = {"changed_at__gte": chosen.since} if chosen.since is not None else {}
    return since | ({"changed_at__lt": chosen.until} if chosen.until is not None else {})


def _named(column: str, value: str) -> dict[str, Any]:
    """By the row where the value is its id, else by the name as the case saw it."""
    if not value:
        return {}
    return {f"{column}_id": uuid.UUID(value)} if _is_id(value) else {f"{column}_name": json_text.dump(value)}


def _is_id(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


def _marks(actor: Actor, chosen: CaseFilter) -> list[QuerySet[CaseTerm] | QuerySet[CaseNews]]:
    """Rows beside a case that it must have: a word, one of a name by which it is filtered, news."""
    names = [word for name in (chosen.api, chosen.profile) if not _is_id(name) for word in asked_of(name)]
    found: list[QuerySet[CaseTerm] | QuerySet[CaseNews]] = [case_terms.having(word) for word in (*chosen.words, *names)]
    return [*found, CaseNews.objects.filter(reader_id=actor.user_id)] if chosen.has_news else found


def _fewest(marks: list[QuerySet[CaseTerm] | QuerySet[CaseNews]]) -> list[uuid.UUID] | None:
    """The cases that have the mark which the fewest have; None when each has FEW or more. Two queries."""
    if not marks:
        return None
    columns = {f"with_{number}": Counted(mark.order_by().values("case_id")[:FEW]) for number, mark in enumerate(marks)}
    counted = CaseSequence.objects.filter(pk=SEQUENCE).annotate(**columns).values_list(*columns).first()
    if counted is None or min(counted) >= FEW:
        return None
    return list(marks[counted.index(min(counted))].order_by().values_list("case_id", flat=True)[:FEW])
