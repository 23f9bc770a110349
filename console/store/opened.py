"""A profile with all that a use of it needs, in one query: its Api, its credential and key, who may do what with it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from console.core.access import Access
from console.core.actor import RIGHTS, Actor, Right
from console.core.api import Api
from console.core.errors import NotFound
from console.core.held import Held
from console.core.profile import Profile
from console.models import Api as ApiRow
from console.models import Profile as ProfileRow
from console.store import apis, profiles, rows
from console.store.credentials import SealedParts
from console.store.shares import access_of, with_shares
from console.store.visibility import held, held_by, visible_to


@dataclass(frozen=True, slots=True, repr=False)
class OpenedRow:
    """`api` is as it was written, None when the profile has none, or none that the actor sees."""

    held: Held[Profile]
    api: Api | None
    api_rights: frozenset[Right]
    access: Access
    _sealed: SealedParts

    @property
    def sealed(self) -> SealedParts:
        """Raises NotFound for who may not use the profile."""
        if not self.held.may("use"):
            raise NotFound("There is no such profile.")
        return self._sealed


def profile(actor: Actor, right: Right, profile_id: str) -> OpenedRow:
    """Raises NotFound when the actor does not have that right."""
    on_api = {f"{one}_api": Exists(visible_to(ApiRow, actor, one).filter(pk=OuterRef("api_id"))) for one in RIGHTS}
    found = with_shares(held_by(ProfileRow, actor, right), "profile").annotate(**on_api)
    row = rows.one(found.select_related("stored_credential", "subscription_key", "api"), profile_id, what="profile")
    api_rights = frozenset(one for one in RIGHTS if getattr(row, f"{one}_api"))
    api = apis.to_core(row.api) if row.api is not None and "view" in api_rights else None
    access = access_of(row, "profile", actor)
    return OpenedRow(held(row, profiles.to_core(row), actor), api, api_rights, access, SealedParts(row))
