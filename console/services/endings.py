"""What ends, as far as somebody may see it, and the dates that only people know."""

from collections.abc import Iterable
from itertools import chain

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.ending import Ending, day_words, of_connection, of_policy, of_profile
from console.core.errors import NotAllowed
from console.core.held import Held
from console.core.profile import Profile
from console.store import audit, connections, endings, policies
from console.store import profiles as profile_store


def of_actor(actor: Actor) -> tuple[Ending, ...]:
    """All that the actor may see: what ends first comes first, what nobody has dated last."""
    return with_others(actor, profile_store.list_held(actor))


def with_others(actor: Actor, held: Iterable[Held[Profile]]) -> tuple[Ending, ...]:
    """As `of_actor`, where the profiles are at hand already."""
    of_profiles = chain.from_iterable(of_profile(one) for one in held)
    kept = connections.list_ending(actor)
    of_connections = chain.from_iterable(of_connection(one, name, provider) for name, provider, one in kept)
    of_policies = chain.from_iterable(
        of_policy(one.held, one.api_id, one.ends, saved_at=one.saved_at) for one in policies.list_ending(actor)
    )
    return tuple(sorted((*of_profiles, *of_connections, *of_policies), key=_place))


def _place(one: Ending) -> tuple[bool, int, str, str]:
    return one.ends_at is None, one.ends_at or 0, one.name.casefold(), one.kind.value


def date_credential(actor: Actor, profile_id: str, ends_at: int | None, *, version: int) -> None:
    """Keeps when a stored secret or signing key ends, as somebody typed it; None forgets it.

    Raises NotFound when the profile is not the actor's to manage, NotAllowed where the credential itself tells its end,
    Stale when another one stands there than that of `version`: its end is another.
    """
    profile = profile_store.get(actor, "manage", profile_id).value
    if not profile.credential.is_dated_by_hand:
        raise NotAllowed(
            "There is no date to enter for this credential.",
            why=f"What is stored is a {profile.credential.kind.words}: it tells its end itself, or has none.",
            do="Enter a date with a client secret, a signing key or a subscription key.",
            who="You can do this.",
        )
    with audit.together():
        endings.date_credential(actor, profile_id, ends_at, version=version, now=clock.now())
        _record(actor, profile, profile.credential.kind.words, ends_at)


def date_subscription_key(actor: Actor, profile_id: str, ends_at: int | None, *, set_at: int) -> None:
    """As `date_credential`, of the subscription key that was stored at `set_at`."""
    profile = profile_store.get(actor, "manage", profile_id).value
    with audit.together():
        endings.date_subscription_key(actor, profile_id, ends_at, set_at=set_at, now=clock.now())
        _record(actor, profile, "subscription key", ends_at)


def _record(actor: Actor, profile: Profile, what: str, ends_at: int | None) -> None:
    audit.append(
        actor,
        Action.END_DATED,
        object_kind="profile",
        object_id=profile.id,
        result="done",
        now=clock.now(),
        detail=f"{what}: {'no date any more' if ends_at is None else day_words(ends_at)}",
    )
