"""Reading the audit trail: a page of it, or all that a filter names. For administrators."""

from collections.abc import Iterator
from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.audit.filter import AuditFilter
from console.services import people
from console.store import audit, audit_objects
from console.store.audit import AuditRecord
from console.store.audit_objects import NamedObject

PAGE_SIZE = 50
EXPORT_STEP = 500  # entries in memory at once
LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Newest first. `names` are by (kind, id) of those objects that exist. Entries stand on the other side of it."""

    entries: list[AuditRecord]
    names: dict[tuple[str, str], NamedObject]
    has_newer: bool
    has_older: bool


def read(actor: Actor, wanted: AuditFilter, *, before: int | None = None, after: int | None = None) -> TrailPage:
    """The newest page; or the one below entry `before`, or the one above entry `after`."""
    people.must_administer(actor)
    if after is not None:
        found = audit.following(wanted=wanted, limit=PAGE_SIZE + 1, after=after)
        if len(found) > PAGE_SIZE:  # otherwise it is the newest page, which is shown full
            entries = found[PAGE_SIZE - 1 :: -1]
            has_older = bool(audit.recent(wanted=wanted, limit=1, before=entries[-1].number))
            return _page(actor, entries, has_newer=True, has_older=has_older)
        before = None
    found = audit.recent(wanted=wanted, limit=PAGE_SIZE + 1, before=before)
    entries = found[:PAGE_SIZE]
    above = entries[0].number if entries else (before or 1) - 1
    has_newer = before is not None and bool(audit.following(wanted=wanted, limit=1, after=above))
    return _page(actor, entries, has_newer=has_newer, has_older=len(found) > PAGE_SIZE)


def export(actor: Actor, wanted: AuditFilter, *, told: str) -> Iterator[AuditRecord]:
    """All that the filter names, oldest first, read in steps; that it was taken is an entry, made before the first one.

    `told` says in words what was asked for. What is appended meanwhile is not part of it.
    """
    people.must_administer(actor)
    audit.append(
        actor,
        Action.TRAIL_EXPORTED,
        object_kind="",
        object_id="",
        result="done",
        detail=told,
        now=clock.now(),
    )
    (newest,) = audit.recent(limit=1)
    return _all_of(wanted, newest.number)


def _all_of(wanted: AuditFilter, last: int) -> Iterator[AuditRecord]:
    after = 0
    while found := audit.following(wanted=wanted, limit=EXPORT_STEP, after=after, last=last):
        yield from found
        after = found[-1].number


def _page(actor: Actor, entries: list[AuditRecord], *, has_newer: bool, has_older: bool) -> TrailPage:
    objects = {(entry.object_kind, entry.object_id) for entry in entries}
    return TrailPage(entries, audit_objects.names(actor, objects, now=clock.now()), has_newer, has_older)
