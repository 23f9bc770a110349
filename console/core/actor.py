"""Who asks: a person with roles, or the system itself (commands)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Right = Literal["view", "use", "manage"]
RIGHTS: tuple[Right, ...] = ("view", "use", "manage")  # each holds those before it


def at_least(right: Right) -> tuple[Right, ...]:
    """That right and those which hold it."""
    return RIGHTS[RIGHTS.index(right) :]


def held_with(right: Right) -> frozenset[Right]:
    """That right and those which it holds."""
    return frozenset(RIGHTS[: RIGHTS.index(right) + 1])


class Role(StrEnum):
    INTEGRATOR = "integrator"
    SUPPORT = "support"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request. `user_id` is None only for the system actor.

    `groups` are the ids of the groups that the person is in.

    `address` is the client's, `request_id` the request's in the logs; both are "" where nobody asked over HTTP.
    """

    user_id: int | None
    email: str
    roles: frozenset[Role] = frozenset()
    groups: frozenset[str] = frozenset()
    address: str = field(default="", compare=False)
    request_id: str = field(default="", compare=False)

    @property
    def is_system(self) -> bool:
        return self.user_id is None

    def has(self, role: Role) -> bool:
        return self.is_system or role in self.roles


SYSTEM = Actor(user_id=None, email="system")
