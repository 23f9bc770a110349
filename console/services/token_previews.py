"""What the next request for a token would be, before anything is sent."""

from dataclasses import dataclass

from console.core.actor import Actor
from console.core.attempts.token_result import TokenResult
from console.services import destinations, opening, token_requests, wiring
from console.services.opening import OpenProfile


@dataclass(frozen=True, slots=True)
class Previewed:
    """`result` has one step without an answer where a request would be sent, and a SendPerson where a person goes."""

    opened: OpenProfile
    result: TokenResult


def of_profile(actor: Actor, profile_id: str) -> Previewed:
    """The first thing that a token request of this profile does; raises NotFound, NotAllowed, Misconfigured."""
    opened = opening.of_profile(actor, "use", profile_id)
    destinations.require_accepted(opened)
    return Previewed(opened, token_requests.preview(opened, wiring.transport_for(opened.own)))
