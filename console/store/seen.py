"""Whose attempts somebody may see, as ids: asked once, and handed to all that is asked of attempts for one page.

The rule is that of `visibility`: what they tried themselves, and what was tried with a profile they may view. As a
sub-query beside an OR it would have PostgreSQL read the whole table; as a list of ids both databases use their indexes.
"""

import uuid
from dataclasses import dataclass

from django.db.models import Q

from console.core.actor import Actor
from console.models import Api, Profile
from console.store.visibility import names_of


@dataclass(frozen=True, slots=True)
class SeenAttempts:
    """`user_id` None: of everybody, which is for sums that name nobody. `profiles` are id and name, by name."""

    user_id: int | None
    profiles: tuple[tuple[str, str], ...] = ()

    @property
    def is_everybody(self) -> bool:
        return self.user_id is None

    def counted(self) -> Q:
        """The condition on counts by the hour."""
        if self.is_everybody:
            return Q()
        return Q(owner_id=self.user_id) | Q(profile_ref__in=self.profile_ids)

    @property
    def profile_ids(self) -> list[uuid.UUID]:
        return [uuid.UUID(one) for one, _ in self.profiles]


def of(actor: Actor) -> SeenAttempts:
    """Raises ValueError for the system, which reads no history."""
    if actor.user_id is None:
        raise ValueError("the system reads no history")
    return SeenAttempts(actor.user_id, tuple(names_of(Profile, actor)))


def apis_of(actor: Actor) -> dict[str, str]:
    """The names of the Apis that the actor sees, by id, in the order of the names."""
    return dict(names_of(Api, actor))


EVERYBODY = SeenAttempts(None)
