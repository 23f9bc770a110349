"""Letting others see, use or manage a profile or an Api. Only who may manage it gives and takes rights on it."""

from dataclasses import replace

from console.adapters import clock
from console.core.actor import Actor, Right
from console.core.audit.actions import Action
from console.core.errors import NotAllowed
from console.store import audit, groups, people, shares
from console.store.shares import Kind, ShareRecord, Subject


def list_shares(actor: Actor, kind: Kind, object_id: str) -> list[ShareRecord]:
    """By person, then by group; raises NotFound for what is not the actor's to manage."""
    return shares.of_object(actor, kind, object_id)


def give(actor: Actor, kind: Kind, object_id: str, subject: Subject, *, right: Right) -> None:
    """Gives a right, or changes the one that was given. Raises NotFound, also for a person or group that is none."""
    if subject.person_id is not None and subject.person_id == shares.owner_of(actor, kind, object_id):
        raise NotAllowed(
            "It cannot be shared with its owner.",
            why="Its owner has every right on it already.",
            do="Choose somebody else.",
            who="You can do this.",
        )
    named = _named(subject)
    with audit.together():
        before = shares.put(actor, kind, object_id, named, right=right, now=clock.now())
        if before is None:
            _audit(actor, Action.SHARE_GIVEN, kind, object_id, f"{right} for {named.name}")
        elif before != right:
            _audit(actor, Action.SHARE_CHANGED, kind, object_id, f"{right} instead of {before} for {named.name}")


def take(actor: Actor, kind: Kind, object_id: str, subject: Subject) -> None:
    """Takes a share away; one that is gone already stays gone. Raises NotFound."""
    named = _named(subject)
    with audit.together():
        before = shares.take(actor, kind, object_id, named)
        if before is not None:
            _audit(actor, Action.SHARE_TAKEN, kind, object_id, f"{before} for {named.name}")


def _named(subject: Subject) -> Subject:
    """With the name as the audit trail has it; raises NotFound when there is no such person or group."""
    if subject.group_id is not None:
        return replace(subject, name=f"the group {groups.get(subject.group_id).name}")
    return replace(subject, name=people.label(people.get(subject.person_id or 0)))


def _audit(actor: Actor, action: Action, kind: Kind, object_id: str, detail: str) -> None:
    audit.append(actor, action, object_kind=kind, object_id=object_id, result="done", now=clock.now(), detail=detail)
