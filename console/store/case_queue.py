"""The queue of cases: pages of it, how many there are, and what it can be filtered by. No query reads evidence.

Each is as quick in a long queue as in a short one: nothing is counted further than a page says, and what few cases have
is looked for by those few. SQLite keeps no statistics that would tell it which they are, so it is not left a choice.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from console.core.actor import Actor
from console.core.cases.listing import (
    MANY,
    MANY_ALIKE,
    MANY_NEWS,
    OPEN,
    CaseFilter,
    FilterChoice,
    FilterChoices,
    QueuePlace,
    QueueRow,
)
from console.core.cases.state import CaseState
from console.models import Case, CaseNews, CaseSequence
from console.store import case_filters, json_text
from console.store.case_filters import Counted, of_tab, seen_by
from console.store.cases import OPEN_CASES, SEQUENCE
from console.store.visibility import sees_every, visible_to

RECENT = 200  # newest cases of a tab that are asked what there is to filter by
NEWS = "news"
_SEEN_BY_CHOICES = (
    "cause", "api_id", "api_name", "profile_id", "profile_name", "owner_id", "owner__email", "owner__display_name",
    "assignee_id", "assignee__email", "assignee__display_name",
)  # fmt: skip
_SHOWN = (
    *_SEEN_BY_CHOICES,
    *("pk", "number", "title", "state", "true_cause", "status", "alike", "created_at", "changed_at"),
)


def page(actor: Actor, wanted: CaseFilter, *, now: int, after: QueuePlace | None, limit: int) -> list[QueueRow]:
    """Last changed first, at most `limit` of those behind `after`. Two queries, and two more for a search."""
    found = case_filters.wanted(actor, wanted, now).order_by("-changed_at", "-number")
    if after is not None:
        behind = Q(changed_at__lt=after.changed_at) | Q(number__lt=after.number)
        found = found.filter(behind, changed_at__lte=after.changed_at)
    chosen = list(found.values_list("pk", flat=True)[:limit])
    return _rows(actor, chosen, now) if chosen else []


def of_causes(actor: Actor, causes: Iterable[str], *, now: int) -> dict[str, tuple[str, int]]:
    """By cause the open case (its id and number) that changed last and that the actor may write in."""
    found = visible_to(Case, actor, "use").filter(OPEN_CASES, expires_at__gt=now, cause__in=list(causes))
    newest = found.order_by("-changed_at", "-number").values_list("cause", "pk", "number")[:RECENT]
    return {cause: (str(pk), number) for cause, pk, number in reversed(newest) if cause}


def counts(actor: Actor, *, now: int) -> dict[str, int]:
    """How many cases each tab holds, by its value, MANY for that many or more; NEWS: open ones with news, MANY_NEWS for
    that many or more. One query."""
    seen = seen_by(actor, now)
    tabs = {name: seen.filter(of_tab(actor, name)) for name in (OPEN, *(state.value for state in CaseState))}
    columns = {f"in_{name}": Counted(rows.order_by().values("number")[:MANY]) for name, rows in tabs.items()}
    columns[f"in_{NEWS}"] = Counted(
        seen.filter(news__reader_id=actor.user_id, is_open=True).order_by().values("number")[:MANY_NEWS]
    )
    counted = CaseSequence.objects.filter(pk=SEQUENCE).annotate(**columns).values(*columns).first() or {}
    return {name.removeprefix("in_"): counted.get(name, 0) for name in columns}


def is_there(actor: Actor, chosen: CaseFilter, *, now: int) -> bool:
    """Whether any case that the actor sees, in whatever tab, has what the filter names. One query."""
    return case_filters.having(actor, chosen, now).exists()


def choices(actor: Actor, tab: str, *, now: int) -> FilterChoices:
    """What the newest cases of the tab can be filtered by: what none of them has is not offered. One query."""
    newest = case_filters.wanted(actor, CaseFilter(tab=tab), now).order_by("-changed_at", "-number")
    rows = list(newest.values(*_SEEN_BY_CHOICES)[:RECENT])
    return FilterChoices(
        apis=_choices((str(row["api_id"] or ""), _text(row["api_name"])) for row in rows),
        profiles=_choices((str(row["profile_id"] or ""), _text(row["profile_name"])) for row in rows),
        causes=_choices((row["cause"] or "", row["cause"] or "") for row in rows),
        assignees=_choices((str(row["assignee_id"] or ""), _name(row, "assignee")) for row in rows),
        people=_choices((str(row["owner_id"]), _name(row, "owner")) for row in rows),
    )


def _rows(actor: Actor, chosen: list[UUID], now: int) -> list[QueueRow]:
    """What the queue says of these cases, in their order."""
    # With the case itself, and of those who see all cases alone: so the index has all that is asked.
    # A case like no other is compared with NULL, which nothing equals: there are too many of those to count in vain.
    likes = seen_by(actor, now).filter(OPEN_CASES, alike=NullIf(OuterRef("alike"), Value(""))).order_by()
    sees_likes = sees_every(Case, actor, "view")
    many = Counted(likes.values("expires_at")[: MANY_ALIKE + 1]) if sees_likes else Value(0)
    unseen = CaseNews.objects.filter(reader_id=actor.user_id, case=OuterRef("pk")).values("kind")
    found = Case.objects.filter(pk__in=chosen).annotate(many=many, news_kind=Coalesce(Subquery(unseen), Value("")))
    by_id = {row["pk"]: row for row in found.values(*_SHOWN, "many", "news_kind")}
    return [_to_row(by_id[key], actor) for key in chosen if key in by_id]


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[FilterChoice, ...]:
    """Each once, by name; what has no row here any more is asked for by its name."""
    found = {value or name: name for value, name in pairs if name}
    return tuple(FilterChoice(value, name) for value, name in sorted(found.items(), key=lambda one: one[1].casefold()))


def _to_row(row: Mapping[str, Any], actor: Actor) -> QueueRow:
    return QueueRow(
        id=str(row["pk"]),
        number=row["number"],
        title=_text(row["title"]),
        state=CaseState(row["state"]),
        owner=_name(row, "owner"),
        assignee=_name(row, "assignee"),
        cause=row["cause"],
        status=row["status"],
        api=_text(row["api_name"]),
        profile=_text(row["profile_name"]),
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        true_cause=row["true_cause"],
        alike=row["alike"],
        others_alike=max(0, row["many"] - CaseState(row["state"]).is_open),
        news=row["news_kind"],
        is_own=row["owner_id"] == actor.user_id,
    )


def _name(row: Mapping[str, Any], who: str) -> str:
    return str(row[f"{who}__display_name"] or row[f"{who}__email"] or "")


def _text(kept: str) -> str:
    return json_text.load(kept, str)
