"""Groups of people. Callers have checked that the actor administers."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from console.core.errors import NotFound, Stale
from console.models import Group, GroupMember

_MEMBERS = "members__person"


@dataclass(frozen=True, slots=True)
class MemberRecord:
    person_id: int
    email: str


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """`members` are in the order of their addresses."""

    id: str
    name: str
    members: tuple[MemberRecord, ...] = ()


def list_all() -> list[GroupRecord]:
    """By name; a fixed number of queries for all of them."""
    return [_to_record(row) for row in Group.objects.order_by("name", "id").prefetch_related(_MEMBERS)]


def get(group_id: str) -> GroupRecord:
    """Raises NotFound, also for an id that is none."""
    return _to_record(_row(group_id))


def called(name: str) -> list[GroupRecord]:
    """The group of that name, in whatever case; none or one, without its members."""
    return [GroupRecord(str(row.pk), row.name) for row in Group.objects.filter(name__iexact=name.strip())[:1]]


def names_of(ids: Iterable[str] | None) -> list[str]:
    """The names of these groups, or of all for None; by name."""
    found = Group.objects.all() if ids is None else Group.objects.filter(pk__in=[uuid.UUID(one) for one in ids])
    return list(found.order_by("name").values_list("name", flat=True))


def create(name: str, *, id: str, now: int) -> GroupRecord:
    """An empty group; raises Stale when another has the name, in whatever case."""
    with _named_once():
        row = Group.objects.create(id=uuid.UUID(id), name=name, created_at=now)
    return _to_record(row)


def rename(group_id: str, name: str) -> None:
    """Raises NotFound, and Stale when another has the name."""
    row = _row(group_id)
    with _named_once():
        Group.objects.filter(pk=row.pk).update(name=name)


def delete(group_id: str) -> None:
    """With its memberships, and with what was shared with it."""
    _row(group_id).delete()


def add(group_id: str, person_id: int, *, now: int) -> bool:
    """Whether the person was not in it before; raises NotFound for a group that is none."""
    _, is_new = GroupMember.objects.get_or_create(group=_row(group_id), person_id=person_id, defaults={"added_at": now})
    return is_new


def remove(group_id: str, person_id: int) -> bool:
    """Whether the person was in it; raises NotFound for a group that is none."""
    count, _ = GroupMember.objects.filter(group=_row(group_id), person_id=person_id).delete()
    return count > 0


@contextmanager
def _named_once() -> Iterator[None]:
    """The constraint on names in words: two administrators may write the same name at one moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Stale(
            "A group with this name is here already.",
            why="Groups are told apart by their names, in whatever case they are written.",
            do="Choose another name, or use the group that is there.",
            who="You can do this.",
        ) from None


def _row(group_id: str) -> Group:
    try:
        row = Group.objects.filter(pk=uuid.UUID(group_id)).prefetch_related(_MEMBERS).first()
    except ValueError:
        row = None
    if row is None:
        raise NotFound("There is no such group.", do="Go back to the list of groups.", who="You can do this.")
    return row


def _to_record(row: Group) -> GroupRecord:
    members = sorted(
        (MemberRecord(one.person_id, one.person.email) for one in row.members.all()), key=lambda one: one.email
    )
    return GroupRecord(str(row.pk), row.name, tuple(members))
