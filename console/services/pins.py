"""What is pinned stays in the history when the rest has had its time, until somebody unpins it."""

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.errors import NotAllowed
from console.store import attempts, audit

MOST = 200  # of one person: each of them stays for good


def pin(actor: Actor, attempt_id: str, *, wants_kept: bool) -> None:
    """Raises NotFound where the attempt is not theirs to manage, NotAllowed where too many are pinned already."""
    record = attempts.get(actor, attempt_id, "manage").value
    if record.is_pinned == wants_kept:
        return
    if wants_kept and record.owner_id is not None and attempts.count_pinned(record.owner_id) >= MOST:
        raise NotAllowed(
            f"{MOST} attempts are pinned already, and that is the most.",
            why="Each of them is kept for good.",
            do="Unpin one that is not needed any more: the history lists them.",
            who="You can do this.",
        )
    now = clock.now()
    with audit.together():
        attempts.pin(actor, attempt_id, now if wants_kept else None)
        audit.append(
            actor,
            Action.ATTEMPT_PINNED if wants_kept else Action.ATTEMPT_UNPINNED,
            object_kind="attempt",
            object_id=attempt_id,
            result="done",
            now=now,
            detail=f"{record.kind}: {record.title}",
        )
