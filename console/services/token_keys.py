"""What the stored tokens of many profiles belong to: each profile acts in its owner's sandbox."""

from collections.abc import Iterable, Mapping

from console.core.profile import Profile
from console.core.providers import provider_of
from console.services import own_sandbox, tokens
from console.services.own_sandbox import OwnSandbox
from console.store.tokens import TokenKey


def of_profiles(own: OwnSandbox, found: Iterable[Profile]) -> list[TokenKey]:
    """In one query more, if any, however many they are; without those for which there can be no token yet."""
    wanted = list(found)
    sandboxes = own_sandbox.of_owners(own, {one.owner_id for one in wanted if _is_played(one)})
    return [tokens.token_key(sandboxes.get(one.owner_id, own), one) for one in wanted if _has_place(one, sandboxes)]


def _has_place(profile: Profile, sandboxes: Mapping[int, OwnSandbox]) -> bool:
    return profile.owner_id in sandboxes or not _is_played(profile)


def _is_played(profile: Profile) -> bool:
    return provider_of(profile.provider).is_played(profile.settings)
