"""What a store found for somebody, together with what they may do with it: nobody above asks whose it is."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from console.core.actor import RIGHTS, Right

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """`rights` are all that the actor has on the value, by whatever rule; `is_own`: the actor is its owner.

    `is_own` is for words ("only you") and for what a thing's maker alone is told; what one may do, `rights` say.
    `owner` is its owner's address, for words too.
    """

    value: T
    rights: frozenset[Right]
    is_own: bool = False
    owner: str = ""

    def may(self, right: Right) -> bool:
        return right in self.rights

    @property
    def strongest(self) -> Right:
        """The one that holds all others; nothing is held by who may not view it."""
        return next((right for right in reversed(RIGHTS) if right in self.rights), "view")
