"""What was changed of the things that calls depend on, as marks on their time line: of what the actor sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.core.actor import Actor
from console.core.attempts.history import HistoryFilter
from console.core.audit.changes import CHANGES, Changed
from console.sandbox.faults import fault
from console.store import attempt_hours, changes
from console.store.changes import ChangeRecord
from console.store.seen import SeenAttempts

_FAULT = "fault: "  # as services.sandbox tells the trail


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """One change. `told` is a part of a sentence ("the policy of Orders was changed"), `short` stands in a picture.

    `object_id` is an id of what can be opened, "" for somebody else's sandbox. `detail` is "" but for a sandbox.
    """

    at: int
    changed: Changed
    told: str
    short: str
    object_id: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MarkedObjects:
    """What marks are looked for: names by the id that the trail knows it by. `own` is the actor's sandbox."""

    names: Mapping[str, str]
    own: str = ""


def of_apis(api_ids: Iterable[str], api_names: Mapping[str, str]) -> MarkedObjects:
    """Those of these Apis that the actor sees: `api_names` are all of them."""
    return MarkedObjects({one: api_names[one] for one in api_ids if one in api_names})


def of(
    actor: Actor, own: SeenAttempts, api_ids: Iterable[str], api_names: Mapping[str, str], *, wanted: HistoryFilter
) -> MarkedObjects:
    """These Apis, the profile that is wanted or all that the actor sees, and the sandboxes of who called.

    A sandbox plays provider and gateway for the calls of its person. Who may view those is told that it changed.
    """
    names = dict(of_apis(api_ids, api_names).names)
    names |= {one: name for one, name in own.profiles if wanted.profile_id in ("", one)}
    sandboxes = attempt_hours.sandboxes_of(own, since=wanted.since)
    names |= {segment: "yours" if person == actor.user_id else address for person, address, segment in sandboxes}
    return MarkedObjects(names, next((segment for person, _, segment in sandboxes if person == actor.user_id), ""))


def between(since: int, until: int, marked: MarkedObjects) -> tuple[ChangeMark, ...]:
    """Oldest first."""
    return tuple(_mark(one, marked) for one in changes.between(since, until, of=marked.names))


def _detail(told: str) -> str:
    """What the trail says of a sandbox, in words: a fault by its title, and without the ids of its clients."""
    found = fault(told.removeprefix(_FAULT)) if told.startswith(_FAULT) else None
    if found:
        return f"fault: {found.title}"
    return " ".join(one for one in told.split() if not _is_id(one))


def _is_id(word: str) -> bool:
    return len(word) == 36 and word.count("-") == 4


def _mark(one: ChangeRecord, marked: MarkedObjects) -> ChangeMark:
    words, name = CHANGES[one.action], marked.names[one.object_id]
    if words.changed is not Changed.SANDBOX:
        return ChangeMark(one.at, words.changed, words.told.format(name), words.short, one.object_id)
    is_own = one.object_id == marked.own
    told = "your sandbox was changed" if is_own else words.told.format(name)
    return ChangeMark(one.at, words.changed, told, words.short, one.object_id if is_own else "", _detail(one.detail))
