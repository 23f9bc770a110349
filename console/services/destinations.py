"""Token and key go where the user of a profile accepted that its Api leads; what changed since then is asked first."""

import hashlib
from dataclasses import dataclass, replace

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.destination import AcceptedDestination, ApiDestination, Difference, described, differences
from console.core.errors import NotAllowed, Stale
from console.core.profile import Profile
from console.services import opening
from console.services.opening import NOWHERE, OpenProfile, accepted_of
from console.services.own_sandbox import OwnSandbox
from console.store import acceptance, apis, audit, credentials, vault


class Unconfirmed(NotAllowed):
    """The Api leads elsewhere than its user accepted: 403, and the profile's page has the button that confirms."""


@dataclass(frozen=True, slots=True)
class DestinationChange:
    """What differs between the accepted destination and that of now, sandbox addresses filled in.

    `is_first` when nothing was accepted before. `seen` names the destination of now: whoever confirms sends it back.
    `drops_key` when the stored subscription key was entered for the address before.
    """

    api_id: str
    api_name: str
    differences: tuple[Difference, ...]
    seen: str
    is_first: bool
    drops_key: bool


def current(actor: Actor, api_id: str | None) -> AcceptedDestination | None:
    """Where an Api leads now, as somebody who chooses it accepts it; raises NotFound for one the actor may not see."""
    if api_id is None:
        return None
    return AcceptedDestination(api_id, apis.get(actor, "view", api_id).value.destination)


def change_of(opened: OpenProfile) -> DestinationChange | None:
    """What the user of a profile is asked to confirm; None when its Api leads where they accepted."""
    api, accepted, profile = opened.written, accepted_of(opened.profile), opened.profile
    if api is None or accepted == api.destination:
        return None
    before = _filled(opened.own, accepted) if accepted else None
    return DestinationChange(
        api_id=api.id,
        api_name=api.name,
        differences=differences(before, _filled(opened.own, api.destination)),
        seen=_digest(api.destination),
        is_first=accepted is None,
        drops_key=profile.has_subscription_key and _moves(accepted, api.destination),
    )


def place_of(opened: OpenProfile) -> str:
    """Names the Api of a profile and where it leads now, "" without one: what began for one place is for no other."""
    api = opened.written
    return f"{api.id} {_digest(api.destination)}" if api is not None else ""


def to_confirm(opened: OpenProfile) -> DestinationChange | None:
    """The change as a page asks for it. None under a key ring that is not this database's: what was accepted cannot be
    read then, so it is not known whether anything changed, and nothing can be confirmed.
    """
    change = change_of(opened)
    return None if change is not None and vault.ring_problem() else change


def no_api(profile: Profile) -> NotAllowed:
    """Why there is nothing to call: the profile names no Api, or one that its user may not see.

    An Api that was deleted is named by no profile any more; one that is named is there, for others.
    """
    if profile.api_id is None:
        return NotAllowed(
            "This profile is for no API, so there is nothing to call.",
            why="Token and subscription key go only to the API that the profile names.",
            do="Edit the profile and choose its API.",
            who="You can do this.",
        )
    return NotAllowed(
        "The API of this profile is not open to you, so nothing can be sent to it.",
        why="It belongs to somebody else, who shares it with neither you nor everybody.",
        do="Ask whoever gave you the profile to share its API with you too.",
        who="The API’s owner can do this.",
    )


def require_accepted(opened: OpenProfile) -> None:
    """Raises Unconfirmed before anything leaves for an Api that leads elsewhere than accepted."""
    change, held = change_of(opened), opened.held
    if change is None:
        return
    names = ", ".join(difference.label for difference in change.differences)
    raise Unconfirmed(
        "Nothing was sent, because where the API leads is not what you accepted.",
        why=f"Changed since you accepted it: {names}." if not change.is_first else "Nothing was accepted yet.",
        do="Compare both on the profile's page, then confirm them or choose another API."
        if held.may("manage")
        else "Ask whoever manages the profile to compare both on its page and to confirm them.",
        who="You can do this." if held.may("manage") else "Whoever manages the profile can do this.",
    )


def accept(actor: Actor, profile_id: str, *, seen: str) -> tuple[str, ...]:
    """Accepts the destination that was `seen`; gives notes for people. Raises Stale when it changed again meanwhile.

    Only who may manage a profile decides where its secrets go.
    """
    opened = opening.of_profile(actor, "manage", profile_id)
    profile, api = opened.profile, opened.written
    if api is None:
        raise no_api(profile)
    if seen != _digest(api.destination):
        raise Stale(
            "The API was changed again while you were reading.",
            why="What you saw is no longer what it says.",
            do="Open the profile and compare once more.",
            who="You can do this.",
        )
    before = accepted_of(profile)
    detail = described(before or NOWHERE, api.destination)
    is_key_dropped = profile.has_subscription_key and _moves(before, api.destination)
    with audit.together():
        acceptance.accept(actor, profile_id, AcceptedDestination(api.id, api.destination))
        _audit(actor, Action.DESTINATION_CONFIRMED, profile_id, detail)
        if is_key_dropped:
            credentials.replace_subscription_key(actor, profile_id, None, bound_to="", now=clock.now())
            _audit(actor, Action.SUBSCRIPTION_KEY_REMOVED, profile_id, "the address of its API changed")
    if not is_key_dropped:
        return ()
    return ("The address changed, so the stored subscription key was discarded: enter it again.",)


def _audit(actor: Actor, action: Action, profile_id: str, detail: str) -> None:
    audit.append(
        actor,
        action,
        object_kind="profile",
        object_id=profile_id,
        result="done",
        now=clock.now(),
        detail=detail,
    )


def _moves(before: ApiDestination | None, after: ApiDestination) -> bool:
    return before is None or before.base_url != after.base_url


def _filled(own: OwnSandbox, place: ApiDestination) -> ApiDestination:
    """With the addresses of the sandbox as they are; as it was written where the key ring does not open the sandbox."""
    filled = own.filled_text
    return replace(place, base_url=filled(place.base_url), metadata_url=filled(place.metadata_url))


def _digest(place: ApiDestination) -> str:
    text = "\n".join((place.base_url, place.metadata_url, place.subscription_key_header))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
