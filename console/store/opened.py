"""A profile with all that a use of it needs, in one query: its Api, its credential and key, who may do what with it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, QuerySet, TextField, Value, When

from console.core.access import Access
from console.core.actor import RIGHTS, Actor, Right, held_with
from console.core.api import Api
from console.core.connection import Connection
from console.core.errors import NotFound
from console.core.held import Held
from console.core.policy.keep.policy_settings import PolicySettings
from console.core.profile import Profile
from console.models import Api as ApiRow
from console.models import Connection as ConnectionRow
from console.models import Profile as ProfileRow
from console.store import apis, connections, policies, profiles, rows
from console.store.composed import Composed
from console.store.credentials import SealedParts
from console.store.shares import access_of, with_shares
from console.store.visibility import held, held_by, shown_whole_to, visible_to


@dataclass(frozen=True, slots=True, repr=False)
class OpenedRow:
    """`api` is as it was written, None when the profile has none, or none that the actor sees. `connection` is the one
    it was opened through, None for the profile's own use; `is_lent`: without that the actor would not see the profile.
    `may_reveal_own`: whether the profile itself, and no connection, lets the actor see its token whole.
    """

    held: Held[Profile]
    api: Api | None
    api_rights: frozenset[Right]
    access: Access
    _sealed: SealedParts
    connection: Held[Connection] | None = None
    is_lent: bool = False
    may_reveal_own: bool = False
    _api_row: ApiRow | None = None

    @property
    def policy_settings(self) -> PolicySettings:
        """What is kept with the policy of its Api. Raises NotFound for who may not use that one, Misconfigured when the
        key ring does not open it.
        """
        if self._api_row is None or "use" not in self.api_rights:
            raise NotFound("There is no such API.")
        return policies.settings_of(self._api_row)

    @property
    def sealed(self) -> SealedParts:
        """Raises NotFound for who may not use the profile."""
        if not self.held.may("use"):
            raise NotFound("There is no such profile.")
        return self._sealed


def _profile(actor: Actor, right: Right, key: UUID) -> QuerySet[ProfileRow]:
    on_api = {f"{one}_api": Exists(visible_to(ApiRow, actor, one).filter(pk=OuterRef("api_id"))) for one in RIGHTS}
    found = with_shares(held_by(ProfileRow, actor, right), "profile").annotate(**on_api).filter(pk=key)
    return found.select_related("stored_credential", "subscription_key", "api", "api__policy_settings")


_PROFILE = Composed(_profile)


def profile(actor: Actor, right: Right, profile_id: str) -> OpenedRow:
    """Raises NotFound when the actor does not have that right."""
    row: Any = rows.opened(_PROFILE, ProfileRow, actor, right, profile_id, what="profile")
    api_rights = frozenset(one for one in RIGHTS if getattr(row, f"{one}_api"))
    api = apis.to_core(row.api) if row.api is not None and "view" in api_rights else None
    access = access_of(row, "profile", actor)
    found_held = held(row, profiles.to_core(row), actor)
    return OpenedRow(
        found_held, api, api_rights, access, SealedParts(row), may_reveal_own=access.may_reveal, _api_row=row.api
    )


def _connection(actor: Actor, right: Right, key: UUID) -> QuerySet[ConnectionRow]:
    on_api = {
        f"{one}_api": Exists(visible_to(ApiRow, actor, one).filter(pk=OuterRef("profile__api_id"))) for one in RIGHTS
    }
    own = [
        When(Exists(visible_to(ProfileRow, actor, one).filter(pk=OuterRef("profile_id"))), then=Value(one))
        for one in reversed(RIGHTS)
    ]
    found = with_shares(held_by(ConnectionRow, actor, right), "connection").annotate(
        **on_api,
        own_right=Case(*own, default=Value(""), output_field=TextField()),
        own_reveals=Exists(shown_whole_to(actor).filter(profile_id=OuterRef("profile_id"))),
    )
    parts = ("stored_credential", "subscription_key", "api", "api__policy_settings", "owner")
    return found.filter(pk=key).select_related("profile", *(f"profile__{one}" for one in parts))


_CONNECTION = Composed(_connection)


def through_connection(actor: Actor, right: Right, connection_id: str) -> OpenedRow:
    """The profile of a connection on which the actor has that right: it lends no more than the use of the profile.

    Raises NotFound when the actor does not have that right on the connection.
    """
    row: Any = rows.opened(_CONNECTION, ConnectionRow, actor, right, connection_id, what="connection")
    profile_row, connection = row.profile, held(row, connections.to_core(row), actor)
    api_rights = frozenset(one for one in RIGHTS if getattr(row, f"{one}_api"))
    api = apis.to_core(profile_row.api) if profile_row.api is not None and "view" in api_rights else None
    lent: Right = "use" if connection.may("use") else "view"
    strongest = max((lent, *filter(None, (row.own_right,))), key=RIGHTS.index)
    rights = held_with(RIGHTS[-1] if actor.is_system else strongest)
    of_profile = Held(
        profiles.to_core(profile_row),
        rights,
        is_own=profile_row.owner_id == actor.user_id,
        owner=profile_row.owner.email,
    )
    access = access_of(row, "connection", actor)
    sealed, may_reveal = SealedParts(profile_row), "manage" in rights or row.own_reveals
    is_lent, api_row = not row.own_right, profile_row.api
    return OpenedRow(of_profile, api, api_rights, access, sealed, connection, is_lent, may_reveal, api_row)
