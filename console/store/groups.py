"""Groups of people. Callers have checked that the actor administers."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from console.core.errors import NotFound, Stale
from console.models import Group, GroupMember, Share

_MEMBERS = "members__person"


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """`by_hand` an administrator put them there, `by_claim` the company's sign-in said so; one of both at least."""

    person_id: int
    email: str
    by_hand: bool = True
    by_claim: bool = False


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


def ids_of(names: Iterable[str]) -> dict[str, str]:
    """The id of each group of these names, in whatever case, by the name as it was asked for."""
    wanted = {name.lower(): name for name in names}
    found = Group.objects.annotate(lowered=Lower("name")).filter(lowered__in=list(wanted))
    return {wanted[lowered]: str(key) for key, lowered in found.values_list("pk", "lowered") if lowered in wanted}


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
    """By hand; whether the person was not in it by hand before. Raises NotFound for a group that is none."""
    found, is_new = GroupMember.objects.get_or_create(
        group=_row(group_id), person_id=person_id, defaults={"added_at": now}
    )
    return is_new or GroupMember.objects.filter(pk=found.pk, by_hand=False).update(by_hand=True) == 1


def remove(group_id: str, person_id: int) -> bool:
    """By hand; whether the person was in it by hand. What the company's sign-in said of them stays.

    Raises NotFound for a group that is none.
    """
    found = GroupMember.objects.filter(group=_row(group_id), person_id=person_id, by_hand=True)
    stays = found.filter(by_claim=True).update(by_hand=False)
    count, _ = found.delete()
    return stays + count > 0


def set_claimed(person_id: int, group_ids: Iterable[str], *, now: int) -> tuple[list[str], list[str]]:
    """In these groups the person is by the company's word, and in no other; gives the ids of those that are new and of
    those that are over. What was given by hand stays. A fixed number of queries.
    """
    wanted = {uuid.UUID(one) for one in group_ids}
    mine = GroupMember.objects.filter(person_id=person_id)
    before = dict(mine.values_list("group_id", "by_claim"))
    over = {one for one, by_claim in before.items() if by_claim and one not in wanted}
    new = {one for one in wanted if not before.get(one, False)}
    if over:
        mine.filter(group_id__in=over, by_hand=True).update(by_claim=False)
        mine.filter(group_id__in=over, by_hand=False).delete()
    if new:
        mine.filter(group_id__in=new).update(by_claim=True)
        missing = (GroupMember(group_id=one, person_id=person_id, added_at=now) for one in new - before.keys())
        GroupMember.objects.bulk_create([_claimed(one) for one in missing])
    return sorted(map(str, new)), sorted(map(str, over))


def share_count(group_id: str) -> int:
    """How many things are shared with the group."""
    return Share.objects.filter(group=_row(group_id)).count()


def _claimed(member: GroupMember) -> GroupMember:
    member.by_hand, member.by_claim = False, True
    return member


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
        (MemberRecord(one.person_id, one.person.email, one.by_hand, one.by_claim) for one in row.members.all()),
        key=lambda one: one.email,
    )
    return GroupRecord(str(row.pk), row.name, tuple(members))
