"""Where a case stands: nobody has looked, somebody is waited for, or it is over."""

from enum import StrEnum

from console.core.owner import Owner


class CaseState(StrEnum):
    """The value is what is stored and stands in addresses. A new case waits for support."""

    NEW = "new"
    FOR_SUPPORT = "support"
    FOR_API_OWNER = "api_owner"
    FOR_INTEGRATOR = "integrator"
    FOR_TENANT_ADMIN = "tenant_admin"
    SOLVED = "solved"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        return self not in (CaseState.SOLVED, CaseState.CLOSED)

    @property
    def words(self) -> str:
        """What a page says of a case in this state."""
        return f"waiting for {WAITED_FOR[self]}" if self in WAITED_FOR else self.value

    @classmethod
    def read(cls, text: str) -> "CaseState | None":
        """The state of that value; None for any other text."""
        return next((one for one in cls if one.value == text), None)


WAITED_FOR = {
    CaseState.FOR_SUPPORT: "support",
    CaseState.FOR_API_OWNER: "API owner",
    CaseState.FOR_INTEGRATOR: "integrator",
    CaseState.FOR_TENANT_ADMIN: "administrator at the provider",
}
"""Whom an open case can wait for, in words that follow "waiting for"."""
AWAITED = {state: words if state is CaseState.FOR_SUPPORT else f"the {words}" for state, words in WAITED_FOR.items()}
"""The same in a sentence: "wait for the integrator"."""

_ACTS = {
    Owner.API_OWNER: CaseState.FOR_API_OWNER,
    Owner.INTEGRATOR: CaseState.FOR_INTEGRATOR,
    Owner.TENANT_ADMIN: CaseState.FOR_TENANT_ADMIN,
    Owner.END_USER: CaseState.FOR_INTEGRATOR,
}


def waits_for(owner: Owner | None) -> CaseState:
    """Whom a case is likely to wait for once its answer is sent, when that owner must act; support where none fits."""
    return _ACTS.get(owner, CaseState.FOR_SUPPORT) if owner else CaseState.FOR_SUPPORT
