"""All ways the sandbox can misbehave, in the order in which people are shown them."""

from console.sandbox.faults import calls, credentials, maskinporten, oauth, people, token_content, tokenx
from console.sandbox.faults.base import ENTRA, Fault

FAULTS: tuple[Fault, ...] = (
    *token_content.FAULTS,
    *credentials.FAULTS,
    *people.FAULTS,
    *calls.FAULTS,
    *maskinporten.FAULTS,
    *tokenx.FAULTS,
    *oauth.FAULTS,
)


# What an application that asks for itself can meet at the tenant in Entra's shape; the rest shows for grants with a
# person, or for clients of the other providers alone, or lets in what must be refused.
OF_APPLICATIONS = tuple(one for one in FAULTS if one.provider == ENTRA and not one.grant_types and one.cause)


def fault(code: str | None) -> Fault | None:
    """The fault of this code; None for no code and for one that is not known (any more)."""
    return next((one for one in FAULTS if one.code == code), None)
