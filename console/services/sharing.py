"""Letting others see, use or manage a profile, an Api or a case. Only who may manage it gives and takes rights on it.

Whoever has not been told of somebody finds them by their whole address, or by a name written out, and by nothing less:
docs/decisions/sharing.md says why.
"""

from dataclasses import replace

from console.adapters import clock
from console.core.access import Access, Kind, SharedWith, ShareRecord
from console.core.actor import Actor, Right, Role
from console.core.audit.actions import Action
from console.core.errors import NotAllowed, NotFound
from console.services import budget
from console.store import audit, groups, people, shares

WITH_TOKENS: tuple[Kind, ...] = ("profile", "connection")
"""Kinds whose users may be shown a token."""


def access(actor: Actor, kind: Kind, object_id: str, right: Right = "view") -> Access:
    """Who may do what with it, as far as the actor is told; raises NotFound when the actor has not that right."""
    return shares.access(actor, kind, object_id, right, now=clock.now())


def counts(actor: Actor, kind: Kind) -> dict[str, int]:
    """With how many people and groups each object is shared that the actor manages, by its id, for a list of them."""
    return shares.counts(actor, kind)


def suggested(actor: Actor) -> list[str]:
    """Names of groups that the actor knows of: their own, for an administrator all."""
    if actor.has(Role.ADMIN):
        return groups.names_of(None)
    return groups.names_of(actor.groups) if actor.groups else []


def named(actor: Actor, kind: Kind, object_id: str, text: str) -> SharedWith:
    """The one person or group that is called so, for who may manage the object.

    Raises NotFound for one that is not the actor's to manage, NotAllowed with words for a name that is nobody's or more
    than one's, and Busy for who asked for too many that are nobody's.
    """
    shares.owner_of(actor, kind, object_id, now=clock.now())
    return called(actor, text)


def called(actor: Actor, text: str) -> SharedWith:
    """As `named`, for callers that have checked who may let somebody in."""
    budget.must_look_up(actor)
    found = [
        *(SharedWith(person_id=one.user_id, name=one.email) for one in people.called(text)),
        *(SharedWith(group_id=one.id, name=one.name) for one in groups.called(text)),
    ]
    if not found:
        budget.count_missed(actor)
        raise NotAllowed(
            "Nobody here, and no group, is called so.",
            why="It must be the whole e-mail address that somebody signs in with, or a whole name.",
            do="Ask the person for the address that they sign in with here.",
            who="You can do this.",
        )
    if len(found) > 1:
        raise NotAllowed(
            "More than one person or group is called so.",
            why="The console does not guess which of them is meant.",
            do="Write the whole e-mail address of the person.",
            who="You can do this.",
        )
    return found[0]


def give(
    actor: Actor, kind: Kind, object_id: str, subject: SharedWith, *, right: Right, reveals_token: bool = False
) -> None:
    """Gives a right, or changes the one that was given. Raises NotFound, also for a person or group that is none.

    `reveals_token` lets who may use it see its token whole. It means something with "use" alone, and for kinds with
    tokens: who only views gets none, and who manages could have it sent to them.
    """
    now = clock.now()
    if subject.person_id is not None and subject.person_id == shares.owner_of(actor, kind, object_id, now=now):
        raise NotAllowed(
            "It cannot be shared with its owner.",
            why="Its owner has every right on it already.",
            do="Choose somebody else.",
            who="You can do this.",
        )
    reveals, target = reveals_token and right == "use" and kind in WITH_TOKENS, _named(subject)
    given = ShareRecord(target, right, now, reveals)
    with audit.together():
        before = shares.put(actor, kind, object_id, target, right=right, reveals_token=reveals, now=now)
        if before is None:
            _audit(actor, Action.SHARE_GIVEN, kind, object_id, f"{_words(given)} for {target.name}")
        elif _words(before) != _words(given):
            what = f"{_words(given)} instead of {_words(before)} for {target.name}"
            _audit(actor, Action.SHARE_CHANGED, kind, object_id, what)


def change(
    actor: Actor, kind: Kind, object_id: str, subject: SharedWith, *, right: Right, reveals_token: bool = False
) -> None:
    """Another right for who was given one; raises NotFound for who was not, whether they are here or not."""
    found = access(actor, kind, object_id, "manage").shares
    if not any(_is_same(one.subject, subject) for one in found):
        raise NotFound(
            "It is shared with nobody of that kind.",
            why="The right was taken away meanwhile.",
            do="Open the page again to see who may do what.",
            who="You can do this.",
        )
    give(actor, kind, object_id, subject, right=right, reveals_token=reveals_token)


def take(actor: Actor, kind: Kind, object_id: str, subject: SharedWith) -> None:
    """Takes a share away; one that is gone already stays gone. Raises NotFound."""
    found = access(actor, kind, object_id, "manage").shares
    if not any(_is_same(one.subject, subject) for one in found):
        return
    target = _named(subject)
    with audit.together():
        before = shares.take(actor, kind, object_id, target, now=clock.now())
        if before is not None:
            _audit(actor, Action.SHARE_TAKEN, kind, object_id, f"{_words(before)} for {target.name}")


def _is_same(one: SharedWith, other: SharedWith) -> bool:
    return (one.person_id, one.group_id) == (other.person_id, other.group_id)


def _words(share: ShareRecord) -> str:
    return f"{share.right}, token shown" if share.reveals_token else share.right


def _named(subject: SharedWith) -> SharedWith:
    """With the name as the audit trail has it; raises NotFound when there is no such person or group."""
    if subject.group_id is not None:
        return replace(subject, name=f"the group {groups.get(subject.group_id).name}")
    return replace(subject, name=people.label(people.get(subject.person_id or 0)))


def _audit(actor: Actor, action: Action, kind: Kind, object_id: str, detail: str) -> None:
    audit.append(actor, action, object_kind=kind, object_id=object_id, result="done", now=clock.now(), detail=detail)
