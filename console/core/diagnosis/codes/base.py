"""One row of an error-code table: what the provider's number means, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

from console.core.owner import Owner

Retry = Literal["no", "wait", "sign-in", "poll"]
C, A, T, P, U, N = (
    Owner.INTEGRATOR,
    Owner.API_OWNER,
    Owner.TENANT_ADMIN,
    Owner.IDENTITY_PROVIDER,
    Owner.END_USER,
    Owner.NETWORK,
)


@dataclass(frozen=True, slots=True)
class CodeExplanation:
    """`cause` is a slug of the catalogue, None when the code alone does not tell one. `retry` says whether
    the same request
    can succeed later: no; wait; after a new sign-in; or poll, a normal part of a flow."""

    code: int
    meaning: str
    cause: str | None
    do: str
    owner: Owner
    retry: Retry = "no"


Rows = tuple[CodeExplanation, ...]


def rows(*table: tuple[str, str, str | None, str, Owner, Retry]) -> Rows:
    """Rows of (codes with blanks between them, meaning, cause, do, owner, retry)."""
    return tuple(
        CodeExplanation(int(code), meaning, cause, do, owner, retry)
        for codes, meaning, cause, do, owner, retry in table
        for code in codes.split()
    )
