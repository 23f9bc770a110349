"""Opens what a use case needs once; what is below it is given that, and loads none of it again."""

from dataclasses import dataclass

from console.core.access import Access
from console.core.actor import Actor, Right
from console.core.api import Api
from console.core.destination import ApiDestination
from console.core.errors import NotAllowed
from console.core.held import Held
from console.core.profile import Profile
from console.services.own_sandbox import OwnSandbox
from console.store import opened
from console.store.credentials import SealedParts

NOWHERE = ApiDestination("", "", "")


@dataclass(frozen=True, slots=True)
class OpenProfile:
    """A profile as one use case has it open.

    `written` is its Api as it was written; `api` the same leading where the profile's user accepted and nowhere else,
    sandbox addresses filled in. Both are None when the profile has none, or none that the actor sees.
    """

    actor: Actor
    held: Held[Profile]
    written: Api | None
    api: Api | None
    own: OwnSandbox
    _row: opened.OpenedRow

    @property
    def profile(self) -> Profile:
        return self.held.value

    @property
    def api_rights(self) -> frozenset[Right]:
        """What the actor may do with its Api."""
        return self._row.api_rights

    @property
    def access(self) -> Access:
        """Who may do what with it, as far as the actor is told."""
        return self._row.access

    @property
    def sealed(self) -> SealedParts:
        """Credential and subscription key; raises NotFound for who may not use the profile."""
        return self._row.sealed


def of_profile(actor: Actor, right: Right, profile_id: str) -> OpenProfile:
    """Raises NotFound when the actor does not have that right."""
    row = opened.profile(actor, right, profile_id)
    own = OwnSandbox(actor, Actor(row.held.value.owner_id, row.held.owner))
    accepted = accepted_of(row.held.value) or NOWHERE
    api = own.fill_in(row.api.at(accepted)) if row.api is not None else None
    return OpenProfile(actor, row.held, row.api, api, own, row)


def to_reveal(actor: Actor, profile_id: str) -> OpenProfile:
    """A profile whose token the actor may see whole: who manages it, and who was given that beside its use.

    To use it alone means that the console sends the token, not that anybody takes it away. Raises NotFound, NotAllowed.
    """
    found = of_profile(actor, "use", profile_id)
    if not found.access.may_reveal:
        raise NotAllowed(
            "You may use this profile, and not see its token whole.",
            why="Whoever has the token can call the API without this console, past its limits and its audit trail.",
            do="Ask whoever manages the profile to let you see its token.",
            who=f"{found.held.owner} can do this.",
        )
    return found


def accepted_of(profile: Profile) -> ApiDestination | None:
    """Where its user accepted that the profile's Api leads; None when nothing was accepted of the one it names."""
    kept = profile.accepted
    return kept.destination if kept is not None and kept.api_id == profile.api_id else None
