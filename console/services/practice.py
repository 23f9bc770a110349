"""Practise a failure: one step sets a fault of the sandbox, asks for a fresh token and sends the call."""

from dataclasses import dataclass, replace

from console.core.actor import Actor
from console.core.call import ApiCall
from console.core.errors import NotAllowed
from console.services import call_start, calls, opening, sandbox, tokens
from console.services.calls import SentCall
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.services.own_sandbox import OwnSandbox


@dataclass(frozen=True, slots=True)
class Practised:
    """`sent` is None when already the token failed."""

    opened: OpenProfile
    obtained: Obtained
    sent: SentCall | None


def practise(actor: Actor, profile_id: str, code: str | None, *, call: ApiCall | None = None) -> Practised:
    """Sets a fault, or mends the sandbox with None; `call` is what to send, None for the first that is known to work.

    Raises NotAllowed for a profile outside of the sandbox, NotFound for an unknown fault, and what a call raises.
    """
    opened = opening.of_profile(actor, "use", profile_id)
    if opened.profile.provider != "sandbox" or opened.api is None:
        raise NotAllowed(
            "Only a profile of the sandbox can be broken for practice.",
            why="The sandbox plays provider and gateway; others are not this console's to break.",
            do="Choose one of the sandbox's sample profiles.",
            who="You can do this.",
        )
    if not opened.held.is_own:
        raise NotAllowed(
            "Only a profile of your own can be broken for practice.",
            why=f"This one acts in the sandbox of {opened.held.owner}, and a fault there would be theirs too.",
            do="Choose one of your own sample profiles.",
            who="You can do this.",
        )
    sandbox.set_fault(actor, code)
    opened = replace(opened, own=OwnSandbox(actor))  # as it is with the fault
    obtained = tokens.obtain_for(opened, wants_fresh=True)
    if obtained.access_token is None:
        return Practised(opened, obtained, None)
    return Practised(opened, obtained, calls.send_for(opened, call or _first_call(opened)))


def _first_call(opened: OpenProfile) -> ApiCall:
    start = call_start.of_profile(opened)
    first = next((one for one in start.known if one.is_ready), None)
    return ApiCall(first.method, first.path) if first else ApiCall(start.method, start.path)
