"""The queue of cases: one page of it, with what stands in its tabs and what it can be filtered by."""

from collections.abc import Iterator
from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import Actor
from console.core.cases.listing import NOBODY, CaseFilter, FilterChoices, QueuePlace, QueueRow
from console.core.diagnosis import cause_title
from console.store import case_news, case_queue

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Queue:
    """`rows` are of one page; `has_more`: there are cases behind the last. `counts` by tab, and of those with news.

    `unknown` are parts of the filter that no case has which the actor sees, whatever its tab.
    """

    rows: tuple[QueueRow, ...]
    has_more: bool
    counts: dict[str, int]
    choices: FilterChoices
    unknown: tuple[str, ...] = ()


def queue(actor: Actor, wanted: CaseFilter, *, after: QueuePlace | None = None) -> Queue:
    """Last changed first. Three queries, whatever is asked and however long the queue is; where nothing is found, one
    more for each part of the filter.
    """
    now = clock.now()
    rows = case_queue.page(actor, wanted, now=now, after=after, limit=PAGE_SIZE + 1)
    choices = case_queue.choices(actor, wanted.tab, now=now)
    return Queue(
        rows=tuple(rows[:PAGE_SIZE]),
        has_more=len(rows) > PAGE_SIZE,
        counts=case_queue.counts(actor, now=now),
        choices=choices,
        unknown=() if rows else tuple(_unknown(actor, wanted, choices, now)),
    )


def _unknown(actor: Actor, wanted: CaseFilter, choices: FilterChoices, now: int) -> Iterator[str]:
    offered = {
        "api": choices.apis,
        "profile": choices.profiles,
        "cause": choices.causes,
        "assignee": choices.assignees,
        "person": choices.people,
    }
    for name, known in offered.items():
        value = getattr(wanted, name)
        if (
            value in ("", NOBODY)
            or any(one.value == value for one in known)
            or (name == "cause" and cause_title(value))
        ):
            continue
        if not case_queue.is_there(actor, CaseFilter(**{name: value}), now=now):
            yield name


def unseen_count(actor: Actor) -> int:
    """How many cases have news for the actor; no more than a badge can show are counted."""
    return case_news.count(actor, now=clock.now())
