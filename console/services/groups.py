"""Groups of people, to share with. For administrators; what the company's sign-in fills, `company_groups` does."""

from dataclasses import dataclass

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.errors import NotAllowed
from console.services import company_groups
from console.services.people import must_administer
from console.store import audit, groups, people
from console.store.groups import GroupRecord


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """`share_count` things are shared with it. `is_claimed`: the company's sign-in fills it."""

    group: GroupRecord
    share_count: int
    is_claimed: bool


def list_groups(actor: Actor) -> list[GroupRecord]:
    """By name."""
    must_administer(actor)
    return groups.list_all()


def open_group(actor: Actor, group_id: str) -> OpenGroup:
    """Raises NotFound."""
    must_administer(actor)
    found = groups.get(group_id)
    return OpenGroup(found, groups.share_count(group_id), is_claimed=found.name in company_groups.names())


def make(actor: Actor, name: str) -> GroupRecord:
    """An empty group; raises Stale when another has the name."""
    must_administer(actor)
    with audit.together():
        made = groups.create(name, id=random.new_id(), now=clock.now())
        _audit(actor, Action.GROUP_MADE, made.id, made.name)
    return made


def rename(actor: Actor, group_id: str, name: str) -> None:
    """Raises NotFound, Stale when another has the name, and NotAllowed for one that the settings name."""
    must_administer(actor)
    before = groups.get(group_id)
    if before.name in company_groups.names():
        raise NotAllowed(
            "This group is named in the console's settings.",
            why="The company's sign-in fills it; under another name it would make a new one at the next sign-in.",
            do="Change its name in CONSOLE_OIDC_GROUPS as well: first there, then here.",
            who="Whoever runs the server can do this.",
        )
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


def add_called(actor: Actor, group_id: str, text: str) -> str:
    """Puts the person in who has that address, or that whole name; gives their address.

    Raises NotFound for a group that is none, NotAllowed with words for a name that is nobody's or more than one's.
    """
    must_administer(actor)
    found = people.called(text)
    if len(found) != 1:
        raise NotAllowed(
            "More than one person is called so." if found else "Nobody here is called so.",
            why="It must be one person, whose account is open.",
            do="Write the whole e-mail address; the list of people has it.",
            who="You can do this.",
        )
    add(actor, group_id, found[0].user_id or 0)
    return found[0].email


def remove(actor: Actor, group_id: str, person_id: int) -> None:
    """Takes a person out of a group. Raises NotFound, and NotAllowed for who is in it by the company's word alone."""
    must_administer(actor)
    person = people.get(person_id)
    if any(one.person_id == person_id and not one.by_hand for one in groups.get(group_id).members):
        raise NotAllowed(
            f"{person.email} is in this group because the company's sign-in says so.",
            why="They would be in it again at their next sign-in.",
            do="Take them out of the group at the company; it counts here from their next sign-in on.",
            who="Whoever looks after the company's accounts can do this.",
        )
    with audit.together():
        if groups.remove(group_id, person_id):
            _audit(actor, Action.GROUP_LEFT, group_id, people.label(person))


def _audit(actor: Actor, action: Action, group_id: str, detail: str) -> None:
    audit.append(actor, action, object_kind="group", object_id=group_id, result="done", now=clock.now(), detail=detail)
