"""All ways the sandbox can misbehave, in the order in which people are shown them."""

from console.sandbox.faults import calls, credentials, people, token_content
from console.sandbox.faults.base import Fault

FAULTS: tuple[Fault, ...] = (*token_content.FAULTS, *credentials.FAULTS, *people.FAULTS, *calls.FAULTS)


def fault(code: str | None) -> Fault | None:
    """The fault of this code; None for no code and for one that is not known (any more)."""
    return next((one for one in FAULTS if one.code == code), None)
