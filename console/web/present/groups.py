"""Groups of people, and by what each of them is in."""

from collections.abc import Collection
from typing import Any

from console.services.groups import OpenGroup
from console.store.groups import GroupRecord, MemberRecord


def group_row(group: GroupRecord, claimed: Collection[str]) -> dict[str, Any]:
    return {
        "id": group.id,
        "name": group.name,
        "count": len(group.members),
        "is_claimed": group.name in claimed,
    }


def group_view(opened: OpenGroup) -> dict[str, Any]:
    group = opened.group
    return {
        **group_row(group, [group.name] if opened.is_claimed else []),
        "share_count": opened.share_count,
        "members": [_member(one) for one in group.members],
    }


def _member(member: MemberRecord) -> dict[str, Any]:
    by = {(True, False): "", (True, True): "by hand, and by the company’s sign-in"}
    return {
        "id": member.person_id,
        "email": member.email,
        "by": by.get((member.by_hand, member.by_claim), "by the company’s sign-in"),
        "can_take_out": member.by_hand,
    }
