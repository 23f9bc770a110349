"""Groups of people, to share with. For administrators."""

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.services.people import must_administer
from console.store import audit, groups, people
from console.store.groups import GroupRecord


def list_groups(actor: Actor) -> list[GroupRecord]:
    """By name."""
    must_administer(actor)
    return groups.list_all()


def make(actor: Actor, name: str) -> GroupRecord:
    """An empty group; raises Stale when another has the name."""
    must_administer(actor)
    with audit.together():
        made = groups.create(name, id=random.new_id(), now=clock.now())
        _audit(actor, Action.GROUP_MADE, made.id, made.name)
    return made


def rename(actor: Actor, group_id: str, name: str) -> None:
    """Raises NotFound, and Stale when another has the name."""
    must_administer(actor)
    before = groups.get(group_id)
    with audit.together():
        groups.rename(group_id, name)
        _audit(actor, Action.GROUP_RENAMED, group_id, f"from {before.name} to {name}")


def delete(actor: Actor, group_id: str) -> None:
    """With what was shared with it: its members lose that. Raises NotFound."""
    must_administer(actor)
    before = groups.get(group_id)
    with audit.together():
        groups.delete(group_id)
        _audit(actor, Action.GROUP_DELETED, group_id, f"{before.name}, with {len(before.members)} people in it")


def add(actor: Actor, group_id: str, person_id: int) -> None:
    """Puts a person into a group: what is shared with it is theirs from their next request on. Raises NotFound."""
    must_administer(actor)
    person = people.get(person_id)
    with audit.together():
        if groups.add(group_id, person_id, now=clock.now()):
            _audit(actor, Action.GROUP_JOINED, group_id, people.label(person))


def remove(actor: Actor, group_id: str, person_id: int) -> None:
    """Takes a person out of a group. Raises NotFound."""
    must_administer(actor)
    person = people.get(person_id)
    with audit.together():
        if groups.remove(group_id, person_id):
            _audit(actor, Action.GROUP_LEFT, group_id, people.label(person))


def _audit(actor: Actor, action: Action, group_id: str, detail: str) -> None:
    audit.append(actor, action, object_kind="group", object_id=group_id, result="done", now=clock.now(), detail=detail)
