"""Which app roles somebody has at an API."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grants:
    """The app roles of one API that an administrator granted to a client or a person."""

    api_id: str
    roles: tuple[str, ...]


def roles_at(api_id: str, grants: tuple[Grants, ...]) -> tuple[str, ...]:
    return tuple(role for grant in grants if grant.api_id == api_id for role in grant.roles)
