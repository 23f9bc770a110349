"""Who may do what with one thing: its owner, and whom it is shared with."""

from dataclasses import dataclass
from typing import Literal

from console.core.actor import Right
from console.core.held import Held

Kind = Literal["profile", "connection", "api", "case"]
"""What can be shared. A kind is the name of its page's address, and of its column in the table of shares."""


@dataclass(frozen=True, slots=True)
class SharedWith:
    """Whom a share is for: exactly one of both is set. `name` is an address or a group's name, filled when read."""

    person_id: int | None = None
    group_id: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class ShareRecord:
    """`given_at` is epoch seconds: when the right was given, or last changed. `is_closed`: nobody signs in there."""

    subject: SharedWith
    right: Right
    given_at: int
    reveals_token: bool = False
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Access:
    """Who may do what with one object, as far as the actor is told. `held` has its name. `is_public`: everybody may use
    it.

    `shares` are all of them, by name, for who manages it; for others those alone that are for them or their groups.
    """

    kind: Kind
    object_id: str
    held: Held[str]
    shares: tuple[ShareRecord, ...] = ()
    is_public: bool = False

    @property
    def may_reveal(self) -> bool:
        """Whether the actor may see its token whole: who manages it, and whoever uses it and was given that."""
        return self.held.may("manage") or any(one.reveals_token for one in self.shares)
