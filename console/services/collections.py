"""Collections of a profile: saved requests that are sent in a row. Every function wants the profile opened: "view" to
list and open them, "use" for everything else.
"""

from collections.abc import Sequence
from dataclasses import replace

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.collections.collection import MOST_STEPS, Collection, CollectionStep
from console.core.errors import NotAllowed, NotFound
from console.core.held import Held
from console.services import budget
from console.services.opening import OpenProfile
from console.store import audit, json_text
from console.store import collections as store

MOST = 50  # of one profile


def of_profile(opened: OpenProfile) -> list[Held[Collection]]:
    """Those of a profile, by name; `manage` on one: change and delete it."""
    return store.of_profile(opened.actor, opened.profile.id)


def open_collection(opened: OpenProfile, collection_id: str) -> Held[Collection]:
    """Raises NotFound when the profile has none of that id."""
    found = store.get(opened.actor, "view", collection_id)
    if found.value.profile_id != opened.profile.id:
        raise NotFound("There is no such collection of this profile.")
    return found


def to_change(opened: OpenProfile, collection_id: str) -> Collection:
    """One that the actor may change; raises NotFound for any other."""
    found = store.get(opened.actor, "manage", collection_id).value
    if found.profile_id != opened.profile.id:
        raise NotFound("There is no such collection of this profile.")
    return found


def called(actor: Actor, wanted: str) -> list[Collection]:
    """Those that the actor may see, whatever their profile, by id or by name; a few of a name at most."""
    return store.called(actor, wanted, limit=20)


def make(opened: OpenProfile, name: str, steps: Sequence[CollectionStep], *, stops_early: bool) -> Collection:
    """Raises Stale when the profile has one of that name, NotAllowed when it has too many, Busy."""
    if store.count(opened.actor, opened.profile.id) >= MOST:
        raise NotAllowed(
            f"This profile has {MOST} collections, as many as one may.",
            do="Delete those that nobody needs, then make this one.",
            who="You can do this.",
        )
    id_, now = random.ordered_id(clock.now_us()), clock.now()
    made = Collection(id_, opened.profile.id, name, tuple(steps[:MOST_STEPS]), stops_early, changed_at=now)
    budget.keep(opened.actor, json_text.size_of(made))
    with audit.together():
        store.create(opened.actor, made)
        _audit(opened, Action.COLLECTION_MADE, name)
    return made


def change(
    opened: OpenProfile,
    before: Collection,
    *,
    name: str,
    steps: Sequence[CollectionStep],
    stops_early: bool,
    version: int,
) -> Collection:
    """`version` is the one that the change was begun on; raises Stale when it is another by now, Busy."""
    after = replace(
        before,
        name=name,
        steps=tuple(steps[:MOST_STEPS]),
        stops_early=stops_early,
        version=version + 1,
        changed_at=clock.now(),
    )
    budget.keep(opened.actor, json_text.size_of(after))
    with audit.together():
        store.update(opened.actor, after, was=version)
        _audit(opened, Action.COLLECTION_CHANGED, name)
    return after


def delete(opened: OpenProfile, collection_id: str) -> None:
    """With its runs; the calls that they made stay in the history. Raises NotFound when it is not theirs to change."""
    before = to_change(opened, collection_id)
    with audit.together():
        store.delete(opened.actor, before.id)
        _audit(opened, Action.COLLECTION_DELETED, before.name)


def _audit(opened: OpenProfile, action: Action, name: str) -> None:
    id_, now = opened.profile.id, clock.now()
    audit.append(opened.actor, action, object_kind="profile", object_id=id_, result="done", now=now, detail=name)
