"""The token that a profile passes on or exchanges: another profile's, got by the same service, or one that was pasted.

Whoever asks needs the use of the profile that it comes from. It goes to that profile's own provider, or elsewhere for
somebody who might as well take it there by hand: who may see that token whole.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from console.core.actor import Actor
from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound
from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.oauth.setting import SUBJECT_FROM
from console.core.oauth.token_response import TokenResponse
from console.core.profile import Profile, ProfileDraft
from console.core.providers import destination_of
from console.services import opening
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.store import connections, profiles

LONGEST_CHAIN = 5
Obtain = Callable[[OpenProfile, tuple[str, ...]], Obtained]


@dataclass(frozen=True, slots=True)
class Subject:
    """`token` is None where its profile gave none; `obtained` says why, and is None for a token that was pasted."""

    token: Secret | None
    obtained: Obtained | None = None


def is_needed(profile: Profile | ProfileDraft) -> bool:
    return Need.SUBJECT_TOKEN in grant_of(profile.grant).needs


def find(opened: OpenProfile, pasted: Secret | None, *, before: tuple[str, ...], obtain: Obtain) -> Subject:
    """The token that this profile is to pass on. `before` are the profiles that this one is asked for.

    Raises NotAllowed where it may not be passed on or the chain has no end, NotFound without the use of the other
    profile, and whatever obtaining the other token raises.
    """
    if pasted is not None:
        return Subject(pasted)
    source = open_source(opened)
    if source is None:
        raise _nothing_chosen(opened.profile)
    chain = (*before, opened.profile.id)
    if source.profile.id in chain or len(chain) >= LONGEST_CHAIN:
        raise NotAllowed(
            "The chain of profiles comes back to where it began.",
            why=f"“{source.profile.name}” is in it already, or more than {LONGEST_CHAIN} profiles are.",
            do="Choose another profile, whose token somebody signs in for.",
            who="You can do this.",
        )
    found = obtain(source, chain)
    return Subject(found.access_token, found)


def open_source(opened: OpenProfile) -> OpenProfile | None:
    """The profile whose token is passed on, open for use; None where none is chosen. Raises NotFound and NotAllowed."""
    return _source_of(opened.actor, opened.profile)


def choices(actor: Actor) -> list[tuple[str, str]]:
    """(value, words) of every token that the actor may name: of profiles, and of connections to them."""
    seen = [held.value for held in profiles.list_held(actor) if held.may("use")]
    own = [(one.id, one.name) for one in seen if Need.USER not in grant_of(one.grant).needs]
    through = [
        (f"{profile_id}/{id_}", f"{profile}, connection {name}")
        for profile_id, id_, profile, name in connections.names_to_use(actor)
    ]
    return [*own, *through]


def named(opened: OpenProfile) -> str:
    """The name of the profile whose token is passed on, "" for none, and for one that is not the actor's to use."""
    try:
        source = open_source(opened) if is_needed(opened.profile) else None
    except (NotFound, NotAllowed):
        return ""
    return source.profile.name if source else ""


def check(actor: Actor, draft: Profile | ProfileDraft) -> None:
    """Raises NotFound or NotAllowed when somebody saves a profile that would pass on what they may not."""
    if is_needed(draft):
        _source_of(actor, draft)


def digest_of(token: Secret) -> str:
    """What the answer for this token is kept by: another one gives another."""
    return hashlib.sha256(token.reveal().encode()).hexdigest()


def known_digest(
    opened: OpenProfile, stored: Callable[[OpenProfile], TokenResponse | None], *, before: tuple[str, ...]
) -> str:
    """The same without asking anybody: by the stored token of the other profile, "" when it has none now; of pasted
    ones it is who pasted, so that nobody gets what came of another's. `before` as in `find`.
    """
    try:
        source = open_source(opened)
    except (NotFound, NotAllowed):
        return ""
    if source is None:
        return pasted_by(opened.actor)
    if source.profile.id in (*before, opened.profile.id) or len(before) >= LONGEST_CHAIN:
        return ""
    kept = stored(source)
    return digest_of(kept.access_token) if kept is not None else ""


def pasted_by(actor: Actor) -> str:
    return f"pasted by person {actor.user_id}"


def _source_of(actor: Actor, profile: Profile | ProfileDraft) -> OpenProfile | None:
    named = profile.settings.get(SUBJECT_FROM, "")
    if not named:
        return None
    profile_id, _, connection_id = named.partition("/")
    try:
        source = opening.of_profile(actor, "use", profile_id, connection_id=connection_id or None)
    except (NotFound, ValueError):
        raise NotFound(
            "The profile whose token is to be passed on is not there, or not yours to use.",
            why="It was deleted, or its sharing has ended.",
            do="Choose another one in this profile's form, or ask for the use of it.",
            who="You can do this.",
        ) from None
    if _provider_of(source.profile) != _provider_of(profile) and not source.may_reveal:
        raise NotAllowed(
            f"The token of “{source.profile.name}” may not go to another provider.",
            why="You may use that profile and not see its token whole; whoever runs the other provider would see it.",
            do="Ask whoever manages that profile to let you see its token.",
            who=f"{source.held.owner} can do this.",
        )
    return source


def _provider_of(profile: Profile | ProfileDraft) -> str:
    """Where a token of this profile comes from, or goes to: with the address for mutual TLS, if it has one."""
    return destination_of(profile.provider, profile.settings)


def _nothing_chosen(profile: Profile) -> NotAllowed:
    return NotAllowed(
        f"“{profile.name}” passes on a token, and none is chosen.",
        why=f"Its grant, “{grant_of(profile.grant).title}”, begins with a token that another client got.",
        do="Choose a profile whose token it passes on, in its form, or paste a token for this one time.",
        who="You can do this.",
    )
