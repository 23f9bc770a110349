"""What the next request for a token would be, before anything is sent."""

from dataclasses import dataclass

from console.core.actor import Actor
from console.core.attempts.token_result import TokenResult
from console.core.credential import Secret
from console.core.errors import NotFound
from console.core.grants.base import Need
from console.services import destinations, opening, subject_tokens, token_requests, tokens, wiring
from console.services.authorizations import OpenAuthorization
from console.services.opening import OpenProfile
from console.services.token_requests import USUAL, Resumed, Using


@dataclass(frozen=True, slots=True)
class Previewed:
    """`result` has one step without an answer where a request would be sent, and a SendPerson where a person goes."""

    opened: OpenProfile
    result: TokenResult


def of_profile(actor: Actor, profile_id: str) -> Previewed:
    """The first thing that a token request of this profile does; raises NotFound, NotAllowed, Misconfigured."""
    opened = opening.of_profile(actor, "use", profile_id)
    destinations.require_accepted(opened)
    return Previewed(opened, token_requests.preview(opened, wiring.transport_for(opened.own), _using(opened)))


def of_connection(actor: Actor, connection_id: str) -> Previewed:
    """The first thing that a sign-in for this connection does; raises NotFound, NotAllowed, Misconfigured."""
    opened = opening.of_connection(actor, "manage", connection_id)
    destinations.require_accepted(opened)
    return Previewed(opened, token_requests.preview(opened, wiring.transport_for(opened.own)))


def of_sign_in(found: OpenAuthorization) -> Previewed:
    """What is sent with the code that came back; without a step where the answer gives nothing to send."""
    opened, parts = found.opened, found.authorization.parts
    keep = {name: Secret(text) for name, text in parts.keep.items()}
    using = Using(resumed=Resumed(keep, parts.came_back))
    return Previewed(opened, token_requests.preview(opened, wiring.transport_for(opened.own), using))


def _using(opened: OpenProfile) -> Using:
    """With the stored token that is to be passed on; NotFound while there is none."""
    if not subject_tokens.is_needed(opened.profile):
        return USUAL
    source = subject_tokens.open_source(opened)
    kept = tokens.stored(source) if source is not None else None
    if kept is None or kept.access_token is None:
        whose = f"“{source.profile.name}”" if source else "another profile"
        raise NotFound(
            "There is no token to pass on yet.",
            why=f"“{opened.profile.name}” begins with the token of {whose}, and none is stored.",
            do=f"Get a token of {whose} first." if source else "Choose in the profile whose token it passes on.",
            who="You can do this.",
        )
    return Using(given={Need.SUBJECT_TOKEN: kept.access_token})
