"""What was changed and when, by the audit trail: only of objects that the caller names, because the actor sees them."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.core.audit.actions import Action
from console.core.audit.changes import CHANGES
from console.models import AuditEntry
from console.store import json_text

MOST = 200


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """`at` is epoch seconds, `object_id` the id of an API or profile, of a sandbox its segment.

    `detail` is what the trail says of it. Who did it stays in the trail, which is for administrators.
    """

    at: int
    action: Action
    object_id: str
    detail: str


def between(since: int, until: int, *, of: Iterable[str], limit: int = MOST) -> list[ChangeRecord]:
    """The newest changes of these objects, from `since` to `until`, both with it (epoch seconds), oldest first."""
    wanted = [json_text.dump(one) for one in of]
    if not wanted:
        return []
    entries = AuditEntry.objects.filter(
        action__in=[action.value for action in CHANGES],
        happened_at__gte=since,
        happened_at__lte=until,
        object_id__in=wanted,
        result="done",
    )
    newest = entries.order_by("-happened_at", "-id").values_list("happened_at", "action", "object_id", "detail")[:limit]
    return [
        ChangeRecord(at, Action(action), json_text.load(object_id, str), json_text.load(detail, str) if detail else "")
        for at, action, object_id, detail in reversed(newest)
    ]
