"""Opens what a use case needs once; what is below it is given that, and loads none of it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from console.core.access import Access
from console.core.actor import Actor, Right
from console.core.api import Api
from console.core.connection import Connection
from console.core.destination import ApiDestination
from console.core.errors import NotAllowed, NotFound, Refusal
from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.held import Held
from console.core.policy.keep.policy_settings import PolicySettings
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
    def connection(self) -> Held[Connection] | None:
        """The connection through which it is open: its token is used then. None: the profile's own."""
        return self._row.connection

    @property
    def is_lent(self) -> bool:
        """Whether the actor has only what the connection lends: the profile's own page is not theirs to open."""
        return self._row.is_lent

    @property
    def connection_id(self) -> str | None:
        return self.connection.value.id if self.connection else None

    @property
    def access(self) -> Access:
        """Who may do what with it, as far as the actor is told."""
        return self._row.access

    @property
    def may_reveal(self) -> bool:
        """Whether the actor may see its token whole.

        Of a connection somebody signed in for, the connection says that. The application's own token is the same by
        whatever connection it is asked for, so there the profile must let them too, unless its owner lends it.
        """
        connection, row = self.connection, self._row
        if connection is None or not row.access.may_reveal or row.may_reveal_own:
            return row.access.may_reveal
        is_persons = Need.USER in grant_of(self.profile.grant).needs
        return is_persons or connection.value.owner_id == row.held.value.owner_id

    @contextmanager
    def is_mended_by_who_manages(self) -> Iterator[None]:
        """A refusal that is mended on the profile's page says who can do that, to somebody who may only use it."""
        try:
            yield
        except Refusal as refusal:
            if refusal.do and refusal.who == "You can do this." and not self.held.may("manage"):
                refusal.do = f"Ask whoever manages the profile: {refusal.do[:1].lower()}{refusal.do[1:]}"
                refusal.who = f"{self.held.owner} can do this, and whoever else manages the profile."
            raise

    @property
    def policy_settings(self) -> PolicySettings:
        """What is kept with the policy of its Api; raises NotFound for who may not use that, Misconfigured."""
        return self._row.policy_settings

    @property
    def sealed(self) -> SealedParts:
        """Credential and subscription key; raises NotFound for who may not use the profile."""
        return self._row.sealed


def of_profile(actor: Actor, right: Right, profile_id: str, *, connection_id: str | None = None) -> OpenProfile:
    """With a connection the right is asked of that one, which lends the use of its profile to whoever may use it.

    Raises NotFound when the actor does not have that right, or the connection is not this profile's.
    """
    if not connection_id:
        return _open(actor, opened.profile(actor, right, profile_id))
    found = of_connection(actor, right, connection_id)
    if found.profile.id != profile_id:
        raise NotFound("There is no such connection of this profile.")
    return found


def of_connection(actor: Actor, right: Right, connection_id: str) -> OpenProfile:
    """The profile of a connection; raises NotFound when the actor does not have that right on the connection."""
    return _open(actor, opened.through_connection(actor, right, connection_id))


def connection_of(found: OpenProfile) -> Connection:
    """The connection through which a profile was opened; raises NotFound for the profile's own use."""
    if found.connection is None:
        raise NotFound("There is no such connection.")
    return found.connection.value


def _open(actor: Actor, row: opened.OpenedRow) -> OpenProfile:
    own = OwnSandbox(actor, Actor(row.held.value.owner_id, row.held.owner))
    accepted = accepted_of(row.held.value) or NOWHERE
    api = own.fill_in(row.api.at(accepted)) if row.api is not None else None
    return OpenProfile(actor, row.held, row.api, api, own, row)


def to_reveal(actor: Actor, profile_id: str, *, connection_id: str | None = None) -> OpenProfile:
    """A profile whose token the actor may see whole: who manages it, and who was given that beside its use.

    To use it alone means that the console sends the token, not that anybody takes it away. Raises NotFound, NotAllowed.
    """
    found = of_profile(actor, "use", profile_id, connection_id=connection_id)
    if not found.may_reveal:
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
